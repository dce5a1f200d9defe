import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import { requestLines } from '@/lib/http/fetch-lines';
import type { OperatorRef } from './contract';
import { operatorPath, operatorQuery } from './queries';
import {
  type DeleteInstancesInput,
  type DeleteLeftoversInput,
  type InstanceProgress,
  instanceProgressSchema,
  type Removal,
  removalSchema,
  type SubscriptionRef,
  uninstallationSchema,
} from './uninstall-contract';

/**
 * Where an uninstallation stands. Its key is below the operator's, so that live events make both stale; instances
 * and leftovers are too many kinds to be told live, so it is read again whenever a page shows it anew.
 */
export function uninstallationQuery(cluster: string, ref: OperatorRef, target: SubscriptionRef) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref).queryKey, 'uninstall', target.namespace, target.name],
    queryFn: ({ signal }) =>
      request(uninstallationSchema, `${operatorPath(cluster, ref)}/uninstall?${search(target)}`, { signal }),
    staleTime: 0,
  });
}

/**
 * Deletes Subscription and ClusterServiceVersions.
 * @throws ProblemResponse whose `steps` are RemovalSteps
 */
export function uninstallOperator(
  cluster: string,
  ref: OperatorRef,
  target: SubscriptionRef,
): Promise<Removal> {
  return request(removalSchema, `${operatorPath(cluster, ref)}?${search(target)}`, { method: 'DELETE' });
}

/** Deletes instances and tells how it goes, line by line, until they are gone or the wait is over. */
export function deleteInstances(
  cluster: string,
  ref: OperatorRef,
  input: Omit<DeleteInstancesInput, 'waitSeconds'>,
  signal: AbortSignal,
): AsyncGenerator<InstanceProgress> {
  const path = `${operatorPath(cluster, ref)}/uninstall/instances`;
  return requestLines(instanceProgressSchema, path, { body: input, signal });
}

/** Deletes what was ticked of what is left. */
export function deleteLeftovers(
  cluster: string,
  ref: OperatorRef,
  input: DeleteLeftoversInput,
): Promise<Removal> {
  return request(removalSchema, `${operatorPath(cluster, ref)}/uninstall/leftovers`, {
    method: 'POST',
    body: input,
  });
}

function search({ namespace, name }: SubscriptionRef): string {
  return new URLSearchParams({ namespace, name }).toString();
}
