import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../catalog/load.ts';
import { buildCatalog } from '../catalog/model.ts';
import { haveRecordings, recording, sharedPath } from '../testing/recordings.ts';
import { compareVersions, describePackage, iconOf } from './package-manifest.ts';

interface RecordedManifest {
  metadata: { name: string; labels: Record<string, string> };
  status: Record<string, unknown> & { channels: { currentCSVDesc: { relatedImages?: string[] } }[] };
}

describe.skipIf(!haveRecordings)('PackageManifests of a real catalog', () => {
  const manifests = haveRecordings
    ? recording<{ items: RecordedManifest[] }>('packagemanifests.json').items
    : [];

  // The recording holds 1.36.0 of kiali: it was made after the catalog had become community-v2.
  test.each(manifests.map((manifest) => [manifest.metadata.name, manifest] as const))(
    '%s is described field by field as the real packageserver does',
    async (name, manifest) => {
      const { packages } = await loadCatalog(sharedPath(`catalogs/community-v2/${name}`));
      const owner = packages.get(name);
      if (!owner) throw new Error(`no package ${name}`);
      const { labels, ...described } = describePackage(owner);
      const { catalog: _c, 'catalog-namespace': _n, ...recordedLabels } = manifest.metadata.labels;
      expect(labels).toEqual(recordedLabels);
      const {
        catalogSource: _s,
        catalogSourceDisplayName: _d,
        catalogSourceNamespace: _ns,
        catalogSourcePublisher: _p,
        packageName,
        ...status
      } = manifest.status;
      expect(packageName).toBe(name);
      expect(imagesSorted(described)).toEqual(imagesSorted(status));
    },
  );
});

/** The real packageserver lists images in random order. */
function imagesSorted(status: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(status), (key, value: unknown) =>
    key === 'relatedImages' && Array.isArray(value) ? [...value].sort() : value,
  );
}

test('deprecations show on the package, its channels and its entries', () => {
  const blob = (value: Record<string, unknown>) => ({
    schema: String(value.schema),
    value,
    file: 'f',
    line: 1,
  });
  const { packages } = buildCatalog([
    blob({
      schema: 'olm.package',
      name: 'a',
      defaultChannel: 'c',
      icon: { base64data: 'PHN2Zy8+', mediatype: 'image/svg+xml' },
    }),
    blob({ schema: 'olm.channel', package: 'a', name: 'c', entries: [{ name: 'a.v1' }] }),
    blob({
      schema: 'olm.bundle',
      package: 'a',
      name: 'a.v1',
      properties: [{ type: 'olm.package', value: { packageName: 'a', version: '1.0.0' } }],
    }),
    blob({
      schema: 'olm.deprecations',
      package: 'a',
      entries: [
        { reference: { schema: 'olm.package' }, message: 'use b' },
        { reference: { schema: 'olm.channel', name: 'c' }, message: 'use d' },
        { reference: { schema: 'olm.bundle', name: 'a.v1' }, message: 'use v2' },
      ],
    }),
  ]);
  const owner = packages.get('a');
  if (!owner) throw new Error('no package');
  const { deprecation, channels } = describePackage(owner);
  expect(deprecation).toEqual({ message: 'use b' });
  expect(channels).toMatchObject([
    {
      deprecation: { message: 'use d' },
      entries: [{ name: 'a.v1', version: '1.0.0', deprecation: { message: 'use v2' } }],
    },
  ]);
  expect(iconOf(owner)).toMatchObject({ mediatype: 'image/svg+xml', etag: '"a.c.a.v1"' });
});

test.each([
  ['1.10.0', '1.9.0', 1],
  ['1.0.0-rc.1', '1.0.0', -1],
  ['nonsense', '0.0.1', -1],
  ['nonsense', 'other', 0],
])('%s against %s sorts as %i', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
