import type { KubeObject } from '../../client/types.ts';
import { isObject } from '../json.ts';
import {
  changedFields,
  difference,
  existing,
  type FieldSet,
  isEmpty,
  type TypeInfo,
  union,
} from './field-set.ts';

/** One entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldSet;
  subresource?: string;
}

export interface Writer {
  manager: string;
  subresource: string | undefined;
  time: string;
}

/** The sound entries of an object's `managedFields`. */
export function entriesOf(object: KubeObject | undefined): ManagedFieldsEntry[] {
  const entries = object?.metadata.managedFields;
  if (!Array.isArray(entries)) return [];
  return entries.filter(
    (entry): entry is ManagedFieldsEntry =>
      isObject(entry) && typeof entry.manager === 'string' && isObject(entry.fieldsV1),
  );
}

/**
 * Records an update: the writer owns what it added or changed, nobody owns what is gone any more
 * (`structured-merge-diff`, `Updater.Update`).
 */
export function recordUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Writer,
  type: TypeInfo,
): ManagedFieldsEntry[] {
  const changed = changedFields(before, after, type);
  // An object written back without its managedFields means "leave them as they are", an empty list "forget them".
  const inherited =
    Array.isArray(after.metadata.managedFields) && after.metadata.managedFields.length === 0
      ? []
      : entriesOf(before);
  const entries: ManagedFieldsEntry[] = [];
  let own: ManagedFieldsEntry | undefined;
  for (const entry of inherited) {
    const isOwn = isWriters(entry, writer, after.apiVersion);
    const kept = existing(isOwn ? entry.fieldsV1 : difference(entry.fieldsV1, changed), after);
    if (isOwn) own = { ...entry, fieldsV1: kept };
    else if (!isEmpty(kept)) entries.push({ ...entry, fieldsV1: kept });
  }
  const fields = own ? union(own.fieldsV1, changed) : changed;
  if (isEmpty(fields)) return entries;
  const time = own && isEmpty(changed) ? own.time : writer.time;
  return [...entries, newEntry(writer, after.apiVersion, fields, time, 'Update')].sort(byTime);
}

function isWriters(entry: ManagedFieldsEntry, writer: Writer, apiVersion: string): boolean {
  return (
    entry.operation === 'Update' &&
    entry.manager === writer.manager &&
    (entry.subresource ?? '') === (writer.subresource ?? '') &&
    entry.apiVersion === apiVersion
  );
}

/** An entry of `managedFields` for what one writer owns. */
export function newEntry(
  writer: Writer,
  apiVersion: string,
  fieldsV1: FieldSet,
  time: string,
  operation: 'Apply' | 'Update',
): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation,
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
}

/** Appliers first, then in the order of their last change. */
export function byTime(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  if (a.operation !== b.operation) return a.operation === 'Apply' ? -1 : 1;
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}
