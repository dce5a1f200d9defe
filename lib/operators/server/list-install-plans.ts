import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { InstallPlanList, Unread } from '../contract';
import { describeInstallPlan } from '../rules/approval';
import type { InstallPlanObject, SubscriptionObject } from '../rules/objects';
import { readable } from './partial';
import { installPlans, subscriptions } from './refs';

/**
 * Every InstallPlan of a cluster, or of one namespace, newest first.
 * @throws KubeError when the user may not list them
 */
export async function listInstallPlans(
  context: Context,
  { namespace }: { namespace?: string } = {},
): Promise<InstallPlanList> {
  const partial: Unread = [];
  // Subscriptions first: a plan that one names exists by the time the plans are read.
  const owners = await readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace }), partial);
  const plans = await context.kube.list<InstallPlanObject>(installPlans, { namespace });
  const items = plans.items
    .map((plan) => describeInstallPlan(plan, owners ?? []))
    .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
  return { items, partial };
}
