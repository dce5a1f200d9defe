import type { Schema } from '../schema/schema.ts';

export type ListType = { kind: 'atomic' } | { kind: 'set' } | { kind: 'map'; keys: readonly string[] };

const byName: ListType = { kind: 'map', keys: ['name'] };

/** Lists of built-in kinds that merge by key: the published type declarations don't carry these marks. */
const builtinLists = new Map<string, ListType>([
  ['containers', byName],
  ['initContainers', byName],
  ['ephemeralContainers', byName],
  ['volumes', byName],
  ['env', byName],
  ['imagePullSecrets', byName],
  ['webhooks', byName],
  ['resourceClaims', byName],
  ['volumeMounts', { kind: 'map', keys: ['mountPath'] }],
  ['volumeDevices', { kind: 'map', keys: ['devicePath'] }],
  ['conditions', { kind: 'map', keys: ['type'] }],
  ['hostAliases', { kind: 'map', keys: ['ip'] }],
  ['topologySpreadConstraints', { kind: 'map', keys: ['topologyKey', 'whenUnsatisfiable'] }],
  ['ownerReferences', { kind: 'map', keys: ['uid'] }],
  ['finalizers', { kind: 'set' }],
  ['secrets', byName],
]);

const containerPorts: ListType = { kind: 'map', keys: ['containerPort', 'protocol'] };
const servicePorts: ListType = { kind: 'map', keys: ['port', 'protocol'] };
const atomic: ListType = { kind: 'atomic' };

/** Maps of built-in kinds that are owned as a whole. */
const atomicMaps = new Set([
  'selector',
  'labelSelector',
  'nodeSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'roleRef',
  'objectSelector',
  'namespaceSelector',
  'involvedObject',
]);

/** How a list merges. `key` is the field's name, `builtin` whether the object is one of Kubernetes' own kinds. */
export function listTypeOf(
  schema: Schema | undefined,
  key: string,
  value: unknown[],
  builtin: boolean,
): ListType {
  const declared = schema?.['x-kubernetes-list-type'];
  if (declared === 'set') return { kind: 'set' };
  if (declared === 'map') return { kind: 'map', keys: schema?.['x-kubernetes-list-map-keys'] ?? [] };
  if (!builtin || declared === 'atomic') return atomic;
  if (key === 'ports') {
    const [first] = value;
    if (typeof first !== 'object' || first === null) return atomic;
    return 'containerPort' in first ? containerPorts : servicePorts;
  }
  return builtinLists.get(key) ?? atomic;
}

/** Whether a map has one owner as a whole: by its schema, or as Kubernetes' own types mark it. */
export function isAtomicMap(schema: Schema | undefined, key: string, builtin: boolean): boolean {
  if (schema?.['x-kubernetes-map-type'] === 'atomic') return true;
  return builtin && atomicMaps.has(key);
}

/** The part of a list item that identifies it, e.g. `{"name":"app"}`. */
export function itemKey(item: unknown, keys: readonly string[]): string {
  const identity: Record<string, unknown> = {};
  for (const key of keys) {
    const value =
      typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[key] : undefined;
    // Container and service ports default to TCP before they are compared.
    identity[key] = value ?? (key === 'protocol' ? 'TCP' : undefined);
  }
  return JSON.stringify(identity);
}
