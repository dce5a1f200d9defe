import type { KubeObject } from '../../client/types.ts';
import type { Call } from '../core.ts';
import { isObject, type JsonObject } from '../json.ts';
import { readMetadata } from '../meta/metadata.ts';
import { groupVersion, type Resource } from '../resource.ts';
import { checkDecodable } from '../schema/go-decode.ts';
import { applyDefaults, prune } from '../schema/prune.ts';
import { badRequest, invalid, invalidValue, UndecodableError } from '../status.ts';
import type { WriteMode } from './options.ts';

/**
 * Makes an object of a decoded body: right kind and version, fields that the schema does not know dropped (and
 * reported as `fieldValidation` asks), defaults of the schema filled in.
 */
export function readObject(call: Call, body: unknown, mode: WriteMode): KubeObject {
  const { resource } = call;
  const raw = checkType(resource, body);
  const unknown: string[] = [];
  const object = decoded(resource, () => shapeObject(resource, raw, unknown));
  report(call, unknown, mode);
  return object;
}

function decoded(resource: Resource, shape: () => KubeObject): KubeObject {
  try {
    return shape();
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    const { kind, version } = resource;
    throw badRequest(
      `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${error.message}`,
    );
  }
}

/**
 * Prunes and defaults without looking at kind and version: for the result of a patch.
 * @throws UndecodableError when a value does not fit the kind's Go types
 */
export function shapeObject(resource: Resource, raw: JsonObject, unknown: string[]): KubeObject {
  const metadata = readMetadata(raw.metadata, unknown);
  const { schema } = resource;
  const body: JsonObject = { ...raw };
  delete body.metadata;
  delete body.apiVersion;
  delete body.kind;
  if (resource.builtin && schema) checkDecodable(resource.kind, body, schema, resource.resolve);
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
