import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../client/types.ts';
import { until } from '../testing/until.ts';
import type { ClusterServiceVersion, InstallPlan, Subscription } from './api.ts';
import { refs } from './refs.ts';
import { actions } from './testing/actions.ts';
import { type SampleFolders, sampleCatalog } from './testing/sample-catalog.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';

const first = { version: '1.0.0' };
const second = { version: '1.1.0', replaces: '1.0.0' };

describe('an operator from Subscription to its replacement', () => {
  let folders: SampleFolders;
  let cluster: TestCluster;
  let does: ReturnType<typeof actions>;

  beforeAll(async () => {
    folders = await sampleCatalog([{ name: 'demo', channels: { stable: [first] } }]);
    cluster = await testCluster({
      catalogs: { hub: folders.catalog },
      bundles: [folders.bundles],
      speed: 20,
    });
    does = actions(cluster.olm);
  });
  afterAll(async () => {
    cluster.stop();
    await folders.remove();
  });

  test('goes through the states of a real cluster, in their order', async () => {
    const { olm } = cluster;
    const seen = {
      subscription: history<Subscription>(),
      plan: history<InstallPlan>(),
      csv: history<ClusterServiceVersion>(),
    };
    olm.subscriptions.on(({ object }) => seen.subscription.add(object.status?.state ?? '', object));
    olm.installPlans.on(({ object }) =>
      seen.plan.add(`${object.status?.phase ?? ''} ${object.spec.approved}`, object),
    );
    olm.csvs.on(({ object }) => {
      if (object.metadata.namespace === 'demo')
        seen.csv.add(`${object.status?.phase ?? ''} ${object.status?.reason ?? ''}`, object);
    });
    await does.namespace('demo');
    await does.group('demo');
    await does.subscribe('demo', 'demo', { installPlanApproval: 'Manual' });
    const plan = await does.pendingPlan('demo', 'demo');
    expect(plan.spec).toMatchObject({
      approval: 'Manual',
      clusterServiceVersionNames: ['demo.v1.0.0'],
      generation: 1,
    });
    expect(plan.status?.plan?.map(({ resource }) => resource.kind)).toEqual([
      'ClusterServiceVersion',
      'CustomResourceDefinition',
      'ServiceAccount',
      'Role',
      'RoleBinding',
    ]);
    await does.condition('demo', 'demo', 'InstallPlanPending');
    await does.approve(plan);
    const csv = await does.csvIn('demo', 'demo.v1.0.0', 'Succeeded');
    const subscription = await does.settled('demo', 'demo');

    expect(seen.subscription.words()).toEqual(['', 'UpgradePending', 'AtLatestKnown']);
    expect(seen.plan.words()).toEqual([
      ' false',
      'RequiresApproval false',
      'RequiresApproval true',
      'Installing true',
      'Complete true',
    ]);
    expect(seen.csv.words()).toEqual([
      ' ',
      'Pending RequirementsUnknown',
      'Pending RequirementsNotMet',
      'InstallReady AllRequirementsMet',
      'Installing InstallSucceeded',
      'Installing InstallWaiting',
      'Succeeded InstallSucceeded',
    ]);
    expect(subscription.status).toMatchObject({ installedCSV: 'demo.v1.0.0', currentCSV: 'demo.v1.0.0' });
    expect(csv.metadata.annotations).toMatchObject({
      'olm.operatorGroup': 'group',
      'olm.operatorNamespace': 'demo',
      'olm.targetNamespaces': 'demo',
    });
  });

  test('leaves behind what a real one does: Deployment, OperatorCondition, Operator, Events, ClusterRoles', async () => {
    const { client } = cluster.olm.cluster;
    const deployment = await client.get<
      KubeObject & { spec: { template: { spec: { containers: { env: unknown }[] } } } }
    >(refs.deployments, { namespace: 'demo', name: 'demo-manager' });
    expect(deployment.metadata.labels).toMatchObject({ 'olm.owner': 'demo.v1.0.0', 'olm.managed': 'true' });
    expect(deployment.spec.template.spec.containers[0]?.env).toEqual([
      { name: 'OPERATOR_CONDITION_NAME', value: 'demo.v1.0.0' },
    ]);
    await client.get(refs.operatorConditions, { namespace: 'demo', name: 'demo.v1.0.0' });
    await client.get(refs.clusterRoles, { name: 'demos.demo.example.com-v1-admin' });
    const operator = await until('the Operator lists all kinds', async () => {
      const found = await client.find<
        KubeObject & { status?: { components?: { refs?: { kind: string }[] } } }
      >(refs.operators, { name: 'demo.demo' });
      const kinds = found?.status?.components?.refs?.map(({ kind }) => kind);
      return kinds && kinds.length >= 9 ? kinds : undefined;
    });
    expect(operator).toEqual([
      'ClusterServiceVersion',
      'CustomResourceDefinition',
      'Deployment',
      'InstallPlan',
      'OperatorCondition',
      'Role',
      'RoleBinding',
      'ServiceAccount',
      'Subscription',
    ]);
    const events = await client.list<KubeObject>(refs.events, { namespace: 'demo' });
    const reasons = events.items
      .filter((event) => (event.involvedObject as { kind: string }).kind === 'ClusterServiceVersion')
      .map((event) => event.reason);
    expect(reasons).toEqual([
      'RequirementsUnknown',
      'RequirementsNotMet',
      'AllRequirementsMet',
      'InstallSucceeded',
      'InstallWaiting',
      'InstallSucceeded',
    ]);
  });

  test('is offered the next version when the catalog brings one, and is replaced once that is approved', async () => {
    await folders.write([{ name: 'demo', channels: { stable: [first, second] } }]);
    await cluster.catalogs[0]?.reload(() => undefined);
    const plan = await does.pendingPlan('demo', 'demo');
    expect(plan.spec).toMatchObject({ clusterServiceVersionNames: ['demo.v1.1.0'], generation: 2 });
    const phases: string[] = [];
    cluster.olm.csvs.on(({ object }) => {
      if (object.metadata.name === 'demo.v1.0.0') phases.push(object.status?.phase ?? '');
    });
    await does.approve(plan);
    await does.csvIn('demo', 'demo.v1.1.0', 'Succeeded');
    await does.gone(refs.clusterServiceVersions, { namespace: 'demo', name: 'demo.v1.0.0' });
    expect([...new Set(phases)]).toEqual(['Succeeded', 'Replacing', 'Deleting']);
    const deployment = await cluster.olm.cluster.client.get(refs.deployments, {
      namespace: 'demo',
      name: 'demo-manager',
    });
    expect(deployment.metadata.labels).toMatchObject({ 'olm.owner': 'demo.v1.1.0' });
    await cluster.olm.cluster.client.get(refs.serviceAccounts, { namespace: 'demo', name: 'demo-manager' });
  });

  test('stays when its Subscription is deleted; the plans go', async () => {
    const { client } = cluster.olm.cluster;
    await client.delete(refs.subscriptions, { namespace: 'demo', name: 'demo' });
    await until('the plans are collected', () => cluster.olm.installPlans.list('demo').length === 0);
    await does.csvIn('demo', 'demo.v1.1.0', 'Succeeded');
  });

  test('goes when its CSV is deleted; its CRDs stay', async () => {
    const { client } = cluster.olm.cluster;
    await client.delete(refs.clusterServiceVersions, { namespace: 'demo', name: 'demo.v1.1.0' });
    await does.gone(refs.clusterServiceVersions, { namespace: 'demo', name: 'demo.v1.1.0' });
    await does.gone(refs.deployments, { namespace: 'demo', name: 'demo-manager' });
    await client.get(refs.crds, { name: 'demos.demo.example.com' });
  });
});

/** Distinct words in the order in which they were first said. */
function history<T>() {
  const said = new Map<string, T>();
  return {
    add: (word: string, object: T) => {
      if (!said.has(word)) said.set(word, object);
    },
    words: () => [...said.keys()],
  };
}
