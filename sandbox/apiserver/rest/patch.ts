import type { KubeObject } from '../../client/types.ts';
import { readText } from '../body.ts';
import { decode, mediaTypeOf, unsupportedMediaType } from '../codec.ts';
import { type Call, collectionOf, keyIn, present } from '../core.ts';
import { applyConfiguration } from '../fields/apply.ts';
import { isObject, type JsonObject } from '../json.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { printed, readJsonPatch, readMergePatch } from '../patch/read-patch.ts';
import { strategicPatch } from '../patch/strategic-patch.ts';
import { isTrue } from '../request-info.ts';
import {
  ApiError,
  badRequest,
  invalid,
  invalidValue,
  notFound,
  required,
  UndecodableError,
} from '../status.ts';
import { createObject } from './create.ts';
import { readObject, report, shapeObject } from './decode-object.ts';
import { type WriteMode, writeMode } from './options.ts';
import { respondObject } from './output.ts';
import { current, replace } from './update.ts';

const jsonType = 'application/json-patch+json';
const mergeType = 'application/merge-patch+json';
const strategicType = 'application/strategic-merge-patch+json';
const applyType = 'application/apply-patch+yaml';

/** How often a patch without a resource version is computed again when another write came between. */
const attempts = 5;

/** PATCH of an object or its status, in the four forms of Kubernetes. @throws 415 for a form this kind does not take */
export async function patch(call: Call): Promise<Response> {
  const { resource, request } = call;
  const type = mediaTypeOf(request.headers.get('content-type'));
  const accepted = [jsonType, mergeType, ...(resource.builtin ? [strategicType] : []), applyType];
  if (!accepted.includes(type))
    throw unsupportedMediaType([...accepted, 'application/apply-patch+cbor'].join(', '));
  const mode = writeMode(call, 'PatchOptions');
  const text = await readText(request);
  if (type === applyType) return apply(call, text, mode);
  const body = readPatch(text, type);
  for (let attempt = 1; ; attempt++) {
    try {
      return respondObject(call, await patchOnce(call, type, body, mode));
    } catch (error) {
      const lostRace = error instanceof ApiError && error.code === 409 && error.status.reason === 'Conflict';
      if (!lostRace || attempt >= attempts || namesVersion(body)) throw error;
    }
  }
}

function namesVersion(body: unknown): boolean {
  return JSON.stringify(body).includes('resourceVersion') || JSON.stringify(body).includes('"uid"');
}

async function patchOnce(call: Call, type: string, body: unknown, mode: WriteMode): Promise<KubeObject> {
  const old = current(call);
  const patched =
    type === jsonType
      ? jsonPatch(old, body)
      : type === mergeType
        ? mergePatch(old, body)
        : strategicPatch(old, body);
  if (!isObject(patched)) throw badRequest('the patch leaves no object');
  const unknown: string[] = [];
  const object = decodePatched(type, body, patched, () => shapeObject(call.resource, patched, unknown));
  report(call, unknown, mode);
  checkIdentity(old, patched);
  return replace(call, old, object, mode);
}

function readPatch(text: string, type: string): unknown {
  if (type === jsonType) return readJsonPatch(text);
  return readMergePatch(text, type === mergeType ? 'error decoding patch: ' : '');
}

/** What a patch makes of an object has to decode; a strategic patch is decoded by another decoder than JSON's. */
function decodePatched(
  type: string,
  body: unknown,
  patched: JsonObject,
  decode: () => KubeObject,
): KubeObject {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    const isStrategic = type === strategicType;
    const value = isStrategic ? printed(body) : JSON.stringify(sortedKeys(patched));
    const problem = isStrategic ? conversionProblem(error) : error.message;
    throw invalid({ group: '', resource: '' }, '', [invalidValue('patch', value, problem)]);
  }
}

/** `k8s.io/apimachinery/pkg/runtime.DefaultUnstructuredConverter` */
function conversionProblem({ expected, actual, message }: UndecodableError): string {
  if (expected.startsWith('[]')) return `cannot restore slice from ${goKinds[actual] ?? actual}`;
  if (expected.startsWith('map[')) return `cannot restore map from ${goKinds[actual] ?? actual}`;
  if (expected.startsWith('v1.')) return `cannot restore struct from: ${goKinds[actual] ?? actual}`;
  return message.startsWith('json:') ? `unrecognized type: ${expected}` : message;
}

const goKinds: Record<string, string> = { object: 'map', array: 'slice', number: 'int64' };

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedKeys(value[key])]),
  );
}

/** A patch can't rename, move or retype an object. */
function checkIdentity(old: KubeObject, patched: JsonObject): void {
  const metadata = isObject(patched.metadata) ? patched.metadata : {};
  if (metadata.name !== old.metadata.name) {
    throw badRequest(
      `the name of the object (${String(metadata.name ?? '')}) does not match the name on the URL (${old.metadata.name})`,
    );
  }
  if (metadata.namespace !== old.metadata.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (patched.kind !== old.kind || patched.apiVersion !== old.apiVersion) {
    throw badRequest('the kind and apiVersion of an object can not be changed by a patch');
  }
}

async function apply(call: Call, text: string, mode: WriteMode): Promise<Response> {
  const { resource, info } = call;
  if (!info.query.get('fieldManager')) {
    throw invalid({ group: 'meta.k8s.io', resource: 'PatchOptions' }, '', [
      required('fieldManager', 'is required for apply patch'),
    ]);
  }
  const decoded = decode(text, applyType, resource.kind);
  const raw = isObject(decoded) ? decoded : {};
  const metadata = isObject(raw.metadata) ? raw.metadata : {};
  if (metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  if (typeof metadata.name === 'string' && metadata.name !== info.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${info.name ?? ''})`,
    );
  }
  // The configuration may leave out the name: the URL has it.
  const named = {
    ...raw,
    metadata: { name: info.name, ...(info.namespace ? { namespace: info.namespace } : {}), ...metadata },
  };
  const config = withoutDefaults(call, readObject(call, named, mode), named);
  const known = collectionOf(call).get(keyIn(resource, info.namespace, info.name ?? ''));
  if (!known && info.subresource) throw notFound(resource, info.name ?? '');
  const live = known && present(resource, known);
  const force = isTrue(info.query.get('force'));
  const { object, entries } = applyConfiguration(live, config, mode.writer, resource, force);
  const shaped = shapeObject(resource, object, []);
  if (!live) return respondObject(call, await createObject(call, shaped, mode, entries), 201);
  shaped.metadata.managedFields = live.metadata.managedFields ?? [];
  return respondObject(call, await replace(call, live, shaped, mode, entries));
}

/** Fields that only the schema's defaults brought in are not applied: they belong to nobody. */
function withoutDefaults(call: Call, object: KubeObject, sent: JsonObject): KubeObject {
  if (call.resource.builtin) return object;
  const keep = (value: unknown, original: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((item, index) => keep(item, Array.isArray(original) ? original[index] : undefined));
    if (!isObject(value) || !isObject(original)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => Object.hasOwn(original, key))
        .map(([key, child]) => [key, keep(child, original[key])]),
    );
  };
  return { ...(keep(object, sent) as KubeObject), metadata: object.metadata };
}
