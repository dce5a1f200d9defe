import { modelNameOf } from './builtin/model-names.ts';
import { model } from './builtin/models.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Resource } from './resource.ts';
import type { Schema } from './schema/schema.ts';

/** A group as schema names have it: `example.com` becomes `com.example`. */
export function reversed(group: string): string {
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
export function schemasOf(resources: readonly Resource[]): JsonObject {
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
export function rewrite(value: unknown, prefix: string): JsonObject {
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
