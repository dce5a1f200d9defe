import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import { activityListSchema } from './contract';

const EVERY_MS = 5_000;

/** What was done to a cluster with this console. Events are too many to be told live: they are asked for while shown. */
export function activityQuery(cluster: string, scope: { namespace?: string } = {}) {
  const search = scope.namespace ? `?${new URLSearchParams({ namespace: scope.namespace })}` : '';
  return queryOptions({
    queryKey: ['clusters', cluster, 'activity', scope],
    queryFn: ({ signal }) =>
      request(activityListSchema, `/api/clusters/${encodeURIComponent(cluster)}/activity${search}`, {
        signal,
      }),
    staleTime: 0,
    refetchInterval: EVERY_MS,
  });
}
