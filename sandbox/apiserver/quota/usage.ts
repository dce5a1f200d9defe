import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, stringAt } from '../json.ts';
import type { GroupResource } from '../status.ts';
import { type Amounts, podResources, resources } from './pod-resources.ts';
import { parseQuantity, quantityOf } from './quantity.ts';

/** Objects that a quota counts under their plain plural too. */
const plainlyCounted = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);
const computeNames = [
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
] as const;
const classSuffix = '.storageclass.storage.k8s.io/';

/** What one object takes of a namespace's quota, by the names that quotas use (`pkg/quota/v1/evaluator/core`). */
export function usageOf({ group, resource }: GroupResource, object: KubeObject): Amounts {
  const usage: Amounts = new Map([[`count/${resource}${group ? `.${group}` : ''}`, quantityOf(1)]]);
  if (group !== '') return usage;
  if (plainlyCounted.has(resource)) usage.set(resource, quantityOf(1));
  if (resource === 'pods') addPod(usage, object);
  if (resource === 'services') addService(usage, object);
  if (resource === 'persistentvolumeclaims') addClaim(usage, object);
  return usage;
}

function addPod(usage: Amounts, pod: KubeObject): void {
  if (isTerminal(pod)) return;
  usage.set('pods', quantityOf(1));
  for (const [name, quantity] of podResources(pod, 'requests')) {
    usage.set(`requests.${name}`, quantity);
    if (!name.includes('/')) usage.set(name, quantity);
  }
  for (const [name, quantity] of podResources(pod, 'limits')) usage.set(`limits.${name}`, quantity);
}

/** A pod that has ended uses nothing any more. */
export function isTerminal(pod: KubeObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

function addService(usage: Amounts, service: KubeObject): void {
  const type = stringAt(service, 'spec', 'type');
  const ports = arrayAt(service, 'spec', 'ports').length;
  const usesNodePorts = at(service, 'spec', 'allocateLoadBalancerNodePorts') !== false;
  if (type === 'LoadBalancer') usage.set('services.loadbalancers', quantityOf(1));
  if (type === 'NodePort' || (type === 'LoadBalancer' && usesNodePorts))
    usage.set('services.nodeports', quantityOf(ports));
}

function addClaim(usage: Amounts, claim: KubeObject): void {
  const storage = parseQuantity(at(claim, 'spec', 'resources', 'requests', 'storage'));
  const storageClass = stringAt(claim, 'spec', 'storageClassName');
  if (storage) usage.set('requests.storage', storage);
  if (!storageClass) return;
  usage.set(`${storageClass}${classSuffix}persistentvolumeclaims`, quantityOf(1));
  if (storage) usage.set(`${storageClass}${classSuffix}requests.storage`, storage);
}

/** The resource that a name in `spec.hard` counts; `undefined` for a name that counts nothing. */
export function countedResource(name: string): GroupResource | undefined {
  if (name.startsWith('count/')) {
    const [resource = '', ...group] = name.slice('count/'.length).split('.');
    return { group: group.join('.'), resource };
  }
  if (plainlyCounted.has(name) || name === 'pods') return { group: '', resource: name };
  if (name.startsWith('services.')) return { group: '', resource: 'services' };
  if (name === 'requests.storage' || name.includes(classSuffix))
    return { group: '', resource: 'persistentvolumeclaims' };
  if (isComputeName(name)) return { group: '', resource: 'pods' };
  return undefined;
}

function isComputeName(name: string): boolean {
  return (
    name === 'ephemeral-storage' || /^(requests|limits)\./.test(name) || name === 'cpu' || name === 'memory'
  );
}

/**
 * A quota on cpu or memory makes every container say how much it wants.
 * @returns what is missing, in Kubernetes' words; `undefined` when nothing is
 */
export function missingResources(pod: KubeObject, hard: Iterable<string>): string | undefined {
  const wanted = new Set(hard);
  const missing = new Map<string, string[]>();
  const containers = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')];
  for (const container of containers) {
    for (const name of computeNames) {
      if (!wanted.has(name)) continue;
      const field = name.startsWith('limits.') ? 'limits' : 'requests';
      if (resources(container, field).has(name.replace(/^.*\./, ''))) continue;
      missing.set(name, [...(missing.get(name) ?? []), stringAt(container, 'name') ?? '']);
    }
  }
  if (missing.size === 0) return undefined;
  const parts = [...missing].sort(([a], [b]) => (a < b ? -1 : 1));
  return `must specify ${parts.map(([name, names]) => `${name} for: ${names.sort().join(',')}`).join('; ')}`;
}
