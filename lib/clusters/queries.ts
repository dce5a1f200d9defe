import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import { type AccessQuestion, accessListSchema, clusterListSchema } from './contract';

/** The clusters that the user may see, with their health. */
export function clustersQuery() {
  return queryOptions({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => request(clusterListSchema, '/api/clusters', { signal }),
    staleTime: 30_000,
  });
}

/** What the user may do on a cluster: one answer per question, in their order. */
export function accessQuery(cluster: string, questions: AccessQuestion[]) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'access', questions],
    queryFn: ({ signal }) =>
      request(accessListSchema, `/api/clusters/${encodeURIComponent(cluster)}/access`, {
        method: 'POST',
        body: { questions },
        signal,
      }),
    select: (list) => list.items,
    staleTime: 60_000,
  });
}
