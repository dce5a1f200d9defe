import 'server-only';
import { environment } from '@/lib/environment';
import type { ResourceRef } from '@/lib/kube/types';
import { platformCatalogNamespace } from '@/lib/operators/rules/source';
import { platform } from '../platform';

export const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };

/** The ConfigMap of a cluster that keeps its run: there is one at a time. */
export interface RunPlace {
  namespace: string;
  name: string;
}

/**
 * Where the run of a cluster is kept: in RUNS_NAMESPACE, else in the platform's own namespace, else, on clusters without
 * the platform, in `default`.
 */
export function runPlace(): RunPlace {
  const own = platform().kind === 'acp' ? platformCatalogNamespace : 'default';
  return { namespace: environment().runsNamespace ?? own, name: 'marketplace-console-upgrade' };
}
