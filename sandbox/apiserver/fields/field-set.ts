import { equal, isObject, type JsonObject } from '../json.ts';
import { propertyOf, type Resolve, type Schema } from '../schema/schema.ts';
import { isAtomicMap, itemKey, type ListType, listTypeOf } from './list-type.ts';

/** A set of fields in the `FieldsV1` form of managed fields: `{"f:spec": {"f:replicas": {}}}`; `.` is the node itself. */
export interface FieldSet {
  [path: string]: FieldSet;
}

/** What the walkers need to know about a kind. */
export interface TypeInfo {
  schema?: Schema | undefined;
  resolve: Resolve;
  builtin: boolean;
}

/** Whether nothing is in the set. */
export function isEmpty(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

/** What is in either set. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a };
  for (const [key, child] of Object.entries(b)) {
    const known = result[key];
    result[key] = known ? union(known, child) : child;
  }
  return result;
}

/** The fields of `a` that are not in `b`. A leaf of `a` is removed by a node of `b` of the same path that is a member. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [key, child] of Object.entries(a)) {
    const other = Object.hasOwn(b, key) ? b[key] : undefined;
    if (!other) {
      result[key] = child;
      continue;
    }
    if (isEmpty(child)) {
      if (!isMember(other)) result[key] = child;
      continue;
    }
    const rest = difference(child, other);
    if (isEmpty(other) && !Object.hasOwn(rest, '.')) continue;
    if (!isEmpty(rest)) result[key] = rest;
  }
  return result;
}

function isMember(set: FieldSet): boolean {
  return isEmpty(set) || Object.hasOwn(set, '.');
}

const untracked = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

/** The fields that were added or changed between two states of an object; `before` may be missing. */
export function changedFields(before: JsonObject | undefined, after: JsonObject, type: TypeInfo): FieldSet {
  const set: FieldSet = {};
  for (const [key, value] of Object.entries(after)) {
    if (key === 'apiVersion' || key === 'kind') continue;
    const old = before && Object.hasOwn(before, key) ? before[key] : undefined;
    if (key === 'metadata') {
      const child = changedMetadata(isObject(old) ? old : {}, isObject(value) ? value : {});
      if (!isEmpty(child)) set['f:metadata'] = child;
      continue;
    }
    const schema = type.schema && propertyOf(type.resolve(type.schema), key);
    const child = changed(old, value, schema, key, type);
    if (child) set[`f:${key}`] = child;
  }
  return set;
}

function changedMetadata(before: JsonObject, after: JsonObject): FieldSet {
  const set: FieldSet = {};
  const type: TypeInfo = { schema: undefined, resolve: (schema) => schema, builtin: true };
  for (const [key, value] of Object.entries(after)) {
    if (untracked.has(key)) continue;
    const child = changed(before[key], value, undefined, key, type);
    if (child) set[`f:${key}`] = child;
  }
  return set;
}

/** Sections that every object of a built-in kind has even when empty, so that nobody owns their mere existence. */
const everPresent = new Set([
  'metadata',
  'spec',
  'status',
  'template',
  'containers',
  'strategy',
  'jobTemplate',
]);

function changed(
  before: unknown,
  after: unknown,
  raw: Schema | undefined,
  key: string,
  type: TypeInfo,
): FieldSet | undefined {
  const schema = raw && type.resolve(raw);
  if (Array.isArray(after)) return changedList(before, after, schema, key, type);
  if (!isObject(after) || isAtomicMap(schema, key, type.builtin))
    return equal(before, after) ? undefined : {};
  if (Object.keys(after).length === 0) return equal(before, after) ? undefined : {};
  const set: FieldSet = before === undefined && !(type.builtin && everPresent.has(key)) ? { '.': {} } : {};
  const old = isObject(before) ? before : {};
  for (const [childKey, value] of Object.entries(after)) {
    const property = schema && propertyOf(schema, childKey);
    const child = changed(
      Object.hasOwn(old, childKey) ? old[childKey] : undefined,
      value,
      property,
      childKey,
      type,
    );
    if (child) set[`f:${childKey}`] = child;
  }
  return isEmpty(set) ? undefined : set;
}

function changedList(
  before: unknown,
  after: unknown[],
  schema: Schema | undefined,
  key: string,
  type: TypeInfo,
): FieldSet | undefined {
  const list = listTypeOf(schema, key, after, type.builtin);
  if (list.kind === 'atomic' || after.length === 0) return equal(before, after) ? undefined : {};
  const old = new Map((Array.isArray(before) ? before : []).map((item) => [memberKey(item, list), item]));
  const set: FieldSet = before === undefined && !(type.builtin && everPresent.has(key)) ? { '.': {} } : {};
  for (const item of after) {
    const member = memberKey(item, list);
    if (list.kind === 'set') {
      if (!old.has(member)) set[member] = {};
      continue;
    }
    const child = changed(old.get(member), item, schema?.items, '', type);
    if (child) set[member] = child;
  }
  return isEmpty(set) ? undefined : set;
}

function memberKey(item: unknown, list: ListType): string {
  return list.kind === 'map' ? `k:${itemKey(item, list.keys)}` : `v:${JSON.stringify(item)}`;
}

/** The members of `set` that still exist in `object`. */
export function existing(set: FieldSet, value: unknown): FieldSet {
  const result: FieldSet = {};
  for (const [step, child] of Object.entries(set)) {
    if (step === '.') {
      result[step] = child;
      continue;
    }
    const found = stepInto(value, step);
    if (found === undefined) continue;
    if (isEmpty(child)) result[step] = child;
    else {
      const rest = existing(child, found);
      if (!isEmpty(rest)) result[step] = rest;
    }
  }
  return result;
}

/** The value one step further: a field (`f:`), a list item by key (`k:`) or a member of a set (`v:`). */
export function stepInto(value: unknown, step: string): unknown {
  const name = step.slice(2);
  if (step.startsWith('f:')) return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (!Array.isArray(value)) return undefined;
  if (step.startsWith('v:')) return value.find((item) => JSON.stringify(item) === name);
  const keys = keysOf(name);
  return value.find((item) => itemKey(item, keys) === name);
}

/** The keys that identify a list item, of its identity as managed fields write it. */
export function keysOf(identity: string): string[] {
  try {
    const parsed: unknown = JSON.parse(identity);
    return isObject(parsed) ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}
