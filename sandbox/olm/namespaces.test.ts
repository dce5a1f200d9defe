import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '../client/types.ts';
import { until } from '../testing/until.ts';
import type { CatalogSource } from './api.ts';
import { refs } from './refs.ts';
import { actions } from './testing/actions.ts';
import { type SampleFolders, sampleCatalog } from './testing/sample-catalog.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';

const stable = (more: Record<string, unknown> = {}) => ({ stable: [{ version: '1.0.0', ...more }] });

let folders: SampleFolders;
let cluster: TestCluster;
let does: ReturnType<typeof actions>;

beforeAll(async () => {
  folders = await sampleCatalog([
    { name: 'one', channels: stable() },
    { name: 'two', channels: stable() },
    { name: 'three', channels: stable() },
    { name: 'in-catalog', channels: stable({ inline: true }) },
    {
      name: 'dependent',
      channels: stable({ requiresPackages: [{ packageName: 'one', versionRange: '>=1.0.0' }] }),
    },
    { name: 'imageless', channels: stable({ inRegistry: false }) },
    { name: 'old-crd', channels: stable({ crdApiVersion: 'apiextensions.k8s.io/v1beta1' }) },
    { name: 'everywhere', channels: stable({ installModes: ['AllNamespaces'] }) },
    { name: 'ahead', channels: stable({ minKubeVersion: '99.0.0' }) },
    { name: 'unpullable', channels: stable({ image: 'registry.example.com/absent:1' }) },
  ]);
  cluster = await testCluster({ catalogs: { hub: folders.catalog }, bundles: [folders.bundles] });
  cluster.olm.cluster.nodes.refuseImage('registry.example.com/absent:1');
  does = actions(cluster.olm);
});
afterAll(async () => {
  cluster.stop();
  await folders.remove();
});

const status = (namespace: string, name: string) =>
  cluster.olm.subscriptions.get({ namespace, name })?.status;

/** Long enough, at the speed of these tests, for a namespace to have been resolved if it were going to be. */
async function left(namespace: string): Promise<void> {
  await does.condition(namespace, 'one', 'CatalogSourcesUnhealthy');
  await does.namespace(`${namespace}-beside`);
  await does.group(`${namespace}-beside`);
  await does.subscribe(`${namespace}-beside`, 'two');
  await does.csvIn(`${namespace}-beside`, 'two.v1.0.0', 'Succeeded');
}

test('Automatic installs without anyone approving', async () => {
  await does.namespace('auto');
  await does.group('auto');
  await does.subscribe('auto', 'one');
  await does.csvIn('auto', 'one.v1.0.0', 'Succeeded');
  const [plan] = cluster.olm.installPlans.list('auto');
  expect(plan?.spec).toMatchObject({ approval: 'Automatic', approved: true });
});

test('a bundle whose manifests stand in the catalog installs without a Job and without bundleLookups', async () => {
  await does.namespace('inline');
  await does.group('inline');
  await does.subscribe('inline', 'in-catalog');
  await does.csvIn('inline', 'in-catalog.v1.0.0', 'Succeeded');
  const [plan] = cluster.olm.installPlans.list('inline');
  expect(plan?.status?.bundleLookups).toBeUndefined();
  expect(plan?.status?.plan?.[0]?.resource.manifest).toContain('"kind":"ClusterServiceVersion"');
});

test('several Subscriptions of a namespace share one plan, and one Manual makes it wait for all', async () => {
  await does.namespace('shared');
  await does.subscribe('shared', 'one');
  await does.subscribe('shared', 'two', { installPlanApproval: 'Manual' });
  await does.group('shared');
  const plan = await does.pendingPlan('shared', 'one');
  expect(plan.spec).toMatchObject({
    approval: 'Manual',
    approved: false,
    clusterServiceVersionNames: ['one.v1.0.0', 'two.v1.0.0'],
  });
  expect(plan.metadata.ownerReferences?.map(({ name }) => name)).toEqual(['one', 'two']);
  expect((await does.pendingPlan('shared', 'two')).metadata.name).toBe(plan.metadata.name);
});

test('a new Subscription resolves the namespace anew and leaves the old plan behind', async () => {
  const old = await does.pendingPlan('shared', 'one');
  await does.subscribe('shared', 'three');
  const plan = await until('the Subscriptions point at another plan', () => {
    const name = status('shared', 'one')?.installPlanRef?.name;
    return name !== old.metadata.name && cluster.olm.installPlans.get(`shared/${name}`);
  });
  expect(plan.spec).toMatchObject({
    clusterServiceVersionNames: ['one.v1.0.0', 'three.v1.0.0', 'two.v1.0.0'],
    generation: 2,
  });
  const left = cluster.olm.installPlans.get({ namespace: 'shared', name: old.metadata.name ?? '' });
  expect(left?.status?.phase).toBe('RequiresApproval');
});

test.each([
  ['no OperatorGroup', 'no-group', []],
  ['two OperatorGroups', 'two-groups', ['a', 'b']],
])('%s leaves a Subscription without state, error or event', async (_what, namespace, groups) => {
  await does.namespace(namespace);
  for (const name of groups) await does.group(namespace, [namespace], name);
  await does.subscribe(namespace, 'one');
  await left(namespace);
  expect(status(namespace, 'one')?.state).toBeUndefined();
  expect(status(namespace, 'one')?.conditions?.map(({ type }) => type)).toEqual(['CatalogSourcesUnhealthy']);
  expect((await cluster.olm.cluster.client.list(refs.events, { namespace })).items).toEqual([]);
});

test('a missing package and a missing channel are told as not satisfiable', async () => {
  await does.namespace('missing');
  await does.group('missing');
  await does.subscribe('missing', 'one', { channel: 'nightly' });
  const condition = await does.condition('missing', 'one', 'ResolutionFailed');
  expect(condition).toMatchObject({ status: 'True', reason: 'ConstraintsNotSatisfiable' });
  expect(condition.message).toMatch(/^constraints not satisfiable: no operators found in channel nightly/);
  expect(status('missing', 'one')?.state).toBeUndefined();
});

test('a dead catalog prevents resolution while it is called healthy, and a mended one installs', async () => {
  await does.namespace('dead');
  await does.group('dead');
  await cluster.olm.cluster.client.create<CatalogSource>(refs.catalogSources, {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'CatalogSource',
    metadata: { name: 'dead', namespace: 'dead' },
    spec: { sourceType: 'grpc', address: '127.0.0.1:59999', displayName: 'Dead' },
  });
  await does.subscribe('dead', 'one');
  expect(await does.condition('dead', 'one', 'ResolutionFailed')).toMatchObject({
    reason: 'ErrorPreventedResolution',
    message:
      'error using catalogsource dead/dead: failed to list bundles: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:59999: connect: connection refused"',
  });
  expect(
    status('dead', 'one')?.conditions?.find(({ type }) => type === 'CatalogSourcesUnhealthy'),
  ).toMatchObject({
    status: 'False',
    message: 'all available catalogsources are healthy',
  });
  const source = await until('the catalog shows its connection', () => {
    const found = cluster.olm.catalogSources.get({ namespace: 'dead', name: 'dead' });
    return found?.status?.connectionState && found;
  });
  expect(source.status?.connectionState?.lastObservedState).toBe('TRANSIENT_FAILURE');
  await cluster.olm.cluster.client.delete(refs.catalogSources, { namespace: 'dead', name: 'dead' });
  await does.csvIn('dead', 'one.v1.0.0', 'Succeeded');
  expect(status('dead', 'one')?.conditions?.some(({ type }) => type === 'ResolutionFailed')).toBe(false);
});

test('a bundle image that no registry has fails to unpack, with an Event and without a plan', async () => {
  await does.namespace('imageless');
  await does.group('imageless', ['imageless'], 'group', {
    'operatorframework.io/bundle-unpack-timeout': '25s',
  });
  await does.subscribe('imageless', 'imageless');
  const condition = await does.condition('imageless', 'imageless', 'BundleUnpackFailed');
  expect(condition).toMatchObject({ status: 'True', reason: 'BundleUnpackFailed' });
  expect(condition.message).toMatch(
    /^Bundle unpacking failed - DeadlineExceeded: Job was active longer than specified deadline\. Auto-retry/,
  );
  expect(cluster.olm.installPlans.list('imageless')).toEqual([]);
  const events = await until('the Event is there', async () => {
    const { items } = await cluster.olm.cluster.client.list(refs.events, { namespace: 'imageless' });
    return items.length > 0 && items;
  });
  expect(events[0]).toMatchObject({ type: 'Warning', reason: 'BundleUnpackFailed' });
});

test('a CRD of a version that is not served lets the plan fail after its retries', async () => {
  await does.namespace('old-crd');
  await does.group('old-crd');
  await does.subscribe('old-crd', 'old-crd');
  const retrying = await until('the plan says that it tries again', () => {
    return cluster.olm.installPlans.list('old-crd').find(({ status: it }) => it?.message !== undefined);
  });
  expect(retrying.status?.phase).toBe('Installing');
  expect(retrying.status?.message).toMatch(
    /^retrying execution due to error: api-server resource not found installing/,
  );
  const failed = await until('the plan has failed', () =>
    cluster.olm.installPlans.list('old-crd').find(({ status: it }) => it?.phase === 'Failed'),
  );
  expect(failed.status?.conditions).toMatchObject([
    { type: 'Installed', status: 'False', reason: 'InstallComponentFailed' },
  ]);
  expect(failed.status?.plan?.map((step) => step.status)).toEqual([
    'Present',
    'Unknown',
    'Unknown',
    'Unknown',
    'Unknown',
  ]);
  await does.condition('old-crd', 'old-crd', 'InstallPlanFailed');
  expect(status('old-crd', 'old-crd')?.state).toBe('AtLatestKnown');
  const csv = await does.csvIn('old-crd', 'old-crd.v1.0.0', 'Pending');
  expect(csv.status?.requirementStatus).toMatchObject([
    { name: 'oldcrds.old-crd.example.com', status: 'NotPresent', message: 'CRD is not present' },
    { kind: 'ServiceAccount', status: 'NotPresent', message: 'Service account does not exist' },
  ]);
});

test('an operator that can not watch what its group asks is refused, and recovers with the group', async () => {
  const { client } = cluster.olm.cluster;
  await does.namespace('mode');
  await does.group('mode');
  await does.subscribe('mode', 'everywhere');
  const csv = await does.csvIn('mode', 'everywhere.v1.0.0', 'Failed');
  expect(csv.status).toMatchObject({
    reason: 'UnsupportedOperatorGroup',
    message: 'OwnNamespace InstallModeType not supported, cannot configure to watch own namespace',
  });
  const body = { spec: { targetNamespaces: null } };
  await client.patch(refs.operatorGroups, { namespace: 'mode', name: 'group' }, body, { type: 'merge' });
  await does.csvIn('mode', 'everywhere.v1.0.0', 'Succeeded');
});

test('an operator that watches all namespaces is copied into each, until OLMConfig says no', async () => {
  const { client } = cluster.olm.cluster;
  const copy = await until('there is a copy', () => cluster.olm.csvs.get('default/everywhere.v1.0.0'));
  await until('the copy tells the phase', () => {
    const { status: it } = cluster.olm.csvs.get('default/everywhere.v1.0.0') ?? {};
    return it?.phase === 'Succeeded' && it.reason === 'Copied';
  });
  expect(copy.metadata.labels).toMatchObject({ 'olm.copiedFrom': 'mode' });
  expect(copy.metadata.annotations).not.toHaveProperty('olm.targetNamespaces');
  const config = { spec: { features: { disableCopiedCSVs: true } } };
  await client.patch(refs.olmConfigs, { name: 'cluster' }, config, { type: 'merge' });
  await does.gone(refs.clusterServiceVersions, { namespace: 'default', name: 'everywhere.v1.0.0' });
  const condition = await until('OLMConfig says that there are none', async () => {
    const found = await client.get<
      KubeObject & { status?: { conditions?: { status: string; reason: string }[] } }
    >(refs.olmConfigs, { name: 'cluster' });
    return found.status?.conditions?.find(({ status: value }) => value === 'True');
  });
  expect(condition.reason).toBe('NoCopiedCSVsFound');
});

test('a dependency comes with the plan and gets a Subscription of its own', async () => {
  await does.namespace('dependent');
  await does.group('dependent');
  await does.subscribe('dependent', 'dependent');
  await does.csvIn('dependent', 'dependent.v1.0.0', 'Succeeded');
  await does.csvIn('dependent', 'one.v1.0.0', 'Succeeded');
  await does.settled('dependent', 'one-stable-hub-olm');
  const [plan] = cluster.olm.installPlans.list('dependent');
  expect(plan?.spec.clusterServiceVersionNames).toEqual(['dependent.v1.0.0', 'one.v1.0.0']);
  expect(cluster.olm.installPlans.list('dependent')).toHaveLength(1);
});

test('a cluster that is too old leaves the CSV waiting and says so', async () => {
  await does.namespace('ahead');
  await does.group('ahead');
  await does.subscribe('ahead', 'ahead');
  const csv = await until('the requirement is told', () => {
    const found = cluster.olm.csvs.get('ahead/ahead.v1.0.0');
    return found?.status?.reason === 'RequirementsNotMet' && found;
  });
  expect(csv.status?.requirementStatus?.[0]?.message).toMatch(
    /^CSV version requirement not met: minKubeVersion \(99\.0\.0\) > server version \(v/,
  );
});

test('an image that can not be pulled leaves the CSV installing', async () => {
  await does.namespace('unpullable');
  await does.group('unpullable');
  await does.subscribe('unpullable', 'unpullable');
  await until('the CSV waits for its Deployment', () => {
    const found = cluster.olm.csvs.get('unpullable/unpullable.v1.0.0');
    return found?.status?.reason === 'InstallWaiting';
  });
  expect(status('unpullable', 'unpullable')?.state).toBe('AtLatestKnown');
});
