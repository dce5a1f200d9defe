import { field, type Json, list, record, text } from '../untrusted';
import { judge, lackedBy, type RefusedObjects, refusedObjects } from './existing-objects';
import { nameOf } from './manifest';
import { newlyRequired } from './schema-diff';

/** A field that a version of an API requires and did not require before. */
export interface RequiredField {
  version: string;
  path: string;
  /** Existing objects without it, when they could be read. */
  lackedBy?: { count: number; examples: string[] };
}

/** What a plan does to one CustomResourceDefinition. */
export interface CrdChange {
  name: string;
  kind: string;
  change: 'added' | 'changed' | 'unchanged';
  versions: {
    added: string[];
    removed: string[];
    /** Still defined, no longer served: clients of that version fail. */
    noLongerServed: string[];
  };
  /**
   * Versions in which objects may be stored (`status.storedVersions`) and that the new definition does not have: OLM
   * refuses the plan, as those objects could not be read any more.
   */
  storedAtRisk: string[];
  newlyRequired: RequiredField[];
  /** Beside what `newlyRequired` tells. OLM validates every object and refuses a plan that would make one invalid. */
  refused: RefusedObjects[];
  /** `Namespaced` to `Cluster` or back, which no API server accepts. */
  scope?: { from: string; to: string };
  /** Who converts between versions: `Webhook` is the operator itself, without which objects can't be read then. */
  conversion?: { from: string; to: string };
  /** Until now objects kept fields that the schema does not know; the new definition drops them at the next write. */
  prunes: boolean;
  /** The definition itself is of an API (`apiextensions.k8s.io/v1beta1`) that Kubernetes 1.22 and later refuse. */
  outdatedApi?: string;
  /** The schemas are too large to be compared whole. */
  truncated: boolean;
}

/** Existing objects of a kind, for which it is checked whether they have what is newly required. */
export type ExistingObjects = (crd: string) => readonly unknown[] | undefined;

/**
 * Compares a CustomResourceDefinition of a plan with the one on the cluster, of `v1` or `v1beta1` each.
 * @param before `undefined` when the cluster has none of that name
 */
export function compareCrd(
  before: unknown,
  after: unknown,
  existing: ExistingObjects = () => undefined,
): CrdChange {
  const [old, fresh] = [versionsOf(before), versionsOf(after)];
  const spec = record(field(after, 'spec'));
  const served = (versions: CrdVersion[], name: string) =>
    versions.some((version) => version.name === name && version.served);
  const stored = strings(field(field(before, 'status'), 'storedVersions'));
  const removed = names(old).filter((name) => !names(fresh).includes(name));
  const { fields, truncated } =
    before === undefined ? { fields: [], truncated: false } : requiredFields(old, fresh);
  const same = before !== undefined && isSame(before, after);
  const objects = before === undefined || same ? undefined : existing(nameOf(after));
  const judged = objects && judge(objects, fresh);
  const [from, to] = [text(field(field(before, 'spec'), 'scope'), 50), text(spec.scope, 50)];
  const apiVersion = text(field(after, 'apiVersion'), 100);
  const change: Omit<CrdChange, 'change'> = {
    name: nameOf(after),
    kind: text(field(spec.names, 'kind'), 100),
    versions: {
      added: names(fresh).filter((name) => !names(old).includes(name)),
      removed,
      noLongerServed: names(old).filter(
        (name) => served(old, name) && names(fresh).includes(name) && !served(fresh, name),
      ),
    },
    storedAtRisk: stored.filter((name) => !names(fresh).includes(name)),
    newlyRequired: fields.map((required) => ({
      ...required,
      lackedBy: judged && lackedBy(judged.get(required.version) ?? [], required.path),
    })),
    refused: judged ? refusedObjects(judged, before, old, fields) : [],
    scope: before !== undefined && from && to && from !== to ? { from, to } : undefined,
    conversion:
      before !== undefined && conversionOf(before) !== conversionOf(after)
        ? { from: conversionOf(before), to: conversionOf(after) }
        : undefined,
    prunes: before !== undefined && keepsUnknown(before) && !keepsUnknown(after),
    outdatedApi: apiVersion === 'apiextensions.k8s.io/v1beta1' ? apiVersion : undefined,
    truncated,
  };
  return {
    ...change,
    change: before === undefined ? 'added' : same ? 'unchanged' : 'changed',
  };
}

export interface CrdVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema: unknown;
}

/** `v1beta1` also knows one version in `spec.version`, and one schema for all versions in `spec.validation`. */
function versionsOf(crd: unknown): CrdVersion[] {
  const spec = record(field(crd, 'spec'));
  const shared = field(spec.validation, 'openAPIV3Schema');
  const versions = list(
    spec.versions,
    (version) => ({
      name: text(field(version, 'name'), 63),
      served: field(version, 'served') === true,
      storage: field(version, 'storage') === true,
      schema: field(field(version, 'schema'), 'openAPIV3Schema') ?? shared,
    }),
    50,
  );
  const single = text(spec.version, 63);
  if (versions.length > 0 || !single) return versions;
  return [{ name: single, served: true, storage: true, schema: shared }];
}

function requiredFields(old: readonly CrdVersion[], fresh: readonly CrdVersion[]) {
  const storage = old.find((version) => version.storage);
  const fields: RequiredField[] = [];
  let truncated = false;
  for (const version of fresh.filter(({ served }) => served)) {
    // Objects of a version that is new were written in the one that was stored until now.
    const counterpart = old.find(({ name }) => name === version.name) ?? storage;
    if (!counterpart?.schema) continue;
    const found = newlyRequired(counterpart.schema, version.schema);
    truncated ||= found.truncated;
    fields.push(...found.paths.map((path) => ({ version: version.name, path })));
  }
  return { fields: fields.slice(0, 500), truncated };
}

function conversionOf(crd: unknown): string {
  return text(field(field(field(crd, 'spec'), 'conversion'), 'strategy'), 50) || 'None';
}

/** `v1beta1` keeps unknown fields unless it says otherwise, `v1` drops them. */
function keepsUnknown(crd: unknown): boolean {
  const said = field(field(crd, 'spec'), 'preserveUnknownFields');
  return typeof said === 'boolean' ? said : field(crd, 'apiVersion') === 'apiextensions.k8s.io/v1beta1';
}

function isSame(before: unknown, after: unknown): boolean {
  const digest = (crd: unknown) =>
    JSON.stringify([versionsOf(crd).map((one) => sorted(one)), conversionOf(crd), keepsUnknown(crd)]);
  return digest(before) === digest(after);
}

/** Keys in one order; the API server and bundles write them differently. What is nested deeper is left out. */
function sorted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 200) return undefined;
  if (Array.isArray(value)) return value.map((member) => sorted(member, depth + 1));
  const object: Json = record(value);
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sorted(object[key], depth + 1)]),
  );
}

function names(versions: readonly CrdVersion[]): string[] {
  return versions.map(({ name }) => name);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string').slice(0, 50) : [];
}
