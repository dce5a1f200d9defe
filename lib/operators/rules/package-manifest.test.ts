import { describe, expect, test } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
import { readPackageDetail, readPackageRow } from './package-manifest';
import { field, list, record } from './untrusted';

function manifest(status: Record<string, unknown> = {}, head: Record<string, unknown> = {}) {
  return {
    metadata: { name: 'kiali' },
    status: {
      catalogSource: 'platform',
      catalogSourceNamespace: 'cpaas-system',
      catalogSourceDisplayName: 'Platform',
      packageName: 'kiali',
      defaultChannel: 'stable',
      channels: [
        {
          name: 'stable',
          currentCSV: 'kiali.v1.10.0',
          currentCSVDesc: { displayName: 'Kiali', version: '1.10.0', provider: { name: 'Kiali' }, ...head },
          entries: ['1.9.0', '1.10.0', '1.10.0-rc.1', 'nightly'].map((version) => ({
            name: `kiali.v${version}`,
            version,
          })),
        },
      ],
      ...status,
    },
  };
}

describe('a package of a catalogue', () => {
  test('becomes a slim row', () => {
    const head = {
      annotations: {
        description: ' Sees  the mesh ',
        categories: 'Monitoring, Logging & Tracing,,',
        capabilities: 'Deep Insights',
      },
      keywords: ['mesh', 'mesh', 7],
    };
    expect(readPackageRow(manifest({}, head))).toEqual({
      catalogNamespace: 'cpaas-system',
      catalog: 'platform',
      catalogDisplayName: 'Platform',
      name: 'kiali',
      displayName: 'Kiali',
      provider: 'Kiali',
      source: 'Community',
      version: '1.10.0',
      channel: 'stable',
      description: 'Sees  the mesh',
      categories: ['Monitoring', 'Logging & Tracing'],
      keywords: ['mesh'],
      capabilityLevel: 'Deep Insights',
      deprecations: [],
      deprecated: { channels: [], clusterServiceVersions: [] },
    });
  });

  test.each([
    ['without a default channel', manifest({ defaultChannel: '' })],
    ['of the catalog system', manifest({ catalogSource: 'system' })],
    [
      'that does not stand alone',
      manifest({}, { annotations: { 'operators.operatorframework.io/operator-type': 'non-standalone' } }),
    ],
    ['that is no object', 'kiali'],
    ['that is nothing', null],
  ])('is not shown %s', (_, value) => {
    expect(readPackageRow(value)).toBeUndefined();
  });

  test('has a page although it does not stand alone: what of it runs is looked after', () => {
    const annotations = { 'operators.operatorframework.io/operator-type': 'non-standalone' };
    expect(readPackageDetail(manifest({}, { annotations }))?.channels).toHaveLength(1);
    expect(readPackageDetail(manifest({ catalogSource: 'system' }))).toBeUndefined();
  });

  test('is shown with what is left when everything in it has a wrong type', () => {
    const broken = manifest({
      channels: [null, 7, { name: 'stable', currentCSVDesc: [], entries: {} }],
      provider: 'x',
    });
    expect(readPackageDetail(broken)).toMatchObject({
      displayName: 'kiali',
      provider: '',
      version: '',
      channels: [{ entries: [] }],
    });
  });

  test('takes its short description from the long one when it has none', () => {
    const row = readPackageRow(manifest({}, { description: '# Kiali\n\n**Sees** the\nmesh.\n\nMore.' }));
    expect(row?.description).toBe('Sees the mesh.');
  });

  test('lists versions by what they mean, newest first, and text last', () => {
    const channel = readPackageDetail(manifest())?.channels[0];
    expect(channel?.entries.map(({ version }) => version)).toEqual([
      '1.10.0',
      '1.10.0-rc.1',
      '1.9.0',
      'nightly',
    ]);
  });

  test('links to nothing but the web and mail', () => {
    const links = [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://kiali.io',
      'mailto:a@b.c',
      '/relative',
      7,
    ].map((url) => ({ name: 'x', url }));
    const detail = readPackageDetail(
      manifest({}, { links, annotations: { repository: 'javascript:alert(1)' } }),
    );
    expect(detail?.channels[0]?.links.map(({ url }) => url)).toEqual(['https://kiali.io', 'mailto:a@b.c']);
    expect(detail?.channels[0]?.repository).toBeUndefined();
  });

  test('is bounded', () => {
    const detail = readPackageDetail(
      manifest({}, { displayName: 'x'.repeat(10_000), description: 'y'.repeat(1_000_000) }),
    );
    expect(detail?.displayName).toHaveLength(200);
    expect(detail?.channels[0]?.description).toHaveLength(200_000);
  });

  test('tells deprecations of package, channel and version', () => {
    const value = manifest({ deprecation: { message: 'use istio' } });
    const [channel] = value.status.channels;
    Object.assign(channel ?? {}, { deprecation: { message: 'old line' } });
    Object.assign(channel?.entries[0] ?? {}, { deprecation: { message: 'a bug' } });
    const detail = readPackageDetail(value);
    expect(detail).toMatchObject({
      deprecations: ['package', 'channel'],
      deprecated: { channels: ['stable'], clusterServiceVersions: ['kiali.v1.9.0'] },
      deprecation: 'use istio',
      channels: [{ deprecation: 'old line' }],
    });
    expect(detail?.channels[0]?.entries.find(({ version }) => version === '1.9.0')?.deprecation).toBe(
      'a bug',
    );
  });

  test('names provided APIs by plural and group, aggregated ones too', () => {
    const detail = readPackageDetail(
      manifest(
        {},
        {
          customresourcedefinitions: {
            owned: [{ name: 'kialis.kiali.io', kind: 'Kiali', version: 'v1alpha1' }, { kind: 'NoName' }],
          },
          apiservicedefinitions: {
            owned: [{ name: 'things', group: 'kiali.io', kind: 'Thing', version: 'v1' }],
          },
        },
      ),
    );
    expect(
      detail?.channels[0]?.providedApis.map(({ name, group, displayName }) => ({ name, group, displayName })),
    ).toEqual([
      { name: 'kialis.kiali.io', group: 'kiali.io', displayName: 'Kiali' },
      { name: 'things.kiali.io', group: 'kiali.io', displayName: 'Thing' },
    ]);
  });
});

describe('every real package', () => {
  realTest(
    'names what it depends on as required APIs, if at all: no properties of the catalog reach it',
    () => {
      const { items }: { items: unknown[] } = JSON.parse(recording('real/packagemanifests.json'));
      const heads = items.flatMap((item) =>
        list(field(field(item, 'status'), 'channels'), (channel) => record(field(channel, 'currentCSVDesc'))),
      );
      expect(heads.length).toBeGreaterThan(10);
      expect(heads.filter((head) => 'properties' in head || 'dependencies' in head)).toEqual([]);
    },
  );

  realTest('is read whole', () => {
    const { items }: { items: unknown[] } = JSON.parse(recording('real/packagemanifests.json'));
    const details = items.map((item) => readPackageDetail(item));
    expect(details.every((detail) => detail !== undefined)).toBe(true);
    for (const detail of details) {
      expect(detail?.version).toMatch(/^\d/);
      expect(detail?.channels.some(({ name }) => name === detail.channel)).toBe(true);
      for (const channel of detail?.channels ?? []) {
        expect(channel.installModes).toHaveLength(4);
        expect(channel.entries.some(({ name }) => name === channel.currentCSV)).toBe(true);
        expect(channel.providedApis.length).toBeGreaterThan(0);
      }
    }
  });
});
