import { createHash } from 'node:crypto';
import type { KubeObject } from '../client/types.ts';
import type { Resolve, Schema } from './schema/schema.ts';
import type { FieldError } from './status.ts';
import type { Column } from './table/column.ts';

export interface Subresource {
  name: string;
  kind: string;
  verbs: string[];
  group?: string;
  version?: string;
}

/** One served resource in one version, whether built in or from a CRD. */
export interface Resource {
  group: string;
  version: string;
  resource: string;
  singular: string;
  kind: string;
  listKind: string;
  namespaced: boolean;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: readonly Subresource[];
  /** Where objects are kept; two group versions may show the same ones (events). */
  storage: { group: string; resource: string };
  /** Version under which objects are stored; others differ in `apiVersion` only (conversion strategy None). */
  storageVersion: string;
  builtin: boolean;
  /** Has a `status` subresource: writes to the main resource leave status alone, and the other way round. */
  hasStatus: boolean;
  /** `metadata.generation` counts changes of anything but metadata and status. */
  hasGeneration: boolean;
  /** PUT without `resourceVersion` overwrites (most built-in kinds; custom resources answer 422). */
  unconditionalUpdate: boolean;
  /** Field selectors beside `metadata.name` and `metadata.namespace`. */
  fieldLabels: readonly string[];
  schema?: Schema | undefined;
  resolve: Resolve;
  columns(): readonly Column[];
  /** Fills in defaults of a created or updated object. May change `object`, which belongs to the caller. */
  defaults?(object: KubeObject, old: KubeObject | undefined): void;
  /** Rules beyond the schema. */
  validate?(object: KubeObject, old: KubeObject | undefined): FieldError[];
  /** Which check `metadata.name` must pass. */
  nameRule: 'subdomain' | 'label' | 'path';
}

/** `apps/v1`, or `v1` for the core group. */
export function groupVersion({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

const hashes = new Map<string, string>();

/** As kube-apiserver computes it: the first eight bytes of SHA-256 over `group/version/kind`. */
export function storageVersionHash({ group, storageVersion, kind }: Resource): string {
  const id = `${group}/${storageVersion}/${kind}`;
  let hash = hashes.get(id);
  if (hash === undefined) {
    hash = createHash('sha256').update(id).digest().subarray(0, 8).toString('base64');
    hashes.set(id, hash);
  }
  return hash;
}
