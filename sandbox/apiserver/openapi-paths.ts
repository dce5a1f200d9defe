import type { JsonObject } from './json.ts';
import { groupVersion, type Resource } from './resource.ts';

/** What paths are made of, whether this server keeps the resource or another program does. */
export type Described = Pick<
  Resource,
  'group' | 'version' | 'resource' | 'kind' | 'namespaced' | 'verbs' | 'subresources'
>;

const methods: Record<string, { method: string; action: string }> = {
  get: { method: 'get', action: 'get' },
  list: { method: 'get', action: 'list' },
  create: { method: 'post', action: 'post' },
  deletecollection: { method: 'delete', action: 'deletecollection' },
  update: { method: 'put', action: 'put' },
  patch: { method: 'patch', action: 'patch' },
  delete: { method: 'delete', action: 'delete' },
};
const collectionVerbs = new Set(['list', 'create', 'deletecollection']);

/** Paths with the operations and, what kubectl looks at, their group-version-kind and query parameters. */
export function pathsOf(resource: Described, prefix: string): JsonObject {
  const { group, version, namespaced, resource: plural } = resource;
  const root = group === '' ? `/api/${version}` : `/apis/${groupVersion(resource)}`;
  const collection = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const paths: JsonObject = { [collection]: {}, [`${collection}/{name}`]: {} };
  if (namespaced)
    paths[`${root}/${plural}`] = { get: operationOf(resource, 'list', 'AllNamespaces', prefix) };
  for (const { name, verbs } of resource.subresources) {
    const known = verbs.flatMap((verb) =>
      methods[verb] ? [[methods[verb].method, operationOf(resource, verb, name, prefix)]] : [],
    );
    paths[`${collection}/{name}/${name}`] = Object.fromEntries(known);
  }
  for (const verb of resource.verbs) {
    const operation = methods[verb];
    if (!operation) continue;
    const path = collectionVerbs.has(verb) ? collection : `${collection}/{name}`;
    (paths[path] as JsonObject)[operation.method] = operationOf(resource, verb, '', prefix);
  }
  return paths;
}

function operationOf(resource: Described, verb: string, what: string, prefix: string): JsonObject {
  const { group, version, kind } = resource;
  const action = methods[verb]?.action ?? verb;
  return {
    operationId: `${action}${kind}${version}${group}${what}`,
    parameters: parametersOf(verb, prefix),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind, version },
  };
}

function parametersOf(verb: string, prefix: string) {
  const isWrite = ['create', 'update', 'patch'].includes(verb);
  const names = isWrite
    ? ['dryRun', 'fieldManager', 'fieldValidation']
    : verb.startsWith('delete')
      ? ['dryRun']
      : [];
  // Version 2 says the type on the parameter itself, version 3 in a schema.
  return names.map((name) =>
    prefix.includes('components')
      ? { name, in: 'query', schema: { type: 'string' } }
      : { name, in: 'query', type: 'string' },
  );
}
