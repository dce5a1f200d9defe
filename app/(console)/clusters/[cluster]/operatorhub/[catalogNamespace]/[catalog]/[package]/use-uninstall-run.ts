'use client';

import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UninstallRun } from '@/components/operators/uninstall/uninstall-stage';
import type { OperatorRef } from '@/lib/operators/contract';
import { installPlansQuery, operatorsQuery } from '@/lib/operators/queries';
import type { InstanceProgress, SubscriptionRef, Uninstallation } from '@/lib/operators/uninstall-contract';
import { deleteInstances, uninstallOperator } from '@/lib/operators/uninstall-queries';

interface Order {
  review: Uninstallation;
  deleteInstances: boolean;
}

/**
 * Runs an uninstallation and tells how it goes. It goes on while the reader moves from the operator's page to the
 * uninstallation's; a reload ends the run, and what the cluster holds then tells where to go on.
 */
export function useUninstallRun(cluster: string, ref: OperatorRef, target: SubscriptionRef) {
  const client = useQueryClient();
  const key = ['uninstall-run', cluster, ref.name, target.namespace, target.name];
  // Nothing is fetched here: the run writes what it does into the cache, where every page finds it.
  const run = useQuery<UninstallRun | null>({
    queryKey: key,
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const mutation = useMutation({
    mutationFn: (order: Order) => perform(client, key, { cluster, ref, target }, order),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
      ]),
  });
  return { run: run.data ?? undefined, start: mutation.mutate };
}

async function perform(
  client: QueryClient,
  key: readonly string[],
  { cluster, ref, target }: { cluster: string; ref: OperatorRef; target: SubscriptionRef },
  { review, deleteInstances: wanted }: Order,
): Promise<void> {
  const tell = (run: UninstallRun) => client.setQueryData<UninstallRun>(key, run);
  let progress: InstanceProgress | undefined;
  const abort = new AbortController();
  try {
    const instances = review.apis.flatMap(({ name: api, instances: found }) =>
      found.map(({ namespace, name, uid }) => ({ api, namespace, name, uid })),
    );
    if (wanted && instances.length > 0) {
      tell({ doing: 'instances', stop: () => abort.abort() });
      for await (const line of deleteInstances(cluster, ref, { ...target, instances }, abort.signal)) {
        progress = line;
        tell({ doing: 'instances', progress, stop: () => abort.abort() });
      }
      // The operator has to stay while its instances do: it alone removes their finalizers.
      if (progress?.state !== 'gone') return void tell({ doing: 'ended', progress });
    }
    tell({ doing: 'operator', progress });
    await uninstallOperator(cluster, ref, target);
    tell({ doing: 'ended', progress });
  } catch (error) {
    const stopped = abort.signal.aborted;
    tell({ doing: 'ended', progress, error: stopped || !(error instanceof Error) ? undefined : error });
  }
}
