import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '../client/types.ts';
import { until } from '../testing/until.ts';
import { isCopied } from './api.ts';
import { refs } from './refs.ts';
import { actions } from './testing/actions.ts';
import { type SampleFolders, sampleCatalog } from './testing/sample-catalog.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';

let folders: SampleFolders;
let cluster: TestCluster;
let does: ReturnType<typeof actions>;

beforeAll(async () => {
  folders = await sampleCatalog([
    {
      name: 'strict',
      channels: {
        stable: [{ version: '1.0.0' }, { version: '1.1.0', replaces: '1.0.0', requiredField: 'size' }],
      },
    },
    { name: 'everywhere', channels: { stable: [{ version: '1.0.0' }] } },
    { name: 'configured', channels: { stable: [{ version: '1.0.0' }] } },
  ]);
  cluster = await testCluster({ catalogs: { hub: folders.catalog }, bundles: [folders.bundles] });
  does = actions(cluster.olm);
});
afterAll(async () => {
  cluster.stop();
  await folders.remove();
});

test('a newly required field blocks the upgrade while an object lacks it', async () => {
  const { client } = cluster.olm.cluster;
  await does.namespace('strict');
  await does.group('strict');
  await does.subscribe('strict', 'strict', { installPlanApproval: 'Manual', startingCSV: 'strict.v1.0.0' });
  await does.approve(await does.pendingPlan('strict', 'strict'));
  await does.csvIn('strict', 'strict.v1.0.0', 'Succeeded');
  const stricts = { group: 'strict.example.com', version: 'v1', resource: 'stricts' };
  await client.create<KubeObject>(stricts, {
    apiVersion: 'strict.example.com/v1',
    kind: 'Strict',
    metadata: { name: 'mine', namespace: 'strict' },
    spec: {},
  });
  const plan = await does.pendingPlan('strict', 'strict');
  await does.approve(plan);
  const message = await until('the plan says why it does not go on', () => {
    return cluster.olm.installPlans.get(`strict/${plan.metadata.name}`)?.status?.message;
  });
  expect(message).toContain(
    `error validating existing CRs against new CRD's schema for "stricts.strict.example.com": error validating strict.example.com/v1, Kind=Strict "strict/mine": updated validation is too restrictive: [].spec.size: Required value`,
  );
  const body = { spec: { size: 'small' } };
  await client.patch(stricts, { namespace: 'strict', name: 'mine' }, body, { type: 'merge' });
  await does.csvIn('strict', 'strict.v1.1.0', 'Succeeded');
});

test('an operator that runs everywhere already looks installed where it is subscribed a second time', async () => {
  await does.subscribe('operators', 'everywhere');
  await does.csvIn('operators', 'everywhere.v1.0.0', 'Succeeded');
  await does.namespace('again');
  await does.group('again');
  await until('the copy is there', () => cluster.olm.csvs.get('again/everywhere.v1.0.0'));
  await does.subscribe('again', 'everywhere');
  await does.settled('again', 'everywhere');
  const csv = cluster.olm.csvs.get('again/everywhere.v1.0.0');
  expect(csv && isCopied(csv)).toBe(true);
  const [plan] = cluster.olm.installPlans.list('again');
  expect(plan?.status?.phase).toBe('Complete');
  expect(plan?.status?.plan?.[0]).toMatchObject({ status: 'Present' });
});

test("a Subscription's config reaches the operator's pods", async () => {
  await does.namespace('configured');
  await does.group('configured');
  await does.subscribe('configured', 'configured', {
    config: { env: [{ name: 'MODE', value: 'quiet' }], nodeSelector: { 'kubernetes.io/os': 'linux' } },
  });
  await does.csvIn('configured', 'configured.v1.0.0', 'Succeeded');
  const deployment = await cluster.olm.cluster.client.get<
    KubeObject & { spec: { template: { spec: { nodeSelector: unknown; containers: { env: unknown[] }[] } } } }
  >(refs.deployments, { namespace: 'configured', name: 'configured-manager' });
  const pod = deployment.spec.template.spec;
  expect(pod.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux' });
  expect(pod.containers[0]?.env).toContainEqual({ name: 'MODE', value: 'quiet' });
});
