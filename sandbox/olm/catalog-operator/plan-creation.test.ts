import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clock } from '../../clock.ts';
import { until } from '../../testing/until.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { resolve } from '../resolver/resolve.ts';
import { actions } from '../testing/actions.ts';
import { type SampleFolders, sampleCatalog } from '../testing/sample-catalog.ts';
import { type TestCluster, testCluster } from '../testing/test-cluster.ts';
import { ensurePlan } from './plan-creation.ts';

let folders: SampleFolders;
let cluster: TestCluster;

beforeAll(async () => {
  folders = await sampleCatalog([{ name: 'one', channels: { stable: [{ version: '1.0.0' }] } }]);
  cluster = await testCluster({ catalogs: { hub: folders.catalog }, bundles: [folders.bundles] });
});
afterAll(async () => {
  cluster.stop();
  await folders.remove();
});

/** Someone who approves in the moment between a plan and its first status. */
class HastyApprover extends Clock {
  readonly #approve: () => Promise<unknown>;

  constructor(approve: () => Promise<unknown>) {
    super();
    this.#approve = approve;
  }

  override async sleep(): Promise<void> {
    await this.#approve();
  }
}

test('a plan approved before its first status is never carried out, and its Subscription says why', async () => {
  const { olm } = cluster;
  const does = actions(olm);
  await does.namespace('early');
  // Without a group the controllers leave the namespace alone; this test does their work.
  const subscription = await does.subscribe('early', 'one', { installPlanApproval: 'Manual' });
  const catalog = cluster.catalogs[0];
  if (!catalog) throw new Error('no catalog');
  const catalogs = [{ name: 'hub', namespace: 'olm', priority: 0, content: catalog.content }];
  const clock = new HastyApprover(async () => {
    const { items } = await olm.cluster.client.list(refs.installPlans, { namespace: 'early' });
    for (const { metadata } of items) {
      const key = { namespace: 'early', name: metadata.name ?? '' };
      await olm.cluster.client.patch(refs.installPlans, key, { spec: { approved: true } }, { type: 'merge' });
    }
  });
  const hasty: OlmContext = { ...olm, cluster: { ...olm.cluster, clock } };
  const resolved = resolve([subscription], [], catalogs);
  await expect(ensurePlan(hasty, 'early', [subscription], resolved, [])).rejects.toThrow(/first status/);
  const [plan] = await until('the plan is known', () => {
    const plans = olm.installPlans.list('early');
    return plans.length > 0 && plans;
  });
  expect(plan?.spec.approved).toBe(true);
  expect(plan?.status).toBeUndefined();
  expect(await does.condition('early', 'one', 'BundleUnpackFailed')).toMatchObject({
    reason: 'EnsureInstallPlanFailed',
  });
});
