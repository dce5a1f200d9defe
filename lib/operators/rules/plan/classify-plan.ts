import { waitsForApproval } from '../approval';
import { type InstallPlanObject, planNameOf, type SubscriptionObject } from '../objects';
import { generationOf, ownersOf } from './install-plan';

/** Where a plan stands among the plans of its namespace. */
export type PlanState =
  /** A Subscription's `installPlanRef` names it and OLM is ready for an approval. */
  | { id: 'waiting' }
  /** OLM is still writing it. */
  | { id: 'preparing' }
  | { id: 'installing' }
  | { id: 'complete' }
  | { id: 'failed'; newer?: string }
  /** Not finished, and OLM follows the plan `by` instead. */
  | { id: 'superseded'; by: string }
  /** Not finished, and no Subscription is left that it was made for. */
  | { id: 'orphaned' }
  /** Approved before it had a status: OLM's write failed and nothing will ever execute it. */
  | { id: 'stalled'; newer?: string };

// OLM writes a plan's status within a second; what has none after this time never gets one.
const STALL_MS = 30_000;

/**
 * Tells waiting plans from those which nobody will execute any more. A plan waits only when a Subscription's
 * `installPlanRef` names it; OLM v0 keeps the older ones, still in phase `RequiresApproval`, and approving one of
 * them installs what is no longer wanted.
 * @param namespacePlans all plans of the plan's namespace
 * @param subscriptions the Subscriptions of that namespace
 * @param now milliseconds since 1970
 */
export function classifyPlan(
  plan: InstallPlanObject,
  namespacePlans: readonly InstallPlanObject[],
  subscriptions: readonly SubscriptionObject[],
  now: number,
): PlanState {
  const near = subscriptions.filter(({ metadata }) => metadata.namespace === plan.metadata.namespace);
  const naming = near.filter((subscription) => planNameOf(subscription) === plan.metadata.name);
  const newer = newerPlan(plan, namespacePlans, near);
  const phase = plan.status?.phase;
  if (phase === 'Complete') return { id: 'complete' };
  if (phase === 'Failed') return { id: 'failed', newer };
  // OLM executes whatever is approved, also a plan that it no longer follows.
  if (phase && plan.spec.approved === true) return { id: 'installing' };
  if (naming.length === 0) {
    if (newer) return { id: 'superseded', by: newer };
    if (!hasOwner(plan, near)) return { id: 'orphaned' };
  }
  if (!phase && plan.spec.approved === true && isOld(plan, now)) return { id: 'stalled', newer };
  if (!phase || naming.length === 0) return { id: 'preparing' };
  return waitsForApproval(plan) ? { id: 'waiting' } : { id: 'installing' };
}

/** Whether a plan may be deleted without stopping anything: nobody executes it, and OLM makes another when needed. */
export function canBeCleanedUp(state: PlanState): boolean {
  // OLM does not make anew a plan that a Subscription still names.
  if (state.id === 'stalled') return state.newer !== undefined;
  return state.id === 'superseded' || state.id === 'orphaned';
}

/** The newest plan above this one that a Subscription names, or that was made for one of the same Subscriptions. */
function newerPlan(
  plan: InstallPlanObject,
  plans: readonly InstallPlanObject[],
  subscriptions: readonly SubscriptionObject[],
): string | undefined {
  const owners = new Set(ownersOf(plan).map(({ uid }) => uid));
  const candidates = plans.filter(
    (other) =>
      other.metadata.namespace === plan.metadata.namespace &&
      isNewer(other, plan) &&
      (subscriptions.some((subscription) => planNameOf(subscription) === other.metadata.name) ||
        ownersOf(other).some(({ uid }) => owners.has(uid))),
  );
  return candidates.reduce<InstallPlanObject | undefined>(
    (best, other) => (!best || isNewer(other, best) ? other : best),
    undefined,
  )?.metadata.name;
}

function isNewer(left: InstallPlanObject, right: InstallPlanObject): boolean {
  const [a, b] = [generationOf(left), generationOf(right)];
  if (a !== b) return a > b;
  // Two plans of one generation: OLM made the second after its write to the first had failed.
  return left.metadata.creationTimestamp > right.metadata.creationTimestamp;
}

function hasOwner(plan: InstallPlanObject, subscriptions: readonly SubscriptionObject[]): boolean {
  const owners = ownersOf(plan);
  return owners.some(({ uid }) => subscriptions.some(({ metadata }) => metadata.uid === uid));
}

function isOld({ metadata }: InstallPlanObject, now: number): boolean {
  return now - (Date.parse(metadata.creationTimestamp) || now) > STALL_MS;
}
