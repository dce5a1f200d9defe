import { writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { type SampleFolders, sampleCatalog } from '../testing/sample-catalog.ts';
import type { CatalogProblem } from './blobs.ts';
import { Catalog } from './catalog.ts';
import { Connections } from './connections.ts';

let folders: SampleFolders;
afterEach(() => folders.remove());

const open = (problems: CatalogProblem[] = []) =>
  Catalog.open(
    { name: 'sample', path: folders.catalog, displayName: 'Sample', publisher: 'Test' },
    (problem) => void problems.push(problem),
  );

test('a changed file is taken up without a restart, an untouched one is not read again', async () => {
  folders = await sampleCatalog([{ name: 'a', channels: { stable: [{ version: '1.0.0' }] } }]);
  const stop = new AbortController();
  const catalog = await open();
  let changes = 0;
  catalog.onChange(() => {
    changes++;
  });
  catalog.follow(stop.signal, () => undefined, 20);
  await folders.write([
    { name: 'a', channels: { stable: [{ version: '1.0.0' }, { version: '1.1.0', replaces: '1.0.0' }] } },
  ]);
  await until('the new head is served', () => {
    return catalog.content.packages.get('a')?.channels.get('stable')?.head === 'a.v1.1.0';
  });
  stop.abort();
  expect(changes).toBe(1);
  expect(await catalog.reload(() => undefined)).toBe(false);
});

test('a package that can not be read is reported while the others are served', async () => {
  folders = await sampleCatalog([{ name: 'a', channels: { stable: [{ version: '1.0.0' }] } }]);
  await writeFile(`${folders.catalog}/broken.yaml`, 'schema: olm.package\nname: [b\n');
  const problems: CatalogProblem[] = [];
  const catalog = await open(problems);
  expect([...catalog.content.packages.keys()]).toEqual(['a']);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.file).toMatch(/broken\.yaml$/);
});

test('an address answers while its catalog is served, and refuses when it is made dead', async () => {
  folders = await sampleCatalog([{ name: 'a', channels: { stable: [{ version: '1.0.0' }] } }]);
  const connections = new Connections();
  connections.serve('hub.olm.svc:50051', await open());
  const source = (address: string) => ({
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'CatalogSource',
    metadata: { name: 'hub', namespace: 'olm' },
    spec: { sourceType: 'grpc', address },
  });
  expect(connections.connect(source('hub.olm.svc:50051')).state).toBe('READY');
  connections.setDead('hub.olm.svc:50051', true);
  expect(connections.connect(source('hub.olm.svc:50051'))).toMatchObject({ state: 'TRANSIENT_FAILURE' });
  const refused =
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:59999: connect: connection refused"';
  expect(connections.connect(source('127.0.0.1:59999'))).toEqual({
    state: 'TRANSIENT_FAILURE',
    error: refused,
  });
});
