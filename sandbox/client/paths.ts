import type { DeleteOptions, ListOptions, WriteOptions } from './options.ts';
import type { KubeObject, ResourceRef } from './types.ts';

/** The URL path of a collection or, with `name`, of one object. */
export function pathOf(ref: ResourceRef, namespace?: string, name?: string): string {
  const root = ref.group === '' ? `/api/${ref.version}` : `/apis/${ref.group}/${ref.version}`;
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${ref.resource}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

export function objectPath(ref: ResourceRef, object: KubeObject): string {
  return pathOf(ref, object.metadata.namespace, object.metadata.name ?? '');
}

export function queryOf(options: ListOptions, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams(extra);
  for (const name of ['labelSelector', 'fieldSelector', 'limit', 'continue', 'resourceVersion'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

export function writeQuery(options: WriteOptions, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams(extra);
  if (options.dryRun) query.set('dryRun', 'All');
  if (options.fieldManager) query.set('fieldManager', options.fieldManager);
  return query.size === 0 ? '' : `?${query}`;
}

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
