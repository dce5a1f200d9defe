import type { Subscription } from '../contract';
import type { InstallPlan } from '../plan-contract';

/**
 * Annotation of a Subscription whose first InstallPlan is to be approved without a review of its own. Its value is the
 * ClusterServiceVersion that was chosen: a plan without that one is never approved on the strength of it.
 */
export const approveFirstAnnotation = 'marketplace-console/approve-first';

/**
 * How the promise "approve this first installation for me" stands:
 * `none` there is none, or it is fulfilled; `waiting` OLM has no plan yet; `ready` the plan may be approved;
 * `shared` the plan also belongs to other Subscriptions; `other` it does not bring what was chosen.
 */
export type FirstApproval = 'none' | 'waiting' | 'ready' | 'shared' | 'other';

/** @param plan the plan that the Subscription names, once it has been read */
export function firstApprovalOf(subscription: Subscription, plan: InstallPlan | undefined): FirstApproval {
  const { approveFirst, approval, installedCSV, status } = subscription;
  if (!approveFirst || approval !== 'Manual' || subscription.plan?.approved) return 'none';
  if (installedCSV || status === 'Failed' || status === 'Uninstalling') return 'none';
  if (!subscription.plan?.approvable || plan?.uid !== subscription.plan.uid) return 'waiting';
  if (!plan.clusterServiceVersionNames.includes(approveFirst)) return 'other';
  const others = plan.subscriptions.filter(({ name }) => name !== subscription.name);
  return others.length > 0 ? 'shared' : 'ready';
}
