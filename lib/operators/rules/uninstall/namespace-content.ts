import type { ApiObject } from '../objects';
import { field, list, optionalText, text } from '../untrusted';

/** Resources that every namespace has, that pass by themselves, or that only mirror another namespace's. */
const ignoredResources = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'packagemanifests.packages.operators.coreos.com',
  'pods.metrics.k8s.io',
  // These are leftovers of their own, and go with the namespace.
  'operatorgroups.operators.coreos.com',
  'installplans.operators.coreos.com',
]);

/** What Kubernetes or OLM removes by itself, together with the owner that is counted in its place. */
const owners = new Set([
  'ClusterServiceVersion',
  'Subscription',
  'OperatorGroup',
  'InstallPlan',
  'CatalogSource',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
]);

/** Whether objects of a resource (`plural.group`) never count as content of a namespace. */
export function isIgnoredResource(resource: string): boolean {
  return ignoredResources.has(resource);
}

/** Whether an object is somebody's: a namespace that holds one is not empty. */
export function countsAsContent(resource: string, object: ApiObject): boolean {
  const { metadata } = object;
  if (metadata.deletionTimestamp) return false;
  if (metadata.labels?.['olm.copiedFrom'] !== undefined) return false;
  // OLM collects what it labelled for a ClusterServiceVersion once that is gone.
  if (metadata.labels?.['olm.owner.kind'] === 'ClusterServiceVersion') return false;
  const kinds = list(field(metadata, 'ownerReferences'), (owner) => optionalText(field(owner, 'kind'), 100));
  if (kinds.some((kind) => owners.has(kind))) return false;
  if (resource === 'serviceaccounts') return metadata.name !== 'default';
  if (resource === 'configmaps')
    return !['kube-root-ca.crt', 'openshift-service-ca.crt'].includes(metadata.name);
  if (resource === 'secrets') return text(object.type) !== 'kubernetes.io/service-account-token';
  return true;
}
