'use client';

import { useQuery } from '@tanstack/react-query';
import { type Access, useAccess } from '@/app/(console)/use-access';
import { clustersQuery } from '@/lib/clusters/queries';

/** The cluster on which the platform keeps its plugins; undefined until it is known. */
export function useGlobalCluster(): string | undefined {
  return useQuery(clustersQuery()).data?.items.find(({ global }) => global)?.name;
}

/** Whether the user may change installations of plugins: they are kept on the global cluster. */
export function usePluginAccess(verb: 'create' | 'patch' | 'delete'): Access {
  const global = useGlobalCluster();
  return useAccess(
    global ?? '',
    global === undefined ? [] : [{ verb, group: 'cluster.alauda.io', resource: 'moduleinfoes' }],
  );
}
