import { queryOptions } from '@tanstack/react-query';
import { request } from '@/lib/http/fetch';
import { type CureInput, curedSchema, diagnosisSchema, type InstallationRef } from './diagnosis-contract';
import { operatorsQuery } from './queries';

// Pods, Jobs and Events are too many to be told live.
const REFRESH_MS = 10_000;

/** Why one installation is where it is. Below the operators, so that what changes those makes it stale too. */
export function diagnosisQuery(cluster: string, ref: InstallationRef) {
  const { kind, namespace, name } = ref;
  return queryOptions({
    queryKey: [...operatorsQuery(cluster).queryKey, 'diagnosis', kind, namespace, name],
    queryFn: ({ signal }) =>
      request(diagnosisSchema, `${installationPath(cluster, ref)}?${new URLSearchParams({ kind })}`, {
        signal,
      }),
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  });
}

/**
 * Does what the diagnosis offers.
 * @throws ProblemResponse `conflict` when the cluster no longer says what it was offered against
 */
export function cureInstallation(cluster: string, ref: InstallationRef, input: Omit<CureInput, 'kind'>) {
  return request(curedSchema, `${installationPath(cluster, ref)}/cure`, {
    method: 'POST',
    body: { ...input, kind: ref.kind },
  });
}

/** The address of the file that holds what a diagnosis was made from. */
export function supportBundleAddress(cluster: string, ref: InstallationRef): string {
  const query = new URLSearchParams({ kind: ref.kind });
  return `${installationPath(cluster, ref)}/support-bundle?${query}`;
}

function installationPath(cluster: string, { namespace, name }: InstallationRef): string {
  const parts = [cluster, 'installed', namespace, name].map(encodeURIComponent);
  return `/api/clusters/${parts.join('/')}`;
}
