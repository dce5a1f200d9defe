import type { KubeObject } from '../../client/types.ts';
import { equal, isObject, type JsonObject } from '../json.ts';
import { propertyOf, type Schema } from '../schema/schema.ts';
import { ApiError } from '../status.ts';
import {
  changedFields,
  difference,
  existing,
  type FieldSet,
  isEmpty,
  stepInto,
  type TypeInfo,
  union,
} from './field-set.ts';
import { isAtomicMap, itemKey, listTypeOf } from './list-type.ts';
import { byTime, entriesOf, type ManagedFieldsEntry, newEntry, type Writer } from './managed-fields.ts';

/**
 * Server-side apply: merges a configuration into the live object, removes what this manager applied before and no
 * longer does, and refuses to change fields of others (unless forced).
 * @throws 409 with a cause per field, worded as the real server words it
 */
export function applyConfiguration(
  live: KubeObject | undefined,
  config: KubeObject,
  writer: Writer,
  type: TypeInfo,
  force: boolean,
): { object: KubeObject; entries: ManagedFieldsEntry[] } {
  const applied = changedFields(undefined, config, type);
  const others = entriesOf(live).filter((entry) => !isApplier(entry, writer));
  const previous = entriesOf(live).find((entry) => isApplier(entry, writer));
  const conflicts = live ? others.flatMap((entry) => conflictsWith(entry, applied, live, config)) : [];
  if (conflicts.length > 0 && !force) throw conflictError(conflicts);
  const dropped = previous ? difference(previous.fieldsV1, applied) : {};
  const owned = others.reduce<FieldSet>((all, entry) => union(all, entry.fieldsV1), {});
  const base = live ? removeFields(live, difference(dropped, owned)) : undefined;
  const object = base ? mergeObject(base, config, type) : config;
  const taken = force ? changedFields(live, object, type) : {};
  const kept = others
    .map((entry) => ({ ...entry, fieldsV1: existing(difference(entry.fieldsV1, taken), object) }))
    .filter((entry) => !isEmpty(entry.fieldsV1));
  const time = previous && equal(previous.fieldsV1, applied) ? previous.time : writer.time;
  const entries = [...kept, newEntry(writer, config.apiVersion, applied, time, 'Apply')].sort(byTime);
  return { object: asKubeObject(object), entries };
}

function isApplier(entry: ManagedFieldsEntry, writer: Writer): boolean {
  return (
    entry.operation === 'Apply' &&
    entry.manager === writer.manager &&
    (entry.subresource ?? '') === (writer.subresource ?? '')
  );
}

interface FieldConflict {
  manager: string;
  field: string;
}

function conflictsWith(
  entry: ManagedFieldsEntry,
  applied: FieldSet,
  live: KubeObject,
  config: KubeObject,
): FieldConflict[] {
  const by = entry.subresource
    ? `"${entry.manager}" with subresource "${entry.subresource}"`
    : `"${entry.manager}"`;
  const manager = entry.operation === 'Apply' ? by : `${by} using ${entry.apiVersion}`;
  return overlap(entry.fieldsV1, applied, live, config, '').map((field) => ({ manager, field }));
}

/** Leaves in both sets whose values differ. */
function overlap(a: FieldSet, b: FieldSet, live: unknown, config: unknown, path: string): string[] {
  const fields: string[] = [];
  for (const [step, child] of Object.entries(a)) {
    if (step === '.' || !Object.hasOwn(b, step)) continue;
    const other = b[step] ?? {};
    const liveValue = stepInto(live, step);
    const configValue = stepInto(config, step);
    const place = path + (step.startsWith('f:') ? `.${step.slice(2)}` : `[${keyText(step)}]`);
    if (isEmpty(child) || isEmpty(other)) {
      if (!equal(liveValue, configValue)) fields.push(place);
    } else fields.push(...overlap(child, other, liveValue, configValue, place));
  }
  return fields;
}

/** `k:{"name":"a"}` reads `name="a"` in conflict messages. */
function keyText(step: string): string {
  if (step.startsWith('v:')) return `=${step.slice(2)}`;
  try {
    const parsed = JSON.parse(step.slice(2)) as JsonObject;
    return Object.entries(parsed)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(',');
  } catch {
    return step.slice(2);
  }
}

function conflictError(conflicts: FieldConflict[]): ApiError {
  const lines = conflicts.map(({ manager, field }) => `conflict with ${manager}: ${field}`);
  const count = conflicts.length;
  const message =
    count === 1
      ? `Apply failed with 1 conflict: ${lines[0]}`
      : `Apply failed with ${count} conflicts: ${groupByManager(conflicts)}`;
  const causes = conflicts.map(({ manager, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field,
  }));
  return new ApiError(409, 'Conflict', message, { causes });
}

function groupByManager(conflicts: FieldConflict[]): string {
  const groups = new Map<string, string[]>();
  for (const { manager, field } of conflicts) groups.set(manager, [...(groups.get(manager) ?? []), field]);
  return [...groups]
    .map(([manager, fields]) =>
      fields.length === 1
        ? `conflict with ${manager}: ${fields[0]}`
        : `conflicts with ${manager}:\n${fields.map((field) => `- ${field}`).join('\n')}`,
    )
    .join('\n');
}

function asKubeObject(value: JsonObject): KubeObject {
  return value as KubeObject;
}

/** Removes the fields of a set from a copy of the object. */
function removeFields<T>(value: T, set: FieldSet): T {
  if (isEmpty(set)) return value;
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const step = Object.keys(set).find(
        (candidate) => candidate !== '.' && stepInto([item], candidate) !== undefined,
      );
      if (step === undefined) return [item];
      const child = set[step] ?? {};
      return isEmpty(child) || Object.hasOwn(child, '.') ? [] : [removeFields(item, child)];
    });
    return items as T & unknown[];
  }
  if (!isObject(value)) return value;
  const copy: JsonObject = { ...value };
  for (const [step, child] of Object.entries(set)) {
    const key = step.slice(2);
    if (step === '.' || !Object.hasOwn(copy, key)) continue;
    if (isEmpty(child)) delete copy[key];
    else {
      const rest = removeFields(copy[key], child);
      const isGone =
        Object.hasOwn(child, '.') &&
        ((Array.isArray(rest) && rest.length === 0) || (isObject(rest) && isEmptyObject(rest)));
      if (isGone) delete copy[key];
      else copy[key] = rest;
    }
  }
  return copy as T;
}

function isEmptyObject(value: JsonObject): boolean {
  return Object.keys(value).length === 0;
}

function mergeObject(live: JsonObject, config: JsonObject, type: TypeInfo): JsonObject {
  const merged: JsonObject = { ...live };
  for (const [key, value] of Object.entries(config)) {
    const schema = type.schema && propertyOf(type.resolve(type.schema), key);
    const inner = key === 'metadata' ? { ...type, schema: undefined, builtin: true } : type;
    merged[key] = merge(live[key], value, key === 'metadata' ? undefined : schema, key, inner);
  }
  return merged;
}

function merge(
  live: unknown,
  config: unknown,
  raw: Schema | undefined,
  key: string,
  type: TypeInfo,
): unknown {
  const schema = raw && type.resolve(raw);
  if (Array.isArray(config)) {
    const list = listTypeOf(schema, key, config, type.builtin);
    if (list.kind === 'atomic' || !Array.isArray(live)) return config;
    if (list.kind === 'set')
      return [...live, ...config.filter((item) => !live.some((known) => equal(known, item)))];
    const items = [...live];
    for (const item of config) {
      const at = items.findIndex((known) => itemKey(known, list.keys) === itemKey(item, list.keys));
      if (at < 0) items.push(item);
      else items[at] = merge(items[at], item, schema?.items, '', type);
    }
    return items;
  }
  if (!isObject(config) || !isObject(live) || isAtomicMap(schema, key, type.builtin)) return config;
  const merged: JsonObject = { ...live };
  for (const [childKey, value] of Object.entries(config)) {
    const property = schema && propertyOf(schema, childKey);
    merged[childKey] = merge(
      Object.hasOwn(live, childKey) ? live[childKey] : undefined,
      value,
      property,
      childKey,
      type,
    );
  }
  return merged;
}
