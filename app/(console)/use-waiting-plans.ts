'use client';

import { useQueries } from '@tanstack/react-query';
import type { Cluster } from '@/lib/clusters/contract';
import type { InstallPlan } from '@/lib/operators/contract';
import { installPlansQuery } from '@/lib/operators/queries';

export interface ClusterPlans {
  cluster: string;
  /** Those that wait for approval; undefined while they load or when they can't be read. */
  plans: InstallPlan[] | undefined;
  error: Error | null;
}

/** The InstallPlans that wait for approval, for each cluster that answers. */
export function useWaitingPlans(clusters: readonly Cluster[] | undefined): ClusterPlans[] {
  const usable = (clusters ?? []).filter(({ health }) => health === 'Healthy');
  const answers = useQueries({ queries: usable.map(({ name }) => installPlansQuery(name)) });
  return usable.map(({ name }, index) => ({
    cluster: name,
    plans: answers[index]?.data?.items.filter(({ approvable }) => approvable),
    error: answers[index]?.error ?? null,
  }));
}
