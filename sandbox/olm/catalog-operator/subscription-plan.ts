import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { now } from '../../now.ts';
import type { Condition, InstallPlan, Subscription } from '../api.ts';
import { dropConditions, setCondition } from '../conditions.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { timing } from '../timing.ts';
import { type WritableStatus, writeStatus } from './subscription-status.ts';

const planTypes = ['InstallPlanPending', 'InstallPlanFailed', 'InstallPlanMissing'];

/** How often a finished installation's Subscription is written with a status that was read too early. */
const staleWrites = 3;

/**
 * Mirrors the InstallPlan that a Subscription refers to in the Subscription's conditions, with OLM's lag: clients see
 * the plan's new phase before the condition, and after it is complete the condition comes and goes a few times.
 */
export function runSubscriptionPlan(olm: OlmContext): void {
  const { cluster, subscriptions, installPlans } = olm;
  const { clock, signal } = cluster;
  const followed = new Set<string>();
  runController({
    name: 'subscription-plan',
    signal,
    clock,
    concurrency: 32,
    watches: [
      watchOf(subscriptions, ({ object, previous }) =>
        object.status?.installPlanRef?.uid === previous?.status?.installPlanRef?.uid ? [] : [keyOf(object)],
      ),
      watchOf(installPlans, ({ type, object, previous }) =>
        type !== 'DELETED' && object.status?.phase === previous?.status?.phase
          ? []
          : (object.metadata.ownerReferences ?? []).map(({ name }) => `${object.metadata.namespace}/${name}`),
      ),
    ],
    reconcile: async (key) => {
      const subscription = subscriptions.get(key);
      const plan = subscription && planOf(olm, subscription);
      if (!subscription?.status?.installPlanRef) return;
      const phase = plan?.status?.phase;
      await clock.sleep(phase && phase !== 'Planning' ? timing.planSeen[phase] : 0, signal);
      const lost = !plan && !(await isThere(olm, subscription));
      await writeStatus(olm, subscription, (status) => {
        const ref = status.installPlanRef;
        const waits =
          status.state === 'UpgradePending' && ref?.uid === subscription.status?.installPlanRef?.uid;
        return lost && waits ? forget(status) : mirror(status.conditions, plan);
      });
      const uid = plan?.metadata.uid ?? '';
      if (plan && phase === 'Complete' && !followed.has(`${key} ${uid}`)) {
        followed.add(`${key} ${uid}`);
        void leaveOvers(olm, subscription, plan).catch(() => undefined);
      }
    },
  });
}

function planOf(olm: OlmContext, { metadata, status }: Subscription): InstallPlan | undefined {
  return olm.installPlans.get(`${metadata.namespace}/${status?.installPlanRef?.name}`);
}

/** The informer may be behind the Subscription that names a new plan. */
async function isThere(olm: OlmContext, { metadata, status }: Subscription): Promise<boolean> {
  const key = { namespace: metadata.namespace, name: status?.installPlanRef?.name ?? '' };
  return (await olm.cluster.client.find<InstallPlan>(refs.installPlans, key)) !== undefined;
}

/** A plan that is deleted before it is done is forgotten, so that the namespace is resolved anew. */
function forget(status: WritableStatus): boolean {
  dropConditions(status.conditions, ...planTypes);
  delete status.installPlanRef;
  delete status.installplan;
  delete status.currentCSV;
  delete status.state;
  return true;
}

function mirror(conditions: Condition[], plan: InstallPlan | undefined): boolean {
  const before = conditions.length;
  const wanted = plan ? conditionFor(plan) : missing();
  const dropped = dropConditions(conditions, ...planTypes.filter((type) => type !== wanted?.type));
  // Unpacking is over by the time that a plan has failed.
  if (wanted?.type === 'InstallPlanFailed') dropConditions(conditions, 'BundleUnpacking');
  if (!wanted) return dropped;
  return setCondition(conditions, { ...wanted, lastTransitionTime: now() }) || before !== conditions.length;
}

function conditionFor(plan: InstallPlan): Condition | undefined {
  const { phase, conditions } = plan.status ?? {};
  if (phase === 'Complete') return undefined;
  if (phase !== 'Failed') {
    return { type: 'InstallPlanPending', status: 'True', reason: phase ?? 'NotYetReconciled' };
  }
  const installed = conditions?.find(({ type }) => type === 'Installed');
  return {
    type: 'InstallPlanFailed',
    status: 'True',
    reason: installed?.reason ?? 'InstallComponentFailed',
    ...(installed?.message ? { message: installed.message } : {}),
  };
}

function missing(): Condition {
  return { type: 'InstallPlanMissing', status: 'True', reason: 'ReferencedInstallPlanNotFound' };
}

/**
 * The catalog-operator's namespace loop writes back statuses that it read before the conditions above were cleared.
 * That is how a finished installation's Subscription says `InstallPlanPending` again, and loses `BundleUnpacking` late.
 */
async function leaveOvers(olm: OlmContext, subscription: Subscription, plan: InstallPlan): Promise<void> {
  const { clock, signal } = olm.cluster;
  for (let round = 0; round < staleWrites; round++) {
    await clock.sleep(timing.staleWrite - timing.staleCleared, signal);
    if (signal.aborted || !stillAt(olm, subscription, plan)) return;
    await writeStatus(olm, subscription, ({ conditions }, latest) => {
      if (latest.status?.installedCSV !== latest.status?.currentCSV) return false;
      // A resolution that failed was the last that the loop had to do with this namespace.
      if (conditions.some(({ type }) => type === 'ResolutionFailed')) return false;
      dropConditions(conditions, 'BundleUnpacking');
      const stale = { type: 'InstallPlanPending', status: 'True', reason: 'Installing' };
      return setCondition(conditions, { ...stale, lastTransitionTime: plan.status?.startTime ?? now() });
    });
    await clock.sleep(timing.staleCleared, signal);
    if (signal.aborted || !stillAt(olm, subscription, plan)) return;
    await writeStatus(olm, subscription, ({ conditions }, latest) =>
      latest.status?.installPlanRef?.uid === plan.metadata.uid
        ? dropConditions(conditions, ...planTypes)
        : false,
    );
  }
}

function stillAt(olm: OlmContext, { metadata }: Subscription, plan: InstallPlan): boolean {
  // The loop that would write old statuses is busy with the next version.
  if (olm.unpacking.has(metadata.namespace ?? '')) return false;
  const latest = olm.subscriptions.get(`${metadata.namespace}/${metadata.name}`);
  return latest?.status?.installPlanRef?.uid === plan.metadata.uid;
}
