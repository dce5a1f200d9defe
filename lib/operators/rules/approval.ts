import type { PlanReference } from '../contract';
import type { ApproveInput, InstallPlan } from '../plan-contract';
import { type InstallPlanObject, planNameOf, type SubscriptionObject } from './objects';
import { versionOfName } from './version';

/**
 * Whether OLM is ready for an approval. Before phase `RequiresApproval` it is still writing the plan:
 * an approval in that instant leaves the plan without status for good and OLM makes a second one.
 */
export function waitsForApproval({ spec, status }: InstallPlanObject): boolean {
  return spec.approval === 'Manual' && spec.approved !== true && status?.phase === 'RequiresApproval';
}

/** The Subscriptions of the plan's namespace whose `installPlanRef` names it. */
export function subscriptionsOf(
  plan: InstallPlanObject,
  subscriptions: readonly SubscriptionObject[],
): SubscriptionObject[] {
  return subscriptions.filter(
    (subscription) =>
      subscription.metadata.namespace === plan.metadata.namespace &&
      planNameOf(subscription) === plan.metadata.name,
  );
}

/** What a page has to know of a plan; `named` tells whether a Subscription's `installPlanRef` names it. */
export function describePlan(plan: InstallPlanObject, named: boolean): PlanReference {
  return {
    namespace: plan.metadata.namespace ?? '',
    name: plan.metadata.name,
    uid: plan.metadata.uid,
    phase: plan.status?.phase ?? '',
    approved: plan.spec.approved === true,
    clusterServiceVersionNames: plan.spec.clusterServiceVersionNames ?? [],
    approvable: named && waitsForApproval(plan),
  };
}

/** A row of the list of InstallPlans. */
export function describeInstallPlan(
  plan: InstallPlanObject,
  subscriptions: readonly SubscriptionObject[],
): InstallPlan {
  const named = subscriptionsOf(plan, subscriptions);
  return {
    ...describePlan(plan, named.length > 0),
    approval: plan.spec.approval === 'Manual' ? 'Manual' : 'Automatic',
    createdAt: plan.metadata.creationTimestamp,
    subscriptions: named.map(({ metadata, spec, status }) => ({
      name: metadata.name,
      package: spec.name,
      installedVersion: status?.installedCSV ? versionOfName(status.installedCSV) : undefined,
    })),
  };
}

/**
 * The JSON patch that approves a plan only as it was reviewed: the same object, carrying the same
 * ClusterServiceVersions, still waiting. A failed `test` answers 422. The resource version would not do:
 * OLM writes the status of an idle plan again and again.
 */
export function approvalPatch({
  uid,
  clusterServiceVersionNames,
}: ApproveInput): { op: 'test' | 'replace'; path: string; value: unknown }[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/spec/clusterServiceVersionNames', value: clusterServiceVersionNames },
    { op: 'test', path: '/spec/approved', value: false },
    { op: 'test', path: '/status/phase', value: 'RequiresApproval' },
    { op: 'replace', path: '/spec/approved', value: true },
  ];
}

/** Says in a sentence why a plan is no longer the one that was reviewed; `undefined` when it still is. */
export function whatChanged(plan: InstallPlanObject, reviewed: ApproveInput): string | undefined {
  const { metadata, spec, status } = plan;
  const names = spec.clusterServiceVersionNames ?? [];
  if (metadata.uid !== reviewed.uid) return 'it was deleted, and another plan of the same name stands there.';
  if (names.join('\n') !== reviewed.clusterServiceVersionNames.join('\n')) {
    return `it now carries ${names.join(', ') || 'nothing'} in place of ${reviewed.clusterServiceVersionNames.join(', ')}.`;
  }
  if (spec.approved) return 'somebody else has approved it already.';
  if (status?.phase !== 'RequiresApproval') return `its phase is ${status?.phase || 'not set yet'}.`;
  return undefined;
}
