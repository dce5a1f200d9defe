import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import { requestLines } from '@/lib/http/fetch-lines';
import {
  type ChosenComponent,
  componentListSchema,
  type FeaturesQuery,
  type RunLine,
  runAnswerSchema,
  runLineSchema,
} from './features-contract';

const pathOf = (cluster: string) => `/api/clusters/${encodeURIComponent(cluster)}/features`;

/** What is installed on a cluster, or in one namespace of it, or of one kind, and what of it can be upgraded at once. */
export function componentsQuery(cluster: string, scope: FeaturesQuery = {}) {
  const given = Object.entries(scope).filter(([, value]) => value !== undefined);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  return queryOptions({
    queryKey: ['clusters', cluster, 'features', scope],
    queryFn: ({ signal }) => request(componentListSchema, `${pathOf(cluster)}${search}`, { signal }),
    staleTime: 30_000,
  });
}

/** The run that is stored on a cluster. Others may carry it out: it is asked for again while it is not finished. */
export function runQuery(cluster: string) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'run'],
    queryFn: ({ signal }) => request(runAnswerSchema, `${pathOf(cluster)}/run`, { signal }),
    staleTime: 5_000,
    refetchInterval: ({ state }) => (state.data?.run && !state.data.run.finished ? 3_000 : false),
  });
}

/** Starts a run, or joins the one that is under way, and tells each step whenever it changes. */
export function upgradeComponents(
  cluster: string,
  components: readonly ChosenComponent[],
  signal: AbortSignal,
): AsyncGenerator<RunLine> {
  const body = {
    components: components.map(({ kind, namespace, name, from, to, plan }) => ({
      kind,
      namespace,
      name,
      from,
      to,
      plan,
    })),
  };
  return requestLines(runLineSchema, `${pathOf(cluster)}/upgrade`, { body, signal });
}

/** Goes on with the stored run; `retry` names failed steps that are tried again. */
export function continueRun(
  cluster: string,
  retry: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<RunLine> {
  return requestLines(runLineSchema, `${pathOf(cluster)}/run`, { body: { retry }, signal });
}

/** Keeps what has not started yet from starting. */
export function stopRun(cluster: string) {
  return request(runAnswerSchema, `${pathOf(cluster)}/run/stop`, { method: 'POST' });
}
