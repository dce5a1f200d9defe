import type { KubeObject } from '../client/types.ts';
import { now } from './core.ts';

/** The APIService object of a group version: served by this server itself, or by `service`. */
export function apiService(
  { group, version }: { group: string; version: string },
  service: { namespace: string; name: string } | undefined,
): KubeObject {
  const local = { reason: 'Local', message: 'Local APIServices are always available' };
  const remote = { reason: 'Passed', message: 'all checks passed' };
  const condition = {
    type: 'Available',
    status: 'True',
    lastTransitionTime: now(),
    ...(service ? remote : local),
  };
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: {
      name: `${version}.${group}`,
      ...(service ? {} : { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } }),
    },
    spec: {
      ...(service ? { service: { ...service, port: 5443 } } : {}),
      ...(group ? { group } : {}),
      version,
      groupPriorityMinimum: service ? 2_000 : 17_800,
      versionPriority: 15,
    },
    status: { conditions: [condition] },
  };
}
