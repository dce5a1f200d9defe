import { afterAll, beforeAll, expect, test } from 'vitest';
import { refs } from '../olm/refs.ts';
import { actions } from '../olm/testing/actions.ts';
import { type SampleFolders, sampleCatalog } from '../olm/testing/sample-catalog.ts';
import { type TestCluster, testCluster } from '../olm/testing/test-cluster.ts';
import { until } from '../testing/until.ts';
import { startPlatformOlm } from './start-olm-parts.ts';

const stable = (annotations: Record<string, string>) => ({ stable: [{ version: '1.0.0', annotations }] });

let folders: SampleFolders;
let cluster: TestCluster;
let does: ReturnType<typeof actions>;

beforeAll(async () => {
  folders = await sampleCatalog([
    { name: 'by-type', channels: stable({ 'provider-type': 'platform' }) },
    { name: 'by-provider', channels: stable({ provider: '{"zh":"Alauda","en":"Alauda"}' }) },
    { name: 'community', channels: stable({ provider: 'Someone', 'provider-type': 'community' }) },
  ]);
  cluster = await testCluster({
    catalogs: { hub: folders.catalog },
    bundles: [folders.bundles],
    plain: false,
  });
  startPlatformOlm(cluster.olm);
  does = actions(cluster.olm);
});
afterAll(async () => {
  cluster.stop();
  await folders.remove();
});

/** As a user: the sandbox's own controllers are not asked by the webhook. */
async function subscribe(name: string, approval: string, namespace: string): Promise<Response> {
  const { server } = cluster.olm.cluster;
  const path = `/apis/operators.coreos.com/v1alpha1/namespaces/${namespace}/subscriptions?dryRun=All`;
  return server.handle(
    new Request(`https://sandbox${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer admin-token' },
      body: JSON.stringify({
        apiVersion: 'operators.coreos.com/v1alpha1',
        kind: 'Subscription',
        metadata: { name, namespace },
        spec: {
          name,
          channel: 'stable',
          source: 'hub',
          sourceNamespace: 'cpaas-system',
          ...(approval ? { installPlanApproval: approval } : {}),
        },
      }),
    }),
  );
}

test.each([
  ['by-type', 'Automatic', 403],
  ['by-type', '', 403],
  ['by-provider', 'Automatic', 403],
  ['by-type', 'Manual', 201],
  ['community', 'Automatic', 201],
])('%s with approval "%s" is answered %i', async (name, approval, code) => {
  const response = await subscribe(name, approval, 'default');
  expect(response.status).toBe(code);
  if (code === 403) {
    const { message } = (await response.json()) as { message: string };
    expect(message).toBe(
      `admission webhook "subscription.operators.cpaas.io" denied the request: ${name} is a platform operator and is not allowed to installed in Automatic mode`,
    );
  }
});

test.each([
  ['', [''], {}],
  ['watched', ['watched'], { targetNamespaces: ['watched'] }],
  ['a, b', ['a', 'b'], { targetNamespaces: ['a', 'b'] }],
])('the annotation "%s" makes an OperatorGroup that watches %j', async (annotation, namespaces, spec) => {
  const namespace = `group-${annotation.replaceAll(/\W/g, '') || 'all'}`;
  await does.namespace(namespace);
  await does.subscribe(namespace, 'community', {}, { 'cpaas.io/target-namespaces': annotation });
  const group = await until('the group is there and has its namespaces', () => {
    const [found] = cluster.olm.operatorGroups.list(namespace);
    return found?.status?.namespaces && found;
  });
  expect(group.status?.namespaces).toEqual(namespaces);
  expect(group.spec).toMatchObject(spec);
});

test('without the annotation there is no OperatorGroup, and where there is one it stays alone', async () => {
  await does.namespace('bare');
  await does.subscribe('bare', 'community');
  await does.namespace('taken');
  await does.group('taken');
  await does.subscribe('taken', 'community', {}, { 'cpaas.io/target-namespaces': '' });
  await does.csvIn('taken', 'community.v1.0.0', 'Succeeded');
  const groups = await cluster.olm.cluster.client.list(refs.operatorGroups);
  expect(groups.items.filter(({ metadata }) => metadata.namespace === 'bare')).toHaveLength(0);
  expect(groups.items.filter(({ metadata }) => metadata.namespace === 'taken')).toHaveLength(1);
});
