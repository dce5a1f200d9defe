import type { OperatorStatus, subscriptionReasons } from '../contract';
import { hasFailed, isTryingAgain } from './attempts';
import { latestCondition, readCondition } from './conditions';
import {
  type ClusterServiceVersionObject,
  type Condition,
  type InstallPlanObject,
  isCopied,
  planNameOf,
  type SubscriptionObject,
} from './objects';
import { list } from './untrusted';

/** What the cluster holds around some Subscriptions. */
export interface OlmFacts {
  /** `undefined`: they could not be read. */
  clusterServiceVersions: readonly ClusterServiceVersionObject[] | undefined;
  /** `undefined`: they could not be read. */
  installPlans: readonly InstallPlanObject[] | undefined;
  /** Number of OperatorGroups of a namespace; `undefined` where it is not known. */
  operatorGroups?: (namespace: string) => number | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

export interface Judgement {
  status: OperatorStatus;
  reason?: string;
  message?: string;
}

export interface Scene {
  subscription: SubscriptionObject;
  /** The ClusterServiceVersion that the Subscription heads for. */
  target?: ClusterServiceVersionObject;
  /** The one that serves until the target takes over; `target` itself once it has. */
  running?: ClusterServiceVersionObject;
  plan?: InstallPlanObject;
  facts: OlmFacts;
}

type OwnReason = (typeof subscriptionReasons)[number];

// The platform's controller and OLM need a moment to act on a new object; silence means trouble only after it.
const GRACE_MS = 30_000;

const FAILURES = ['ResolutionFailed', 'BundleUnpackFailed', 'InstallPlanFailed'];

/** What stands around a Subscription: who serves, and what is to take over. */
export function sceneOf(subscription: SubscriptionObject, facts: OlmFacts): Scene {
  const namespace = subscription.metadata.namespace;
  const own = (facts.clusterServiceVersions ?? []).filter(
    (version) => version.metadata.namespace === namespace && !isCopied(version),
  );
  const named = (name?: string) => (name ? own.find((version) => version.metadata.name === name) : undefined);
  const { currentCSV, installedCSV } = subscription.status ?? {};
  const target = named(currentCSV);
  // `installedCSV` moves to the target before the target runs, so the replaced one is asked for as well.
  const candidates = [target, named(installedCSV), named(target?.spec?.replaces)];
  const running =
    candidates.find((version) => version?.status?.phase === 'Succeeded') ??
    candidates.find((version) => ['Replacing', 'Deleting'].includes(version?.status?.phase ?? ''));
  const planName = planNameOf(subscription);
  const plan = facts.installPlans?.find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === planName,
  );
  return { subscription, target, running, plan, facts };
}

/**
 * The status of one Subscription.
 * Only a ClusterServiceVersion in phase `Succeeded` is installed: the Subscription says `AtLatestKnown`
 * before that, and for ever when its plan failed. Conditions speak only where no plan and no
 * ClusterServiceVersion does: OLM leaves them behind and even flaps them after completion.
 */
export function judge(scene: Scene): Judgement {
  const { subscription, target, running, plan } = scene;
  if (subscription.metadata.deletionTimestamp) return { status: 'Uninstalling' };
  if (target?.metadata.deletionTimestamp) return { status: 'Uninstalling' };
  if (target?.status?.phase === 'Succeeded') {
    return { status: subscription.status?.state === 'UpgradeAvailable' ? 'Upgrade available' : 'Installed' };
  }
  const upgrade = running !== undefined && running !== target;
  const progressing: OperatorStatus = upgrade ? 'Upgrading' : 'Installing';
  if (plan?.status?.phase === 'Failed') return failedPlan(plan);
  if (target) return ofPhase(target, progressing, plan);
  if (plan) return ofPlan(scene, plan, upgrade, progressing);
  return ofSubscription(scene, upgrade, progressing);
}

/** The target exists, and does not serve yet. */
function ofPhase(
  target: ClusterServiceVersionObject,
  progressing: OperatorStatus,
  plan: InstallPlanObject | undefined,
): Judgement {
  const { reason, message } = target.status ?? {};
  // A plan carries a message only while OLM retries it after an error: the cause of what the target lacks.
  const said = { reason: reason || undefined, message: plan?.status?.message || message || undefined };
  const failed = hasFailed(target) || isTryingAgain(target);
  return { status: failed ? 'Failed' : progressing, ...said };
}

/** The target does not exist yet; the plan that will make it does. */
function ofPlan(
  { subscription, facts }: Scene,
  plan: InstallPlanObject,
  upgrade: boolean,
  progressing: OperatorStatus,
): Judgement {
  const { phase, message } = plan.status ?? {};
  if (phase === 'RequiresApproval' && plan.spec.approved !== true) {
    return { status: upgrade ? 'Upgrade available' : 'Awaiting approval', reason: 'RequiresApproval' };
  }
  if (phase === 'Complete') {
    const done = planCondition(plan, 'True')?.lastTransitionTime;
    const lost = facts.clusterServiceVersions !== undefined && isOlder(done, facts.now);
    return lost
      ? { status: 'Failed', reason: 'ClusterServiceVersionMissing' satisfies OwnReason }
      : { status: progressing };
  }
  // OLM adds a plan first and its status a moment later; such a plan can't be approved yet.
  if (!phase && plan.spec.approved !== true) return unpackingOrResolving(subscription);
  return { status: progressing, message: message || undefined };
}

/** Neither target nor plan: what the Subscription itself says. */
function ofSubscription(scene: Scene, upgrade: boolean, progressing: OperatorStatus): Judgement {
  const { subscription, running, facts } = scene;
  const planName = planNameOf(subscription);
  if (planName && facts.installPlans === undefined) return ofPendingCondition(scene, upgrade, progressing);
  if (planName) {
    const missing = conditionOf(subscription, 'InstallPlanMissing');
    // Until OLM has noticed, it calls the plan pending; it makes a plan anew that nobody had approved.
    const noticed = !conditionOf(subscription, 'InstallPlanPending');
    if (missing || (noticed && isOlder(subscription.metadata.creationTimestamp, facts.now))) {
      const reason: OwnReason = 'InstallPlanMissing';
      return { status: 'Failed', reason, message: missing?.message || undefined };
    }
  }
  const latest = latestCondition(subscription, [...FAILURES, 'BundleUnpacking']);
  if (latest && latest.type !== 'BundleUnpacking') {
    return { status: 'Failed', reason: latest.reason, message: latest.message };
  }
  if (running) return { status: 'Installed' };
  if (latest) return unpackingOrResolving(subscription);
  return silent(scene);
}

/** Plans can't be read: the condition of the Subscription is all that is known of its plan. */
function ofPendingCondition({ subscription, facts }: Scene, upgrade: boolean, progressing: OperatorStatus) {
  const failed = conditionOf(subscription, 'InstallPlanFailed');
  if (failed) return { status: 'Failed' as const, reason: failed.reason, message: failed.message };
  const pending = conditionOf(subscription, 'InstallPlanPending');
  if (pending?.reason === 'RequiresApproval') {
    const status: OperatorStatus = upgrade ? 'Upgrade available' : 'Awaiting approval';
    return { status, reason: pending.reason };
  }
  const unread = facts.clusterServiceVersions === undefined;
  return {
    status: progressing,
    message: unread ? 'ClusterServiceVersions can not be read, so nothing is known of its end.' : undefined,
  };
}

/** OLM says nothing at all of a Subscription whose namespace has no OperatorGroup, or several. */
function silent({ subscription, facts }: Scene): Judgement {
  const groups = facts.operatorGroups?.(subscription.metadata.namespace ?? '');
  const waited = isOlder(subscription.metadata.creationTimestamp, facts.now);
  if (groups !== undefined && groups !== 1 && waited && !subscription.status?.state) {
    const reason: OwnReason = groups === 0 ? 'NoOperatorGroup' : 'SeveralOperatorGroups';
    return { status: 'Failed', reason };
  }
  const unhealthy = conditionOf(subscription, 'CatalogSourcesUnhealthy');
  return { status: 'Resolving', reason: unhealthy?.reason, message: unhealthy?.message || undefined };
}

function failedPlan(plan: InstallPlanObject): Judgement {
  const installed = planCondition(plan, 'False');
  return {
    status: 'Failed',
    reason: installed?.reason || 'InstallPlanFailed',
    message: installed?.message || plan.status?.message || undefined,
  };
}

function unpackingOrResolving(subscription: SubscriptionObject): Judgement {
  const unpacking = conditionOf(subscription, 'BundleUnpacking');
  return unpacking
    ? { status: 'Unpacking', reason: unpacking.reason, message: unpacking.message || undefined }
    : { status: 'Resolving' };
}

function conditionOf(subscription: SubscriptionObject, type: string): Condition | undefined {
  return latestCondition(subscription, [type]);
}

function planCondition({ status }: InstallPlanObject, value: string): Condition | undefined {
  return list(status?.conditions, readCondition).find(
    ({ type, status: said }) => type === 'Installed' && said === value,
  );
}

function time(value: string | undefined): number {
  return Date.parse(value ?? '') || 0;
}

/** Whether something happened long enough ago; what has no time is not old. */
function isOlder(value: string | undefined, now: number): boolean {
  return value !== undefined && now - time(value) > GRACE_MS;
}
