/**
 * The few functions of the Reflect metadata proposal that `@peculiar/x509` (through tsyringe) asks for when it loads.
 * Import this before it.
 */
const kept = new WeakMap<object, Map<unknown, unknown>>();

function getOwnMetadata(key: unknown, target: object): unknown {
  return kept.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  for (let object: object | null = target; object; object = Reflect.getPrototypeOf(object)) {
    if (kept.get(object)?.has(key)) return getOwnMetadata(key, object);
  }
  return undefined;
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const metadata = kept.get(target) ?? new Map<unknown, unknown>();
  metadata.set(key, value);
  kept.set(target, metadata);
}

if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getMetadata, getOwnMetadata, defineMetadata });
