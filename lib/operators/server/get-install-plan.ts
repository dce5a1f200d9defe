import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { InstallPlan, Unread } from '../contract';
import { describeInstallPlan } from '../rules/approval';
import type { InstallPlanObject, SubscriptionObject } from '../rules/objects';
import { readable } from './partial';
import { installPlans, subscriptions } from './refs';

/** One InstallPlan. @throws KubeError 404 when there is none of that name, 403 when the user may not read it */
export async function getInstallPlan(
  context: Context,
  { namespace, name }: { namespace: string; name: string },
): Promise<InstallPlan> {
  const unread: Unread = [];
  const [plan, owners] = await Promise.all([
    context.kube.get<InstallPlanObject>(installPlans, name, { namespace }),
    readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace }), unread),
  ]);
  return describeInstallPlan(plan, owners ?? []);
}
