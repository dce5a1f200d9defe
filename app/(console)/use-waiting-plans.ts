'use client';

import { useQueries } from '@tanstack/react-query';
import { problemOf } from '@/components/ui/problem-of';
import type { Cluster } from '@/lib/clusters/contract';
import type { Unread } from '@/lib/operators/contract';
import type { ListedPlan } from '@/lib/operators/plan-contract';
import { installPlansQuery, type Scope } from '@/lib/operators/queries';
import { lastNamespace } from './use-scope';

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

/**
 * The InstallPlans that wait for approval, for each cluster that answers, or in one namespace of it. Without a
 * scope, and where the whole cluster is closed to the reader, those of the namespace that they last worked in.
 */
export function useWaitingPlans(
  clusters: readonly Pick<Cluster, 'name' | 'health'>[] | undefined,
  scope?: Scope,
): ClusterPlans[] {
  const usable = (clusters ?? []).filter(({ health }) => health === 'Healthy');
  const answers = useQueries({ queries: usable.map(({ name }) => installPlansQuery(name, scope ?? {})) });
  // Session storage exists in a browser only, and only there a query has failed.
  const namespaceOf = (name: string, index: number) =>
    !scope && problemOf(answers[index]?.error)?.code === 'forbidden' ? lastNamespace(name) : undefined;
  const ownNamespaces = usable.map(({ name }, index) => namespaceOf(name, index));
  const own = useQueries({
    queries: usable.map(({ name }, index) => {
      const namespace = ownNamespaces[index];
      return { ...installPlansQuery(name, { namespace }), enabled: namespace !== undefined };
    }),
  });
  return usable.map(({ name }, index) => {
    const answer = ownNamespaces[index] === undefined ? answers[index] : own[index];
    return {
      cluster: name,
      plans: answer?.data?.items.filter(({ approvable }) => approvable),
      leftovers: answer?.data?.items.filter(({ cleanable }) => cleanable) ?? [],
      partial: [...(answer?.data?.partial ?? []), ...limits(answers[index]?.error, ownNamespaces[index])],
      error: answer?.error ?? null,
    };
  });
}

/** Who sees one namespace only is told that these are not all. */
function limits(error: Error | null | undefined, namespace: string | undefined): Unread {
  return error && namespace !== undefined ? [{ resource: 'installplans', reason: error.message }] : [];
}
