import { describe, expect, test } from 'vitest';
import type { ApiObject } from '@/lib/operators/rules/objects';
import type { ModuleConfigObject, ModulePluginObject } from '@/lib/plugins/rules/objects';
import { uploadedCharts } from './uploaded-charts';
import { uploadedOperators } from './uploaded-operators';
import { uploadedPlugins } from './uploaded-plugins';

const made = '2026-11-21T10:00:00Z';

function object(kind: string, name: string, rest: Record<string, unknown> = {}): ApiObject {
  const { metadata, ...fields } = rest as { metadata?: object };
  return {
    apiVersion: 'app.alauda.io/v1alpha1',
    kind,
    metadata: { name, uid: `${name}-uid`, resourceVersion: '1', creationTimestamp: made, ...metadata },
    ...fields,
  };
}

const artifact = (name: string, type = 'bundle') =>
  object('Artifact', name, {
    spec: { type, registry: 'r.example', repository: `acp/${name}-bundle`, displayName: 'N' },
  });

const version = (of: string, tag: string, status?: object, spec: object = {}) =>
  object('ArtifactVersion', `${of}.${tag}`, {
    metadata: { ownerReferences: [{ uid: `${of}-uid` }] },
    spec: { present: true, tag, ...spec },
    ...(status ? { status } : {}),
  });

const on = (
  cluster: string,
  artifacts: ApiObject[],
  artifactVersions: ApiObject[],
  subscriptions: ApiObject[] = [],
) => ({
  cluster,
  artifacts,
  artifactVersions,
  subscriptions,
});

describe('an uploaded operator', () => {
  test('is one row over clusters, newest version first, with where it is installed', () => {
    const [row] = uploadedOperators([
      on(
        'global',
        [artifact('x')],
        [
          version('x', 'v1.9.0', { phase: 'Present', reason: 'Success', name: 'x', version: 'x.v1.9.0' }),
          version('x', 'v1.10.0', { phase: 'Pending', reason: 'Syncing', name: 'x', version: 'x.v1.10.0' }),
        ],
        [
          object('Subscription', 's', {
            metadata: { namespace: 'ns' },
            status: { installedCSV: 'x.v1.9.0' },
          }),
        ],
      ),
      on('business', [artifact('x')], [version('x', 'v1.9.0', { phase: 'Present', version: 'x.v1.9.0' })]),
    ]);
    expect(row?.versions.map((it) => it.version)).toEqual(['v1.10.0', 'v1.9.0']);
    expect(row?.versions[0]?.places).toMatchObject([
      { cluster: 'global', phase: 'Pending', synchronisingSince: made },
    ]);
    expect(row?.versions[1]?.places.map((it) => [it.cluster, it.installed])).toEqual([
      ['global', ['ns']],
      ['business', []],
    ]);
    expect(row?.repository).toBe('r.example/acp/x-bundle');
  });

  test.each([
    ['nothing said yet', undefined, 'Unknown', made],
    ['unknown', { phase: 'unknown' }, 'Unknown', made],
    ['Pending', { phase: 'Pending' }, 'Pending', made],
    ['Present', { phase: 'Present' }, 'Present', undefined],
    ['Failed', { phase: 'Failed', reason: 'r' }, 'Failed', undefined],
    ['Deleted', { phase: 'Deleted' }, 'Deleted', undefined],
    ['a word of its own', { phase: '__proto__' }, 'Unknown', made],
  ])('in phase %s', (_name, status, phase, since) => {
    const [row] = uploadedOperators([on('global', [artifact('x')], [version('x', 'v1', status)])]);
    expect(row?.versions[0]?.places[0]).toMatchObject({ phase });
    expect(row?.versions[0]?.places[0]?.synchronisingSince).toBe(since);
  });

  test('is none without versions, of another type, or with versions of somebody else', () => {
    expect(uploadedOperators([on('global', [artifact('x')], [])])).toEqual([]);
    expect(uploadedOperators([on('global', [artifact('x', 'chart')], [version('x', 'v1')])])).toEqual([]);
    expect(uploadedOperators([on('global', [artifact('x')], [version('y', 'v1')])])).toEqual([]);
  });

  test('is for the processors that the platform knows of', () => {
    const product = {
      status: { artifacts: [{ name: 'x', channels: [{ supportedArchitectures: ['arm64', 'amd64'] }] }] },
    };
    const [row] = uploadedOperators([on('global', [artifact('x')], [version('x', 'v1')])], [product]);
    expect(row?.architectures).toEqual(['amd64', 'arm64']);
  });
});

describe('an uploaded plugin', () => {
  const plugin = (name: string, chartVersion: string) =>
    object('ModulePlugin', name, {
      spec: {
        name,
        mainChart: 'acp/chart-x',
        appReleases: [{ chartVersions: [{ name: 'acp/chart-x', version: chartVersion }] }],
      },
    }) as ModulePluginObject;
  const config = (name: string, of: string, ready = true) =>
    object('ModuleConfig', `${name}-${of}`, {
      metadata: { labels: { 'cpaas.io/module-name': name } },
      spec: {
        name,
        version: of,
        affinity: { clusterAffinity: { matchLabels: { 'cpaas.io/arch-amd64': 'true' } } },
      },
      status: { readyForDeploy: ready },
    }) as ModuleConfigObject;
  const list = (plugins: ModulePluginObject[], configs: ModuleConfigObject[]) =>
    uploadedPlugins({ plugins, configs, infos: [], artifacts: [] }, 'global');

  test('is synchronised while no ModuleConfig has the version that its ModulePlugin names', () => {
    const [row] = list([plugin('x', 'v2')], [config('x', 'v1')]);
    expect(row?.versions.map((it) => [it.version, it.places[0]?.phase, it.places[0]?.kept])).toEqual([
      ['v2', 'Pending', 'named-by-plugin'],
      ['v1', 'Present', undefined],
    ]);
    expect(row?.architectures).toEqual(['amd64']);
  });

  test('keeps the version that its ModulePlugin names as long as there are others', () => {
    expect(
      list([plugin('x', 'v1')], [config('x', 'v1'), config('x', 'v0')])[0]?.versions[0]?.places[0]?.kept,
    ).toBe('named-by-plugin');
    expect(list([plugin('x', 'v1')], [config('x', 'v1')])[0]?.versions[0]?.places[0]?.kept).toBeUndefined();
  });

  test('that is not ready is pending; one that names no version of its own is none', () => {
    expect(list([], [config('x', 'v1', false)])[0]?.versions[0]?.places[0]?.phase).toBe('Pending');
    expect(list([plugin('x', 'refer-to-productbase')], [])).toEqual([]);
  });
});

test('charts are those of the public repository, with all their versions', () => {
  const spec = { versions: [{ version: '1.2.0' }, { version: '1.10.0', description: 'D' }, { version: 7 }] };
  const rows = uploadedCharts(
    [
      object('Chart', 'nginx.public-charts', { spec }),
      object('Chart', 'nginx.other', { spec }),
      object('Chart', 'x.public-charts'),
    ],
    'global',
  );
  expect(rows.map((row) => [row.name, row.versions.map((it) => it.version)])).toEqual([
    ['nginx', ['1.10.0', '1.2.0']],
  ]);
});

test('a version of a chart can be deleted when it was uploaded, not when an index lists it', () => {
  const versions = [
    {
      version: '3.0.0',
      urls: ['oci://registry:11443/public-charts/nginx:3.0.0'],
      created: '2026-01-02T03:04:05Z',
    },
    { version: '2.0.0', urls: ['charts/nginx-2.0.0.tgz'] },
    { version: '1.0.0' },
  ];
  const [row] = uploadedCharts([object('Chart', 'nginx.public-charts', { spec: { versions } })], 'global');
  expect(row?.versions.map(({ places }) => [places[0]?.kept, places[0]?.uploaded])).toEqual([
    [undefined, '2026-01-02T03:04:05Z'],
    ['chart-repository', undefined],
    ['chart-repository', undefined],
  ]);
});
