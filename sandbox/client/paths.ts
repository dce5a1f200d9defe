import type { DeleteOptions, ListOptions, WriteOptions } from './options.ts';
import type { KubeObject, ResourceRef } from './types.ts';

/** The URL path of a collection or, with `name`, of one object. */
export function pathOf(ref: ResourceRef, namespace?: string, name?: string): string {
  const root = ref.group === '' ? `/api/${ref.version}` : `/apis/${ref.group}/${ref.version}`;
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${ref.resource}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** The URL path of an object that is known by its metadata. */
export function objectPath(ref: ResourceRef, object: KubeObject): string {
  return pathOf(ref, object.metadata.namespace, object.metadata.name ?? '');
}

/** The query of a list or watch, with its `?`; `''` for none. */
export function queryOf(options: ListOptions, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams(extra);
  for (const name of ['labelSelector', 'fieldSelector', 'limit', 'continue', 'resourceVersion'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** The query of a write, with its `?`; `''` for none. */
export function writeQuery(options: WriteOptions, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams(extra);
  if (options.dryRun) query.set('dryRun', 'All');
  if (options.fieldManager) query.set('fieldManager', options.fieldManager);
  return query.size === 0 ? '' : `?${query}`;
}

/** The DeleteOptions of a deletion. */
export function deleteBody(options: DeleteOptions): Record<string, unknown> {
  const { propagationPolicy, preconditions, gracePeriodSeconds, dryRun } = options;
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagationPolicy ? { propagationPolicy } : {}),
    ...(preconditions ? { preconditions } : {}),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(dryRun ? { dryRun: ['All'] } : {}),
  };
}
