import type { KubeObject } from '../client/types.ts';
import { now } from '../now.ts';

/** How early a built-in group comes in discovery (kube-apiserver's own table). */
const groupPriorities: Record<string, number> = {
  '': 18_000,
  apps: 17_800,
  'events.k8s.io': 17_750,
  'authentication.k8s.io': 17_700,
  'authorization.k8s.io': 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  'certificates.k8s.io': 17_300,
  'networking.k8s.io': 17_200,
  policy: 17_100,
  'rbac.authorization.k8s.io': 17_000,
  'storage.k8s.io': 16_800,
  'admissionregistration.k8s.io': 16_700,
  'apiextensions.k8s.io': 16_700,
  'scheduling.k8s.io': 16_600,
  'coordination.k8s.io': 16_500,
  'node.k8s.io': 16_300,
  'discovery.k8s.io': 16_200,
  'resource.k8s.io': 16_200,
  'flowcontrol.apiserver.k8s.io': 16_100,
};
const versionPriorities: Record<string, number> = {
  'v1.': 1,
  'v1.flowcontrol.apiserver.k8s.io': 21,
  'v1.resource.k8s.io': 21,
  'v2.autoscaling': 30,
};

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
      groupPriorityMinimum: service ? 2_000 : (groupPriorities[group] ?? 17_800),
      versionPriority: versionPriorities[`${version}.${group}`] ?? 15,
    },
    status: { conditions: [condition] },
  };
}
