import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { refs } from '../refs.ts';
import { haveRecordings, recording } from '../testing/recordings.ts';
import { type SampleFolders, sampleCatalog } from '../testing/sample-catalog.ts';
import { type TestCluster, testCluster } from '../testing/test-cluster.ts';

const root = '/apis/packages.operators.coreos.com/v1';
const stable = { stable: [{ version: '1.0.0' }] };

let hub: SampleFolders;
let other: SampleFolders;
let cluster: TestCluster;

beforeAll(async () => {
  hub = await sampleCatalog([
    { name: 'shared', channels: stable },
    { name: 'only-hub', channels: stable },
  ]);
  other = await sampleCatalog([{ name: 'shared', channels: stable }]);
  cluster = await testCluster({ catalogs: { hub: hub.catalog, other: other.catalog }, bundles: [] });
  await cluster.olm.cluster.client.patch(
    refs.catalogSources,
    { namespace: 'olm', name: 'other' },
    { spec: { priority: -10 } },
    { type: 'merge' },
  );
  await until(
    'the priority is known',
    () => cluster.olm.catalogSources.get('olm/other')?.spec.priority === -10,
  );
});
afterAll(async () => {
  cluster.stop();
  await hub.remove();
  await other.remove();
});

function ask(path: string, accept = 'application/json'): Promise<Response> {
  const headers = { accept, authorization: 'Bearer admin-token' };
  return cluster.olm.cluster.server.handle(new Request(`https://sandbox${root}${path}`, { headers }));
}

interface List {
  metadata: unknown;
  items: { metadata: { name: string; namespace: string; labels: Record<string, string> } }[];
}

const names = ({ items }: List) =>
  items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}/${metadata.labels.catalog}`);

test('a list has no resourceVersion, ignores limit and tells a package once per catalog', async () => {
  const list = (await (await ask('/packagemanifests?limit=1')).json()) as List;
  expect(list.metadata).toEqual({});
  expect(names(list).sort()).toEqual(['olm/only-hub/hub', 'olm/shared/hub', 'olm/shared/other']);
});

test('in any namespace the global packages are shown under that namespace', async () => {
  const list = (await (await ask('/namespaces/default/packagemanifests')).json()) as List;
  expect(names(list).sort()).toEqual(['default/only-hub/hub', 'default/shared/hub', 'default/shared/other']);
});

test.each([
  ['fieldSelector=metadata.name%3Dshared', ['olm/shared/hub', 'olm/shared/other']],
  ['labelSelector=catalog%3Dhub', ['olm/only-hub/hub', 'olm/shared/hub']],
])('%s selects', async (query, expected) => {
  expect(names((await (await ask(`/packagemanifests?${query}`)).json()) as List).sort()).toEqual(expected);
});

test('a package of two catalogs is found by name in the one of lower priority', async () => {
  const found = (await (await ask('/namespaces/default/packagemanifests/shared')).json()) as List['items'][0];
  expect(found?.metadata.labels.catalog).toBe('other');
});

test('a Table has the columns of the real one', async () => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
  const table = (await (await ask('/namespaces/default/packagemanifests', accept)).json()) as {
    columnDefinitions: { name: string }[];
    rows: { cells: string[] }[];
  };
  expect(table.columnDefinitions.map(({ name }) => name)).toEqual(['Name', 'Catalog', 'Age']);
  expect(table.rows[0]?.cells.slice(0, 2)).toEqual(['shared', 'Catalog other']);
});

test('a dead catalog shows nothing', async () => {
  const address = cluster.olm.catalogSources.get('olm/hub')?.spec.address ?? '';
  cluster.olm.connections.setDead(address, true);
  expect(names((await (await ask('/packagemanifests')).json()) as List)).toEqual(['olm/shared/other']);
  cluster.olm.connections.setDead(address, false);
});

describe.skipIf(!haveRecordings)('as recorded', () => {
  interface Recorded {
    request: { path: string };
    status: number;
    body: { message: string };
  }

  test.each(['packagemanifests-watch', 'packagemanifest-404'])(
    '%s is refused in the same words',
    async (name) => {
      const { request, status, body } = recording<Recorded>(`${name}.json`);
      const answer = await ask(request.path.slice(root.length));
      expect(answer.status).toBe(status);
      expect(await answer.json()).toEqual(body);
    },
  );

  test('discovery lists packagemanifests and its icon', async () => {
    const { body } = recording<{ body: unknown }>('disc-apis-packages-v1.json');
    expect(await (await ask('')).json()).toEqual(body);
  });
});
