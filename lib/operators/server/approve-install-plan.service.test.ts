import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { PlanReference } from '../contract';
import type { InstallInput } from '../install-contract';
import { approveInstallPlan } from './approve-install-plan';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import { installPlans } from './refs';
import { reviewInstallPlan } from './review-install-plan';

let sandbox: Sandbox;
let plan: PlanReference;
const ref = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'harbor-ce-operator' };

beforeAll(async () => {
  sandbox = await startSandbox();
  const install: InstallInput = {
    channel: 'stable',
    version: '2.12.11',
    namespace: 'harbor',
    mode: 'AllNamespaces',
    approval: 'Manual',
  };
  await installOperator(sandbox.context('admin'), { ref, install, dryRun: false });
  const operator = await eventually(
    () => getOperator(sandbox.context('admin'), ref),
    ({ subscriptions }) => subscriptions[0]?.plan?.approvable === true,
  );
  const waiting = operator.subscriptions[0]?.plan;
  if (!waiting) throw new Error('no plan waits');
  plan = waiting;
});
afterAll(() => sandbox?.stop());

describe('a plan that waits', () => {
  test.each(['viewer', 'operator', 'nobody'] as const)(
    'can not be approved by %s, who sends the request directly',
    async (user) => {
      await expect(
        approveInstallPlan(sandbox.context(user), { ...plan, reviewed: plan }),
      ).rejects.toMatchObject({
        status: 403,
        reason: 'Forbidden',
      });
      expect((await reviewInstallPlan(sandbox.context('admin'), plan)).approved).toBe(false);
    },
  );

  test('is shown to a viewer, and not to others', async () => {
    const shown = await reviewInstallPlan(sandbox.context('viewer'), plan);
    expect(shown).toMatchObject({ uid: plan.uid, approvable: true, subscriptions: [{ package: ref.name }] });
    await expect(reviewInstallPlan(sandbox.context('operator'), plan)).rejects.toMatchObject({ status: 403 });
  });

  test.each([
    ['another plan of its name was reviewed', { uid: 'of-another-one' }, 'another plan of the same name'],
    [
      'other versions were reviewed',
      { clusterServiceVersionNames: ['harbor-ce-operator.v1.0.0'] },
      'now carries',
    ],
  ])('is not approved when %s', async (_, changes, sentence) => {
    const reviewed = { ...plan, ...changes };
    await expect(approveInstallPlan(sandbox.context('admin'), { ...plan, reviewed })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining(sentence),
    });
    expect((await reviewInstallPlan(sandbox.context('admin'), plan)).approved).toBe(false);
  });

  test('that no Subscription names is not approved', async () => {
    const admin = sandbox.context('admin');
    const { name } = (
      await admin.kube.create<{ apiVersion: string; kind: string; metadata: PlanMetadata }>(
        installPlans,
        {
          apiVersion: 'operators.coreos.com/v1alpha1',
          kind: 'InstallPlan',
          metadata: { name: 'install-orphan', namespace: plan.namespace },
          spec: { approval: 'Manual', approved: false, clusterServiceVersionNames: ['x.v1.0.0'] },
        },
        { namespace: plan.namespace },
      )
    ).metadata;
    const orphan = { namespace: plan.namespace, name };
    const reviewed = { uid: 'x', clusterServiceVersionNames: ['x.v1.0.0'] };
    await expect(approveInstallPlan(admin, { ...orphan, reviewed })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining(`it is superseded, OLM follows InstallPlan "${plan.name}"`),
    });
  });

  test('is approved once: the second of two administrators is told', async () => {
    const approve = () => approveInstallPlan(sandbox.context('admin'), { ...plan, reviewed: plan });
    const outcomes = await Promise.allSettled([approve(), approve()]);
    const [approved] = outcomes.filter(({ status }) => status === 'fulfilled');
    const [refused] = outcomes.filter(({ status }) => status === 'rejected');
    expect(approved).toMatchObject({ value: { approved: true, approvable: false } });
    expect(refused).toMatchObject({
      reason: { code: 'conflict', detail: expect.stringMatching(/approved|phase/) },
    });
  });
});

type PlanMetadata = { name: string; uid: string; resourceVersion: string; creationTimestamp: string };
