import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatformOlm } from '../platform/start-olm-parts.ts';
import { readState, seedState } from './seed.ts';
import { type SampleFolders, sampleCatalog } from './testing/sample-catalog.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';

const chain = (newest = {}) => ({
  stable: [{ version: '1.0.0' }, { version: '1.1.0', replaces: '1.0.0', ...newest }],
});

let folders: SampleFolders;
let cluster: TestCluster;

beforeAll(async () => {
  folders = await sampleCatalog([
    { name: 'behind', channels: chain() },
    { name: 'waiting', channels: chain() },
    { name: 'imageless', channels: chain({ inRegistry: false }) },
    { name: 'stuck', channels: { stable: [{ version: '1.0.0', image: 'registry.example.com/absent:1' }] } },
  ]);
  cluster = await testCluster({
    catalogs: { platform: folders.catalog },
    bundles: [folders.bundles],
    plain: false,
    speed: 1,
  });
  cluster.olm.cluster.nodes.refuseImage('registry.example.com/absent:1');
  startPlatformOlm(cluster.olm);
});
afterAll(async () => {
  cluster.stop();
  await folders.remove();
});

const entry = (name: string, more: Record<string, unknown> = {}) =>
  Object.entries({
    package: name,
    catalog: 'platform',
    channel: 'stable',
    namespace: name,
    approval: 'Manual',
    targetNamespaces: '""',
    ...more,
  })
    .map(([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${value}`)
    .join('\n');

test('a state is brought about through the API and comes to rest', async () => {
  const file = join(folders.root, 'state.yaml');
  const first = (name: string) => ({ startingCSV: `${name}.v1.0.0`, approve: 1 });
  await writeFile(
    file,
    [
      'business:',
      entry('behind', first('behind')),
      entry('waiting', { startingCSV: 'waiting.v1.0.0' }),
      entry('imageless', { ...first('imageless'), unpackTimeout: '120s' }),
      entry('stuck', { approval: 'Automatic' }),
    ].join('\n'),
  );
  const state = await readState(file);
  await seedState(cluster.olm, state.get('business') ?? []);

  const { subscriptions, csvs, installPlans, cluster: runtime } = cluster.olm;
  const status = (name: string) => subscriptions.get({ namespace: name, name })?.status;
  const phase = (name: string, version: string) =>
    csvs.get({ namespace: name, name: `${name}.v${version}` })?.status;
  const pending = (name: string) =>
    installPlans.list(name).filter((plan) => plan.status?.phase === 'RequiresApproval');

  expect(status('behind')).toMatchObject({
    state: 'UpgradePending',
    installedCSV: 'behind.v1.0.0',
    currentCSV: 'behind.v1.1.0',
  });
  expect(phase('behind', '1.0.0')?.phase).toBe('Succeeded');
  expect(status('waiting')?.installedCSV).toBeUndefined();
  expect(pending('waiting')).toHaveLength(1);
  expect(status('imageless')?.conditions?.map(({ type }) => type)).toContain('BundleUnpackFailed');
  expect(phase('imageless', '1.0.0')?.phase).toBe('Succeeded');
  expect(phase('stuck', '1.0.0')).toMatchObject({ phase: 'Installing', reason: 'InstallWaiting' });
  expect(runtime.clock.speed).toBe(1);
}, 60_000);

test('a plain OLM, where nobody makes OperatorGroups, is brought into the same state', async () => {
  const plain = await testCluster({
    catalogs: { platform: folders.catalog },
    bundles: [folders.bundles],
    plain: true,
  });
  const file = join(folders.root, 'plain.yaml');
  await writeFile(
    file,
    [
      'business:',
      entry('behind', { startingCSV: 'behind.v1.0.0', approve: 1, targetNamespaces: 'behind' }),
    ].join('\n'),
  );
  await seedState(plain.olm, (await readState(file)).get('business') ?? []);

  const name = { namespace: 'behind', name: 'behind' };
  expect(plain.olm.subscriptions.get(name)?.status).toMatchObject({
    state: 'UpgradePending',
    installedCSV: 'behind.v1.0.0',
  });
  const group = plain.olm.operatorGroups.get({ namespace: 'behind', name: 'behind-operator-group' });
  expect(group?.spec).toMatchObject({ targetNamespaces: ['behind'] });
  plain.stop();
}, 60_000);

test('a state that is none is refused with the file and what is wrong', async () => {
  const file = join(folders.root, 'broken.yaml');
  await writeFile(file, 'business:\n  - package: a\n    approval: Perhaps\n');
  await expect(readState(file)).rejects.toThrow(/broken\.yaml[\s\S]*approval/);
});
