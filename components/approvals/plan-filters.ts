import { installedBefore } from '@/components/approvals/installed-before';
import type { ListedPlan } from '@/lib/operators/plan-contract';

export interface PlacedPlan {
  cluster: string;
  plan: ListedPlan;
}

export interface PlanFilter {
  q: string;
  kind: 'all' | 'install' | 'upgrade';
  cluster: string;
  namespace: string;
}

/** A plan upgrades when one of its versions replaces what a Subscription has installed. */
export function kindOf(plan: ListedPlan): 'install' | 'upgrade' {
  const upgrades = plan.clusterServiceVersionNames.some((name) => installedBefore(plan, name) !== undefined);
  return upgrades ? 'upgrade' : 'install';
}

/** The plans that every filter lets through; each word of the search has to be somewhere in the row. */
export function filterPlans(rows: readonly PlacedPlan[], filter: PlanFilter): PlacedPlan[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ cluster, plan }) => {
    if (filter.cluster && cluster !== filter.cluster) return false;
    if (filter.namespace && plan.namespace !== filter.namespace) return false;
    if (filter.kind !== 'all' && kindOf(plan) !== filter.kind) return false;
    const text = [
      cluster,
      plan.namespace,
      plan.name,
      ...plan.clusterServiceVersionNames,
      ...plan.subscriptions.flatMap(({ name, package: packageName }) => [name, packageName]),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The values that a filter offers, sorted; the chosen one stays although no plan has it any more. */
export function valuesOf(values: readonly string[], chosen: string): string[] {
  return [...new Set([...values, ...(chosen ? [chosen] : [])])].sort();
}
