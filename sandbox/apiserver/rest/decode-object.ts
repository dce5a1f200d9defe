import type { KubeObject } from '../../client/types.ts';
import type { Call } from '../core.ts';
import { isObject, type JsonObject } from '../json.ts';
import { readMetadata } from '../meta/metadata.ts';
import { groupVersion, type Resource } from '../resource.ts';
import { applyDefaults, prune } from '../schema/prune.ts';
import { badRequest, invalid, invalidValue } from '../status.ts';
import type { WriteMode } from './options.ts';

/**
 * Makes an object of a decoded body: right kind and version, fields that the schema does not know dropped (and
 * reported as `fieldValidation` asks), defaults of the schema filled in.
 */
export function readObject(call: Call, body: unknown, mode: WriteMode): KubeObject {
  const { resource } = call;
  const raw = checkType(resource, body);
  const unknown: string[] = [];
  const object = shapeObject(resource, raw, unknown);
  report(call, unknown, mode);
  return object;
}

/** Prunes and defaults without looking at kind and version: for the result of a patch. */
export function shapeObject(resource: Resource, raw: JsonObject, unknown: string[]): KubeObject {
  const metadata = readMetadata(raw.metadata, resource.kind, unknown);
  const { schema } = resource;
  const body: JsonObject = { ...raw };
  delete body.metadata;
  delete body.apiVersion;
  delete body.kind;
  if (resource.builtin) checkDecodable(resource, body);
  const context = { resolve: resource.resolve, unknown, dropNulls: resource.builtin };
  const pruned = schema ? prune(body, schema, '', context) : body;
  const defaulted = schema && !resource.builtin ? applyDefaults(pruned, schema) : pruned;
  return {
    apiVersion: groupVersion(resource),
    kind: resource.kind,
    metadata,
    ...(isObject(defaulted) ? defaulted : {}),
  };
}

function checkType(resource: Resource, body: unknown): JsonObject {
  if (!isObject(body)) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${resource.kind}): couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  const expected = groupVersion(resource);
  const { apiVersion, kind } = body;
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${expected})`,
    );
  }
  if (kind === undefined || kind === '') {
    if (resource.builtin) return body;
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body).slice(0, 1_000)}'`);
  }
  if (!resource.builtin && !apiVersion) {
    throw badRequest(`Object 'apiVersion' is missing in '${JSON.stringify(body).slice(0, 1_000)}'`);
  }
  if (kind !== resource.kind) {
    if (resource.builtin) {
      throw badRequest(
        `${String(kind)} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: no kind match`,
      );
    }
    const name = isObject(body.metadata) && typeof body.metadata.name === 'string' ? body.metadata.name : '';
    throw invalid({ group: resource.group, resource: resource.kind }, name, [
      invalidValue('kind', kind, `must be ${resource.kind}`),
    ]);
  }
  return body;
}

/** `Strict` refuses unknown fields, `Warn` (the default) names them in Warning headers. */
export function report(call: Call, unknown: string[], mode: WriteMode): void {
  if (unknown.length === 0 || mode.fieldValidation === 'Ignore') return;
  const problems = unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  if (mode.fieldValidation === 'Warn') {
    call.warnings.push(...problems);
    return;
  }
  const { kind, version } = call.resource;
  throw badRequest(
    `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: strict decoding error: ${problems.join(', ')}`,
  );
}

/** Built-in kinds have Go types: a value of the wrong type does not decode at all. */
function checkDecodable(resource: Resource, body: JsonObject): void {
  if (!resource.schema) return;
  const wrong = firstWrong(resource, body, resource.schema, '');
  if (!wrong) return;
  const { kind, version } = resource;
  throw badRequest(
    `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: json: cannot unmarshal ${wrong.actual} into Go struct field ${kind}.${wrong.path} of type ${wrong.expected}`,
  );
}

interface Wrong {
  path: string;
  actual: string;
  expected: string;
}

const goTypes: Record<string, string> = {
  string: 'string',
  integer: 'int32',
  number: 'float64',
  boolean: 'bool',
  object: 'map[string]interface {}',
  array: '[]interface {}',
};

function firstWrong(
  resource: Resource,
  value: unknown,
  raw: NonNullable<Resource['schema']>,
  path: string,
): Wrong | undefined {
  if (value === null) return undefined;
  const schema = resource.resolve(raw);
  const { type } = schema;
  if (type === undefined) return undefined;
  const actual = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const fits =
    type === 'array'
      ? Array.isArray(value)
      : type === 'object'
        ? isObject(value)
        : type === 'integer' || type === 'number'
          ? typeof value === 'number'
          : typeof value === type;
  if (!fits && isQuantity(schema, value, path)) return undefined;
  if (!fits) return { path, actual, expected: goTypes[type] ?? type };
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return undefined;
    return firstOf(value.map((item) => () => firstWrong(resource, item, items, path)));
  }
  if (!isObject(value)) return undefined;
  return firstOf(
    Object.entries(value).map(([key, child]) => () => {
      const known =
        schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
      const property =
        known ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
      return property && firstWrong(resource, child, property, path === '' ? key : `${path}.${key}`);
    }),
  );
}

/** Quantities (`cpu: 1`) may be numbers although their schema says string. */
function isQuantity(schema: { type?: string }, value: unknown, path: string): boolean {
  return (
    schema.type === 'string' &&
    typeof value === 'number' &&
    /\.(limits|requests|hard|capacity|allocatable)\./.test(path)
  );
}

function firstOf<T>(attempts: (() => T | undefined)[]): T | undefined {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== undefined) return found;
  }
  return undefined;
}
