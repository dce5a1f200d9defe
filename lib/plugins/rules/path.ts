import { isRecord, type Json } from './json';

/** Where a value stands in a configuration: keys from the outside in. */
export type Path = readonly string[];

const MAX_SEGMENTS = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a dotted path such as `self.storage.disabled`; a dot within a key is written `\.`, or the key as
 * `["example.com/role"]`.
 * @returns `undefined` for a path that is empty, longer than 32 keys, or leads to a prototype
 */
export function parsePath(dotted: string): Path | undefined {
  const path = dotted
    .trim()
    .slice(0, 1000)
    .replace(/\.?\[(["'])([^"'\]]*)\1\]/g, (_match, _quote, key: string, offset: number) => {
      const escaped = key.replaceAll('.', '\\.');
      return offset === 0 ? escaped : `.${escaped}`;
    })
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll('\\.', '.'));
  return isSafePath(path) ? path : undefined;
}

/** Whether a path names a value without touching any object's prototype. */
export function isSafePath(path: Path): boolean {
  return (
    path.length > 0 &&
    path.length <= MAX_SEGMENTS &&
    path.every((key) => key !== '' && !FORBIDDEN.has(key.trim()))
  );
}

/** RFC 6901. Form fields are keyed by it: it is unambiguous, and never the name of an object's own method. */
export function pointer(path: Path): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Whether a path is the other one, or leads on from it. */
export function isWithin(path: Path, prefix: Path): boolean {
  return path.length >= prefix.length && prefix.every((key, index) => path[index] === key);
}

/** The value at a path, by own properties alone; `undefined` where it leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let current = root;
  for (const key of path) {
    if (!isRecord(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** Whether the key is there, whatever its value. */
export function hasPath(root: unknown, path: Path): boolean {
  const parent = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  return key !== undefined && isRecord(parent) && Object.hasOwn(parent, key);
}

/** A copy of `root` with a value at a path; what stands in the way and is no object is replaced. */
export function withValue(root: Json, path: Path, value: unknown): Json {
  const [key, ...rest] = path;
  if (key === undefined) return root;
  const inner = Object.hasOwn(root, key) ? root[key] : undefined;
  return { ...root, [key]: rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value) };
}

/** A copy of `root` without a path, and without the objects that are empty because of it. */
export function withoutPath(root: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(root, key)) return root;
  const { [key]: inner, ...others } = root;
  if (rest.length === 0) return others;
  if (!isRecord(inner) || !hasPath(inner, rest)) return root;
  const remaining = withoutPath(inner, rest);
  return Object.keys(remaining).length === 0 ? others : { ...root, [key]: remaining };
}

/** Sets a value in an object of one's own; what stands in the way and is no object is replaced. */
export function setAt(root: Json, path: Path, value: unknown): void {
  let current = root;
  for (const key of path.slice(0, -1)) {
    const inner = Object.hasOwn(current, key) ? current[key] : undefined;
    const next = isRecord(inner) ? inner : {};
    current[key] = next;
    current = next;
  }
  const last = path.at(-1);
  if (last !== undefined) current[last] = value;
}

/** Removes a path from an object of one's own, and the objects that are empty because of it. */
export function removeAt(root: Json, path: Path): void {
  if (!hasPath(root, path)) return;
  for (let length = path.length; length > 0; length--) {
    const parent = valueAt(root, path.slice(0, length - 1));
    const key = path[length - 1];
    if (!isRecord(parent) || key === undefined) return;
    delete parent[key];
    if (Object.keys(parent).length > 0) return;
  }
}
