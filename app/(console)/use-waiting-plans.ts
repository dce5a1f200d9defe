'use client';

import { useQueries } from '@tanstack/react-query';
import type { Cluster } from '@/lib/clusters/contract';
import type { Unread } from '@/lib/operators/contract';
import type { ListedPlan } from '@/lib/operators/plan-contract';
import { installPlansQuery, type Scope } from '@/lib/operators/queries';

export interface ClusterPlans {
  cluster: string;
  /** Those that wait for approval; undefined while they load or when they can't be read. */
  plans: ListedPlan[] | undefined;
  /** Those that nobody will execute any more. */
  leftovers: ListedPlan[];
  /** What could not be read beside the plans. */
  partial: Unread;
  error: Error | null;
}

/** The InstallPlans that wait for approval, for each cluster that answers, or in one namespace of it. */
export function useWaitingPlans(
  clusters: readonly Pick<Cluster, 'name' | 'health'>[] | undefined,
  scope: Scope = {},
): ClusterPlans[] {
  const usable = (clusters ?? []).filter(({ health }) => health === 'Healthy');
  const answers = useQueries({ queries: usable.map(({ name }) => installPlansQuery(name, scope)) });
  return usable.map(({ name }, index) => ({
    cluster: name,
    plans: answers[index]?.data?.items.filter(({ approvable }) => approvable),
    leftovers: answers[index]?.data?.items.filter(({ cleanable }) => cleanable) ?? [],
    partial: answers[index]?.data?.partial ?? [],
    error: answers[index]?.error ?? null,
  }));
}
