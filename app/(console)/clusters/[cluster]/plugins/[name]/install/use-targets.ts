'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { clustersQuery } from '@/lib/clusters/queries';
import type { Obstacle } from '@/lib/plugins/contract';
import { pluginQuery } from '@/lib/plugins/queries';

/** A cluster that a plugin could go to. */
export interface InstallTarget {
  cluster: string;
  /** Undefined until they are known; a cluster that can't be asked is left to the server's judgement. */
  obstacles: Obstacle[] | undefined;
}

/** Every cluster that answers, with what keeps this version from it; the page's own cluster comes first. */
export function useTargets(own: string, plugin: string, version: string): InstallTarget[] {
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const names = [
    own,
    ...clusters.filter(({ name, health }) => name !== own && health === 'Healthy').map(({ name }) => name),
  ];
  const answers = useQueries({ queries: names.map((name) => pluginQuery(name, plugin)) });
  return names.map((cluster, index) => {
    const answer = answers[index];
    const found = answer?.data?.versions.find((one) => one.version === version);
    return { cluster, obstacles: found?.obstacles ?? (answer?.isError ? [] : undefined) };
  });
}
