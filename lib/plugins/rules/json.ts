/** A JSON object that others wrote: nothing about its members is known. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object: neither a list nor `null`. */
export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object, an empty one for anything else. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** A string of at most `max` characters, `''` for anything else. */
export function text(value: unknown, max = 2000): string {
  return typeof value === 'string' ? value.trim().slice(0, max) : '';
}

/** At most `max` members of a list, mapped; members that map to `undefined` are dropped. */
export function members<T>(value: unknown, read: (member: unknown) => T | undefined, max = 500): T[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, max)
    .map(read)
    .filter((member) => member !== undefined);
}

/** At most `max` strings of a list; what is no string is dropped. */
export function strings(value: unknown, max = 500): string[] {
  return members(value, (member) => (typeof member === 'string' ? member.slice(0, 2000) : undefined), max);
}

/** JSON values are equal when they hold the same; the order of keys does not count. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((member, index) => sameJson(member, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

const MAX_DEPTH = 100;

/**
 * A copy in which no key can reach an object's prototype.
 * @throws RangeError for a value that is nested deeper than 100 levels
 */
export function cloneJson<T>(value: T): T;
export function cloneJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError(`The value is nested deeper than ${MAX_DEPTH} levels`);
  const copy = cloneJson as (member: unknown, depth: number) => unknown;
  if (Array.isArray(value)) return value.map((member) => copy(member, depth + 1));
  if (!isRecord(value)) return value;
  const clone: Json = {};
  for (const [key, member] of Object.entries(value)) {
    if (key !== '__proto__') clone[key] = copy(member, depth + 1);
  }
  return clone;
}

/**
 * RFC 7396: members of `patch` replace those of `target`, `null` removes them, everything else stays.
 * A copy is returned; neither argument is changed.
 */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return cloneJson(patch);
  const merged: Json = isRecord(target) ? cloneJson(target) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key === '__proto__') continue;
    if (value === null) delete merged[key];
    else merged[key] = mergePatched(Object.hasOwn(merged, key) ? merged[key] : undefined, value);
  }
  return merged;
}
