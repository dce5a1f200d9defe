'use client';

import { useQueries } from '@tanstack/react-query';
import type { Cluster } from '@/lib/clusters/contract';
import type { ComponentList } from '@/lib/clusters/features-contract';
import { componentsQuery } from '@/lib/clusters/features-queries';

export interface ClusterComponents {
  cluster: string;
  /** Undefined while it loads, or when it can't be read. */
  list: ComponentList | undefined;
  error: Error | null;
}

/** What is installed on each cluster that answers; one that does not answer keeps none of the others waiting. */
export function useComponents(
  clusters: readonly Pick<Cluster, 'name' | 'health'>[] | undefined,
): ClusterComponents[] {
  const usable = (clusters ?? []).filter(({ health }) => health === 'Healthy');
  const answers = useQueries({ queries: usable.map(({ name }) => componentsQuery(name)) });
  return usable.map(({ name }, index) => ({
    cluster: name,
    list: answers[index]?.data,
    error: answers[index]?.error ?? null,
  }));
}
