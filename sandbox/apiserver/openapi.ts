import { createHash } from 'node:crypto';
import { modelNameOf } from './builtin/model-names.ts';
import { model } from './builtin/models.ts';
import { isObject, type JsonObject } from './json.ts';
import { common, pageNotFound, respond } from './negotiate.ts';
import type { Registry } from './registry.ts';
import { groupVersion, type Resource } from './resource.ts';
import type { Schema } from './schema/schema.ts';

interface Documents {
  generation: number;
  index: string;
  documents: Map<string, string>;
}

const cache = new WeakMap<Registry, Documents>();

/** `/openapi/v3`: an index of one document per group version, each with schemas and paths of its kinds. */
export function openApiV3(registry: Registry, path: string): Response {
  const { index, documents } = documentsOf(registry);
  const name = path.replace(/^\/openapi\/v3\/?/, '').replace(/\/$/, '');
  if (name === '') return respond(index);
  const document = documents.get(name) ?? build(registry, name, documents);
  if (!document) return pageNotFound();
  const etag = hashOf(document);
  return new Response(document, {
    headers: { ...common, 'content-type': 'application/json', etag: `"${etag}"`, vary: 'Accept' },
  });
}

/** `/openapi/v2`: everything in one document, for older clients. */
export function openApiV2(registry: Registry): Response {
  const definitions: JsonObject = {};
  const paths: JsonObject = {};
  for (const resource of registry.all()) {
    Object.assign(definitions, rewrite(schemasOf([resource]), '#/definitions/'));
    Object.assign(paths, rewrite(pathsOf(resource, '#/definitions/'), '#/definitions/'));
  }
  const info = { title: 'Kubernetes', version: 'unversioned' };
  return respond({ swagger: '2.0', info, paths, definitions });
}

function documentsOf(registry: Registry): Documents {
  const known = cache.get(registry);
  if (known && known.generation === registry.generation) return known;
  const names = new Set<string>();
  for (const resource of registry.all()) names.add(documentName(resource));
  for (const api of registry.aggregatedApis()) names.add(documentName(api));
  const paths: JsonObject = {};
  for (const name of [...names].sort()) {
    // The hash names the content; it changes when the resources behind the document do.
    const hash = hashOf(
      JSON.stringify([
        name,
        registry
          .all()
          .filter((resource) => documentName(resource) === name)
          .map((resource) => [resource.kind, resource.builtin || resource.schema]),
      ]),
    );
    paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` };
  }
  for (const name of discoveryDocuments(registry)) {
    paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hashOf(name)}` };
  }
  const documents = {
    generation: registry.generation,
    index: JSON.stringify({ paths }),
    documents: new Map<string, string>(),
  };
  cache.set(registry, documents);
  return documents;
}

/** Documents of discovery itself: they describe no kinds, but clients find them in the index. */
function discoveryDocuments(registry: Registry): string[] {
  const groups = new Set(
    registry
      .all()
      .filter(({ builtin, group }) => builtin && group !== '')
      .map(({ group }) => `apis/${group}`),
  );
  return ['api', 'apis', 'version', ...[...groups].sort()];
}

function documentName(resource: { group: string; version: string }): string {
  return resource.group === '' ? `api/${resource.version}` : `apis/${resource.group}/${resource.version}`;
}

function build(registry: Registry, name: string, documents: Map<string, string>): string | undefined {
  const resources = registry.all().filter((resource) => documentName(resource) === name);
  const api = registry.aggregatedApis().find((candidate) => documentName(candidate) === name);
  if (resources.length === 0 && !api) {
    if (!discoveryDocuments(registry).includes(name)) return undefined;
    const info = { title: 'Kubernetes', version: 'unversioned' };
    const operation = { get: { responses: { '200': { description: 'OK' } } } };
    return JSON.stringify({
      openapi: '3.0.0',
      info,
      paths: { [`/${name}/`]: operation },
      components: { schemas: {} },
    });
  }
  const isCustom = resources.some((resource) => !resource.builtin);
  const document = {
    openapi: '3.0.0',
    info: isCustom
      ? { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }
      : { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.assign(
      {},
      ...resources.map((resource) => pathsOf(resource, '#/components/schemas/')),
    ) as JsonObject,
    components: { schemas: { ...schemasOf(resources), ...aggregatedSchemas(api) } },
  };
  const text = JSON.stringify(rewrite(document, '#/components/schemas/'));
  documents.set(name, text);
  return text;
}

function aggregatedSchemas(api: ReturnType<Registry['aggregatedApis']>[number] | undefined): JsonObject {
  if (!api?.schemas) return {};
  const { group, version } = api;
  return Object.fromEntries(
    Object.entries(api.schemas).map(([kind, schema]) => [
      `${reversed(group)}.${version}.${kind}`,
      { ...schema, 'x-kubernetes-group-version-kind': [{ group, version, kind }] },
    ]),
  );
}

function hashOf(text: string): string {
  return createHash('sha512').update(text).digest('hex').toUpperCase();
}

function reversed(group: string): string {
  return group.split('.').reverse().join('.');
}

function schemaName(resource: Resource): string {
  return resource.builtin
    ? modelNameOf(resource.group, resource.version, resource.kind)
    : `${reversed(resource.group)}.${resource.version}.${resource.kind}`;
}

const metaTypes = new Set([
  'APIGroup',
  'APIResource',
  'Condition',
  'DeleteOptions',
  'FieldsV1',
  'LabelSelector',
  'LabelSelectorRequirement',
  'ListMeta',
  'ManagedFieldsEntry',
  'ObjectMeta',
  'OwnerReference',
  'Preconditions',
  'ShardInfo',
  'Status',
  'StatusCause',
  'StatusDetails',
]);

/** `V1DeploymentSpec` is called `io.k8s.v1.DeploymentSpec`: clients show what follows the last dot. */
function publicName(name: string): string {
  const [, prefix = '', version = '', kind = name] =
    /^([A-Z][a-z]+)?(V\d+(?:(?:alpha|beta)\d+)?)([A-Z].*)$/.exec(name) ?? [];
  if (!prefix && metaTypes.has(kind)) return `io.k8s.apimachinery.pkg.apis.meta.v1.${kind}`;
  return ['io.k8s', prefix.toLowerCase(), version.toLowerCase(), kind]
    .filter((part) => part !== '')
    .join('.');
}

/** Schemas of the kinds and of every model that they refer to. */
function schemasOf(resources: readonly Resource[]): JsonObject {
  const schemas: JsonObject = {};
  const addModel = (name: string) => {
    if (Object.hasOwn(schemas, name)) return;
    const schema = model(name);
    schemas[name] = schema ?? { type: 'object' };
    if (schema) for (const reference of referencesIn(schema)) addModel(reference);
  };
  for (const resource of resources) {
    const { group, version, kind } = resource;
    const gvk = { 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
    const name = schemaName(resource);
    if (resource.builtin) {
      addModel(name);
      schemas[name] = { ...(schemas[name] as JsonObject), ...gvk };
    } else {
      addModel('V1ObjectMeta');
      const schema: Schema = resource.schema ?? {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
      };
      const typeMeta = model('V1ConfigMap')?.properties ?? {};
      const properties = {
        ...schema.properties,
        apiVersion: typeMeta.apiVersion,
        kind: typeMeta.kind,
        metadata: { $ref: 'V1ObjectMeta' },
      };
      schemas[name] = { ...schema, properties, ...gvk };
      addModel('V1ListMeta');
      schemas[`${name}List`] = listSchema(resource, name, typeMeta);
    }
  }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name.includes('.') ? name : publicName(name), schema]),
  );
}

function listSchema(
  { group, version, listKind: kind }: Resource,
  itemName: string,
  typeMeta: Record<string, Schema>,
): JsonObject {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: typeMeta.apiVersion,
      kind: typeMeta.kind,
      metadata: { $ref: 'V1ListMeta' },
      items: { type: 'array', items: { $ref: itemName } },
    },
    'x-kubernetes-group-version-kind': [{ group, kind, version }],
  };
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : referencesIn(child),
  );
}

/** Turns internal references (model names) into those of a document, with the description beside them kept. */
function rewrite(value: unknown, prefix: string): JsonObject {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (!isObject(node)) return node;
    if (typeof node.$ref === 'string') {
      const $ref = node.$ref.startsWith('#')
        ? node.$ref
        : prefix + (node.$ref.includes('.') ? node.$ref : publicName(node.$ref));
      // The declarations describe a field only when its type is plain; the type's own words serve the others.
      const description = node.description ?? model(node.$ref)?.description;
      return description && prefix.includes('components') ? { description, allOf: [{ $ref }] } : { $ref };
    }
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]));
  };
  return walk(value) as JsonObject;
}

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
function pathsOf(resource: Resource, prefix: string): JsonObject {
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

function operationOf(resource: Resource, verb: string, what: string, prefix: string): JsonObject {
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
