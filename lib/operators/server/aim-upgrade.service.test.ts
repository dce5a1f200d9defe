import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { aimUpgrade } from './aim-upgrade';
import { approveInstallPlan } from './approve-install-plan';
import { getOperator } from './get-operator';
import { listInstallPlans } from './list-install-plans';

let sandbox: Sandbox;
const ref = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'strimzi-kafka-operator' };
const place = { namespace: 'kafka', name: 'strimzi-kafka-operator' };
const version = (number: string) => `strimzi-cluster-operator.v${number}`;
const admin = () => sandbox.context('admin');

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
});
afterAll(() => sandbox?.stop());

const subscriptionOf = async () =>
  (await getOperator({ ...admin(), global: undefined }, ref)).subscriptions[0];

test('an upgrade is aimed only at what lies ahead, and the aim is taken away again', async () => {
  const aimed = aimUpgrade(admin(), { ref, aim: { ...place, to: version('0.44.0') } });
  await expect(aimed).rejects.toMatchObject({
    code: 'invalid-input',
    detail: expect.stringContaining(version('0.45.0')),
  });
  await aimUpgrade(admin(), { ref, aim: { ...place, to: version('0.48.0') } });
  expect((await subscriptionOf())?.upgradeTo).toBe(version('0.48.0'));
  // Nothing is approved by that alone.
  expect((await subscriptionOf())?.plan?.approved).toBe(false);
  await aimUpgrade(admin(), { ref, aim: { ...place, to: null } });
  expect((await subscriptionOf())?.upgradeTo).toBeUndefined();
});

test('an upgrade is not aimed by who may not change the Subscription, nor on the page of another operator', async () => {
  const aim = { ...place, to: version('0.48.0') };
  await expect(aimUpgrade(sandbox.context('viewer'), { ref, aim })).rejects.toMatchObject({ status: 403 });
  const other = { ...ref, name: 'harbor-ce-operator' };
  await expect(aimUpgrade(admin(), { ref: other, aim })).rejects.toMatchObject({ code: 'not-found' });
});

test('who loses the right after the review approves nothing', async () => {
  const { items } = await eventually(
    () => listInstallPlans(sandbox.context('operator'), { namespace: 'team-a' }),
    ({ items: plans }) => plans.some(({ approvable }) => approvable),
  );
  const plan = items.find(({ approvable }) => approvable);
  if (!plan) throw new Error('no plan waits');
  const bindings = { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings' };
  await admin().kube.delete(bindings, 'operator-managers', { namespace: 'team-a' });
  const refused = approveInstallPlan(sandbox.context('operator'), { ...plan, reviewed: plan });
  await expect(refused).rejects.toMatchObject({ status: 403, place: { verb: 'patch' } });
  const again = await listInstallPlans(admin(), { namespace: 'team-a' });
  expect(again.items.find(({ uid }) => uid === plan.uid)?.approved).toBe(false);
});
