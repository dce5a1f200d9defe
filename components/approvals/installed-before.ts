import type { InstallPlan } from '@/lib/operators/plan-contract';

/**
 * The version that a ClusterServiceVersion of the plan replaces; undefined for a first installation. By OLM's
 * convention it is called `<package>.v<version>`; where it is not, a plan of one Subscription leaves no doubt.
 */
export function installedBefore(plan: InstallPlan, csv: string): string | undefined {
  const only = plan.subscriptions.length === 1 && plan.clusterServiceVersionNames.length === 1;
  const subscription =
    plan.subscriptions.find((one) => csv.startsWith(`${one.package}.`)) ??
    (only ? plan.subscriptions[0] : undefined);
  return subscription?.installedVersion;
}
