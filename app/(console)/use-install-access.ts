'use client';

import { useQuery } from '@tanstack/react-query';
import { accessQuery } from '@/lib/clusters/queries';
import type { InstallNamespaceList } from '@/lib/operators/install-contract';
import { installNamespacesQuery } from '@/lib/operators/queries';
import { createSubscriptions, useAccess } from './use-access';

/** One access review answers at most fifty questions. */
const maxQuestions = 50;

/**
 * Why the user can install nowhere on the cluster; undefined while that is not certain. Whoever may not create
 * Subscriptions everywhere may still do so in a namespace of their own.
 */
export function useInstallAccess(cluster: string): string | undefined {
  const everywhere = useAccess(cluster, [createSubscriptions()]);
  const asked = everywhere.allowed === false;
  const namespaces = useQuery({ ...installNamespacesQuery(cluster), enabled: asked });
  const questions = (namespaces.data?.items ?? [])
    .slice(0, maxQuestions)
    .map(({ name }) => createSubscriptions(name));
  const somewhere = useQuery({ ...accessQuery(cluster, questions), enabled: asked && questions.length > 0 });
  if (!asked || namespaces.isPending || (questions.length > 0 && somewhere.isPending)) return undefined;
  // Whoever may not list namespaces may still own one; the form asks again for the one that they name.
  if (!namespaces.data || namespacesAreHidden(namespaces.data)) return undefined;
  return somewhere.data?.some(({ allowed }) => allowed) ? undefined : everywhere.reason;
}

/** Whether the list tells nothing of the cluster's namespaces, because the user may not list them. */
export function namespacesAreHidden({ partial }: InstallNamespaceList): boolean {
  return partial.some(({ resource }) => resource.startsWith('namespaces'));
}
