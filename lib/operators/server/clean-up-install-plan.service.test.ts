import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { ListedPlan } from '../plan-contract';
import { approveInstallPlan } from './approve-install-plan';
import { cleanUpInstallPlan } from './clean-up-install-plan';
import { installOperator } from './install-operator';
import { listInstallPlans } from './list-install-plans';
import { subscriptions } from './refs';
import { reviewInstallPlan } from './review-install-plan';

let sandbox: Sandbox;
let admin: Context;
let first: ListedPlan;
const namespace = 'shared';
const harbor = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'harbor-ce-operator' };
const nexus = { ...harbor, name: 'nexus-ce-operator' };

async function install(ref: typeof harbor, version: string) {
  const choices = { channel: 'stable', namespace, mode: 'AllNamespaces', approval: 'Manual' } as const;
  await installOperator(admin, { ref, install: { ...choices, version }, dryRun: false });
}

async function planCarrying(...packages: string[]): Promise<ListedPlan> {
  const carries = (plan: ListedPlan) =>
    plan.state.id === 'waiting' &&
    packages.length === plan.clusterServiceVersionNames.length &&
    packages.every((name) => plan.clusterServiceVersionNames.some((csv) => csv.startsWith(`${name}.`)));
  const { items } = await eventually(
    () => listInstallPlans(admin, { namespace }),
    ({ items: plans }) => plans.some(carries),
  );
  const plan = items.find(carries);
  if (!plan) throw new Error('no such plan waits');
  return plan;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  admin = sandbox.context('admin');
  await install(harbor, '2.12.11');
  first = await planCarrying('harbor-ce-operator');
});
afterAll(() => sandbox?.stop());

describe('a plan of which nobody knows any more', () => {
  test('is not deleted while it waits', async () => {
    await expect(cleanUpInstallPlan(admin, first)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('that was superseded between review and approval is not approved, and the new one is named', async () => {
    await install(nexus, '3.81.1');
    const second = await planCarrying('harbor-ce-operator', 'nexus-ce-operator');
    const reviewed = first;
    await expect(approveInstallPlan(admin, { ...first, reviewed })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining(`OLM follows InstallPlan "${second.name}" in its place`),
    });
    expect(await reviewInstallPlan(admin, first)).toMatchObject({
      approved: false,
      approvable: false,
      cleanable: true,
      state: { id: 'superseded', by: second.name },
    });
  });

  test.each(['viewer', 'operator', 'nobody'] as const)(
    'can not be deleted by %s, who sends the request directly',
    async (user) => {
      await expect(cleanUpInstallPlan(sandbox.context(user), first)).rejects.toMatchObject({ status: 403 });
      expect((await reviewInstallPlan(admin, first)).uid).toBe(first.uid);
    },
  );

  test('is deleted only as the one that was seen', async () => {
    await expect(cleanUpInstallPlan(admin, { ...first, uid: 'of-another-one' })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('another plan'),
    });
    await cleanUpInstallPlan(admin, first);
    await expect(reviewInstallPlan(admin, first)).rejects.toMatchObject({ status: 404 });
  });

  test('is an orphan once its Subscriptions are gone, and can be deleted then', async () => {
    const second = await planCarrying('harbor-ce-operator', 'nexus-ce-operator');
    for (const { name } of [harbor, nexus]) await admin.kube.delete(subscriptions, name, { namespace });
    const left = await eventually(
      () => listInstallPlans(admin, { namespace }),
      ({ items }) => items.every(({ uid, cleanable }) => uid !== second.uid || cleanable),
    );
    for (const plan of left.items) {
      expect(plan.state.id).toBe('orphaned');
      await cleanUpInstallPlan(admin, plan);
    }
  });
});
