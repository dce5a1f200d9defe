import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { Unread } from '../contract';
import type { ListedPlanList } from '../plan-contract';
import { describeListedPlan } from '../rules/plan/describe-review';
import { listPlans, listSubscriptions } from './olm-objects';
import { readable } from './partial';

/**
 * Every InstallPlan of a cluster, or of one namespace, newest first.
 * @throws KubeError when the user may not list them
 */
export async function listInstallPlans(
  context: Context,
  { namespace }: { namespace?: string } = {},
): Promise<ListedPlanList> {
  const partial: Unread = [];
  // Subscriptions first: a plan that one names exists by the time the plans are read.
  const owners = await readable(listSubscriptions(context.kube, { namespace }), partial);
  const plans = await listPlans(context.kube, { namespace });
  const plansOf = byNamespace(plans.items);
  const ownersOf = owners && byNamespace(owners);
  const now = context.kube.now();
  const items = plans.items
    .map((plan) => {
      const place = plan.metadata.namespace ?? '';
      const near = ownersOf && (ownersOf.get(place) ?? []);
      return describeListedPlan(plan, plansOf.get(place) ?? [], near, now);
    })
    .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
  return { items, partial };
}

function byNamespace<T extends { metadata: { namespace?: string } }>(
  objects: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? '';
    const group = groups.get(namespace);
    if (group) group.push(object);
    else groups.set(namespace, [object]);
  }
  return groups;
}
