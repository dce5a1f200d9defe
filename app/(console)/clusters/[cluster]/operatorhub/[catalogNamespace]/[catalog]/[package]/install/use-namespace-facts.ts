'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { namespacesAreHidden } from '@/app/(console)/use-install-access';
import { namespaceNameSchema } from '@/lib/http/names';
import type { InstallNamespace, InstallNamespaceList } from '@/lib/operators/install-contract';
import { installNamespacesQuery } from '@/lib/operators/queries';

const TYPING_MS = 300;

/**
 * What is known of the namespace; undefined when it will be created. Where namespaces can't be listed the one that is
 * typed is asked for alone, once the typing has paused.
 */
export function useNamespaceFacts(
  cluster: string,
  namespaces: InstallNamespaceList,
  name: string,
): InstallNamespace | undefined {
  const hidden = namespacesAreHidden(namespaces);
  const settled = useSettled(name);
  const alone = useQuery({
    ...installNamespacesQuery(cluster, { namespace: settled }),
    enabled: hidden && namespaceNameSchema.safeParse(settled).success,
  });
  const known = [...namespaces.items, ...(alone.data?.items ?? [])].find((one) => one.name === name);
  if (known || !hidden) return known;
  // It can't be seen: taken to exist, and judged by the cluster.
  return alone.data && settled === name
    ? undefined
    : { name, operatorGroups: [], subscriptions: [], waitingPlans: [] };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
