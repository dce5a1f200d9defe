import { MODULE_NAME } from '@/lib/plugins/rules/labels';
import type { FieldChange, WriteRecord } from '../contract';

/** A write as the transport tells of it, as far as it is recorded. */
export interface Written {
  verb: string;
  resource: string;
  namespace?: string;
  name?: string;
  body: unknown;
  before?: ObjectLike;
  after?: ObjectLike;
  error?: string;
}

interface ObjectLike {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string; namespace?: string; uid?: string; labels?: Record<string, string> };
  [field: string]: unknown;
}

export interface DescribedWrite {
  record: WriteRecord;
  object: { apiVersion: string; kind: string; namespace?: string; name: string; uid?: string };
  /** An English sentence. */
  message: string;
}

/** Fields whose values say what happened and can't hold a secret; of all others only the name is told. */
const tellable = new Set([
  '/spec/approved',
  '/spec/clusterServiceVersionNames',
  '/spec/version',
  '/spec/channel',
  '/spec/installPlanApproval',
  '/spec/startingCSV',
  '/spec/name',
  '/spec/source',
  '/spec/sourceNamespace',
]);

/** Kinds of the resources that the console writes: a refused write is not answered with an object. */
const kinds: Record<string, string> = {
  subscriptions: 'Subscription',
  installplans: 'InstallPlan',
  clusterserviceversions: 'ClusterServiceVersion',
  operatorgroups: 'OperatorGroup',
  moduleinfoes: 'ModuleInfo',
  namespaces: 'Namespace',
  configmaps: 'ConfigMap',
  customresourcedefinitions: 'CustomResourceDefinition',
  artifacts: 'Artifact',
  artifactversions: 'ArtifactVersion',
};

const MAX_CHANGES = 20;
const MAX_VALUE = 300;

/** What one write was: who did what to which object, what it was before and after, and how it ended. */
export function describeWrite(
  written: Written,
  who: { user: string; cluster: string; time: string },
): DescribedWrite {
  const { verb, resource, body, before, error } = written;
  const after = written.after?.kind === 'Status' ? undefined : written.after;
  const source = after ?? before ?? (isObject(body) ? body : undefined);
  const object = {
    apiVersion: source?.apiVersion ?? '',
    kind: kinds[resource.split('.')[0] ?? ''] ?? source?.kind ?? resource,
    namespace: written.namespace ?? after?.metadata?.namespace,
    name: after?.metadata?.name || written.name || before?.metadata?.name || '',
    uid: after?.metadata?.uid ?? before?.metadata?.uid,
  };
  const changes = verb === 'delete' ? [] : changesOf(body, verb, before).slice(0, MAX_CHANGES);
  const approved = changes.some(({ path, after: value }) => path === '/spec/approved' && value === 'true');
  const action =
    verb === 'create' ? 'Created' : verb === 'delete' ? 'Deleted' : approved ? 'Approved' : 'Changed';
  const record: WriteRecord = {
    user: who.user.slice(0, 300),
    cluster: who.cluster,
    action,
    about: aboutOf(source, object.kind),
    changes,
    error: error?.slice(0, 1000),
    time: who.time,
  };
  return { record, object, message: sentence(record, object) };
}

function aboutOf(source: ObjectLike | undefined, kind: string): string | undefined {
  const about =
    kind === 'ModuleInfo'
      ? source?.metadata?.labels?.[MODULE_NAME]
      : kind === 'InstallPlan'
        ? valueAt(source, '/spec/clusterServiceVersionNames')
        : undefined;
  return about === undefined ? undefined : wordsOf(about);
}

function sentence({ user, action, changes, error }: WriteRecord, object: DescribedWrite['object']): string {
  const what = `${object.kind} ${object.namespace ? `${object.namespace}/` : ''}${object.name}`;
  const fields = changes
    .map(({ path, before, after }) => {
      const name = path.slice(1).replaceAll('/', '.');
      if (after === undefined) return name;
      return before === undefined ? `${name} = ${after}` : `${name}: ${before} → ${after}`;
    })
    .join(', ');
  const did = `${action.toLowerCase()} ${what}${fields ? ` (${fields})` : ''}`;
  return (error ? `${user} was refused: ${did}: ${error}` : `${user} ${did}`).slice(0, 1000);
}

function changesOf(body: unknown, verb: string, before: ObjectLike | undefined): FieldChange[] {
  if (Array.isArray(body)) return body.flatMap((operation) => operationChange(operation, body, before));
  if (!isObject(body)) return [];
  const spec = leaves(body.spec, '/spec');
  const fields = verb === 'create' ? spec.filter(({ path }) => tellable.has(path)) : spec;
  return [...fields, ...(verb === 'create' ? [] : leaves(body.data, '/data'))].map(({ path, value }) =>
    change(path, value, valueAt(before, path)),
  );
}

/** A replaced value is known from the `test` that guards it. */
function operationChange(
  operation: unknown,
  all: readonly unknown[],
  before: ObjectLike | undefined,
): FieldChange[] {
  if (!isObject(operation) || operation.op === 'test' || typeof operation.path !== 'string') return [];
  const { path } = operation;
  const guard = all.find((other) => isObject(other) && other.op === 'test' && other.path === path);
  const was = isObject(guard) ? guard.value : valueAt(before, path);
  return [change(path, operation.op === 'remove' ? '' : operation.value, was)];
}

function change(path: string, after: unknown, before: unknown): FieldChange {
  if (!tellable.has(path)) return { path: path.slice(0, MAX_VALUE) };
  return { path, after: wordsOf(after), ...(before === undefined ? {} : { before: wordsOf(before) }) };
}

/** The fields of a merge patch, down to the second level: a configuration is told as a whole. */
function leaves(value: unknown, path: string): { path: string; value: unknown }[] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, member]) => ({
    path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    value: member,
  }));
}

function valueAt(object: ObjectLike | undefined, path: string): unknown {
  let value: unknown = object;
  for (const key of path.split('/').slice(1)) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ').slice(0, MAX_VALUE);
  return String(value ?? '').slice(0, MAX_VALUE);
}

function isObject(value: unknown): value is ObjectLike {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
