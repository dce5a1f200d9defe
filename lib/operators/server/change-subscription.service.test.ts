import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { SubscriptionChangeInput } from '../change-contract';
import type { SubscriptionObject } from '../rules/objects';
import { changeSubscription } from './change-subscription';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import { subscriptions } from './refs';

let sandbox: Sandbox;
const ref = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'cloudnative-pg' };
const harbor = { ...ref, name: 'harbor-ce-operator' };
const target = { namespace: 'postgres', name: 'cloudnative-pg' };

beforeAll(async () => {
  sandbox = await startSandbox();
  const admin = sandbox.context('admin');
  const install = { namespace: 'postgres', mode: 'AllNamespaces', approval: 'Automatic' } as const;
  await installOperator(admin, {
    ref,
    install: { ...install, channel: 'stable-v1.25', version: '1.25.3' },
    dryRun: false,
  });
  await eventually(
    () => getOperator(sandbox.context('admin'), ref),
    ({ subscriptions: [first] }) => first?.status === 'Installed',
  );
});
afterAll(() => sandbox?.stop());

const change = (
  input: Partial<SubscriptionChangeInput>,
  { user = 'admin', dryRun = false }: { user?: 'admin' | 'viewer' | 'operator'; dryRun?: boolean } = {},
) => changeSubscription(sandbox.context(user), { ref, change: { ...target, ...input }, dryRun });

const specOf = async (name = target.name) =>
  (await sandbox.context('admin').kube.get<SubscriptionObject>(subscriptions, name, target)).spec;

describe('changing a Subscription', () => {
  test.each(['viewer', 'operator'] as const)('%s is refused by Kubernetes', async (user) => {
    await expect(change({ channel: 'stable-v1' }, { user })).rejects.toMatchObject({ status: 403 });
    expect((await specOf()).channel).toBe('stable-v1.25');
  });

  test('a dry run tells what follows and changes nothing', async () => {
    const told = await change({ channel: 'stable-v1' }, { dryRun: true });
    expect(told).toMatchObject({ dryRun: true, channel: 'stable-v1', approval: 'Automatic' });
    expect(told.effects).toEqual([
      { code: 'UpgradesAtOnce', values: { channel: 'stable-v1', from: '1.25.3', to: '1.27.0' } },
    ]);
    expect((await specOf()).channel).toBe('stable-v1.25');
  });

  test('a channel that the package does not have is refused, naming those that it has', async () => {
    await expect(change({ channel: 'nightly' })).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: [{ path: 'channel', message: expect.stringContaining('stable-v1') }] },
    });
  });

  test('the approval strategy is changed alone, then channel and upgrade wait', async () => {
    await change({ approval: 'Manual' });
    expect(await specOf()).toMatchObject({ channel: 'stable-v1.25', installPlanApproval: 'Manual' });
    const told = await change({ channel: 'stable-v1' });
    expect(told.effects.map(({ code }) => code)).toEqual(['UpgradesByHand']);
    const operator = await eventually(
      () => getOperator(sandbox.context('admin'), ref),
      ({ subscriptions: [first] }) => first?.plan?.approvable === true,
    );
    expect(operator.subscriptions[0]).toMatchObject({ channel: 'stable-v1', status: 'Upgrade available' });
    const back = await change({ approval: 'Automatic' }, { dryRun: true });
    expect(back.effects.map(({ code }) => code)).toContain('WaitingPlanStays');
  });

  test('Automatic is refused for an Alauda operator', async () => {
    await installOperator(sandbox.context('admin'), {
      ref: harbor,
      install: {
        channel: 'stable',
        version: '2.12.11',
        namespace: 'postgres',
        mode: 'AllNamespaces',
        approval: 'Manual',
      },
      dryRun: false,
    });
    const input = { namespace: 'postgres', name: harbor.name, approval: 'Automatic' as const };
    await expect(
      changeSubscription(sandbox.context('admin'), { ref: harbor, change: input, dryRun: false }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: [{ path: 'approval', message: expect.stringContaining('only Manual') }] },
    });
    expect((await specOf(harbor.name)).installPlanApproval).toBe('Manual');
  });

  test('neighbours that are Manual are named', async () => {
    const told = await change({ approval: 'Automatic' }, { dryRun: true });
    expect(told.effects).toContainEqual({ code: 'BehavesAsManual', values: { names: harbor.name } });
  });
});
