import { equal, isObject, type JsonObject } from '../json.ts';
import { badRequest } from '../status.ts';

/** Merge keys of lists in built-in kinds (`patchMergeKey` in Kubernetes' types); other lists are replaced. */
const mergeKeys: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  imagePullSecrets: 'name',
  secrets: 'name',
  webhooks: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  conditions: 'type',
  addresses: 'type',
  hostAliases: 'ip',
  podIPs: 'ip',
  topologySpreadConstraints: 'topologyKey',
  taints: 'key',
  ownerReferences: 'uid',
};

const primitiveMergeLists = new Set(['finalizers']);

/** Strategic merge patch: like a merge patch, but lists of built-in kinds merge by key and `$patch` directives work. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) throw badRequest('a strategic merge patch must be an object');
  return mergeMap(isObject(target) ? target : {}, patch);
}

function mergeMap(target: JsonObject, patch: JsonObject): JsonObject {
  if (patch.$patch === 'replace') return without(patch, '$patch');
  if (patch.$patch === 'delete') return {};
  const result: JsonObject = { ...target };
  for (const key of Array.isArray(patch.$retainKeys) ? [patch.$retainKeys] : []) {
    for (const field of Object.keys(result)) if (!key.includes(field)) delete result[field];
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder/')) continue;
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice('$deleteFromPrimitiveList/'.length);
      const gone = Array.isArray(value) ? value : [];
      if (Array.isArray(result[field]))
        result[field] = result[field].filter((item) => !gone.some((other) => equal(other, item)));
      continue;
    }
    const known = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) delete result[key];
    else if (Array.isArray(value))
      result[key] = mergeList(known, value, key, patch[`$setElementOrder/${key}`]);
    else if (isObject(value)) {
      if (value.$patch === 'delete') delete result[key];
      else result[key] = mergeMap(isObject(known) ? known : {}, value);
    } else result[key] = value;
  }
  return result;
}

function mergeList(target: unknown, patch: unknown[], key: string, order: unknown): unknown[] {
  if (patch.some((item) => isObject(item) && item.$patch === 'replace')) {
    return patch.filter((item) => !isObject(item) || item.$patch !== 'replace');
  }
  const known = Array.isArray(target) ? target : [];
  if (primitiveMergeLists.has(key)) return [...known, ...patch.filter((item) => !known.includes(item))];
  const mergeKey = mergeKeyOf(key, patch);
  if (!mergeKey) return patch;
  const result = [...known];
  for (const item of patch) {
    if (!isObject(item)) continue;
    const index = result.findIndex(
      (candidate) => isObject(candidate) && equal(candidate[mergeKey], item[mergeKey]),
    );
    const existing = result[index];
    if (item.$patch === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (isObject(existing)) result[index] = mergeMap(existing, item);
    else result.push(without(item, '$patch'));
  }
  return Array.isArray(order) ? sorted(result, order, mergeKey) : result;
}

function mergeKeyOf(key: string, items: unknown[]): string | undefined {
  if (key === 'ports')
    return items.some((item) => isObject(item) && 'containerPort' in item) ? 'containerPort' : 'port';
  return Object.hasOwn(mergeKeys, key) ? mergeKeys[key] : undefined;
}

function sorted(items: unknown[], order: unknown[], mergeKey: string): unknown[] {
  const rank = (item: unknown) => {
    const position = order.findIndex(
      (wanted) => isObject(wanted) && isObject(item) && equal(wanted[mergeKey], item[mergeKey]),
    );
    return position < 0 ? order.length : position;
  };
  return items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => rank(a.item) - rank(b.item) || a.index - b.index)
    .map(({ item }) => item);
}

function without(object: JsonObject, key: string): JsonObject {
  const copy = { ...object };
  delete copy[key];
  return copy;
}
