import { randomUUID } from 'node:crypto';
import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import { readDecoded } from '../body.ts';
import { type Call, collectionOf, keyIn, present } from '../core.ts';
import { recordUpdate } from '../fields/managed-fields.ts';
import { validateMetadata } from '../meta/metadata.ts';
import { generateName } from '../meta/names.ts';
import { chargesFor, commitCharges } from '../quota/admit-quota.ts';
import { groupVersion } from '../resource.ts';
import { validate } from '../schema/validate.ts';
import { alreadyExists, badRequest, type FieldError, invalid } from '../status.ts';
import { admit, mutate, refuseEscalation, requireNamespace } from './admit.ts';
import { readObject } from './decode-object.ts';
import { type WriteMode, writeMode } from './options.ts';
import { respondObject } from './output.ts';

/** POST to a collection. */
export async function create(call: Call): Promise<Response> {
  const mode = writeMode(call, 'CreateOptions');
  const body = await readDecoded(call.request, call.resource.kind);
  const stored = await createObject(call, readObject(call, body, mode), mode);
  return respondObject(call, stored, 201);
}

/** Admits, defaults, validates and stores a new object. Server-side apply of a missing object ends here too. */
export async function createObject(
  call: Call,
  sent: KubeObject,
  mode: WriteMode,
  entries?: unknown[],
): Promise<KubeObject> {
  const { resource } = call;
  const prepared = prepare(call, sent);
  requireNamespace(call, prepared.metadata.name);
  resource.defaults?.(prepared, undefined);
  const { dryRun, writer } = mode;
  const request = { operation: 'CREATE', dryRun, name: prepared.metadata.name } as const;
  const object = (await mutate(call, { ...request, object: prepared })) ?? prepared;
  const errors = checkObject(call, object, undefined);
  if (errors.length > 0) throw invalidObject(call, object, errors);
  refuseEscalation(call, object, undefined);
  await admit(call, { ...request, object });
  const charges = chargesFor(call, object, undefined);
  const key = keyIn(resource, object.metadata.namespace, object.metadata.name ?? '');
  if (collectionOf(call).get(key)) throw alreadyExists(resource, object.metadata.name ?? '');
  const managedFields = entries ?? recordUpdate(undefined, object, writer, resource);
  const complete = {
    ...object,
    metadata: { ...object.metadata, ...(managedFields.length > 0 ? { managedFields } : {}) },
  };
  if (dryRun) return complete;
  commitCharges(call, charges);
  return present(
    resource,
    call.core.store.put(resource.storage.group, resource.storage.resource, stored(call, complete)),
  );
}

/** Objects are stored in their storage version. */
export function stored(call: Call, object: KubeObject): KubeObject {
  const { resource } = call;
  const version = resource.storageVersion;
  return { ...object, apiVersion: groupVersion({ group: resource.storage.group, version }) };
}

function prepare(call: Call, sent: KubeObject): KubeObject {
  const { resource, info } = call;
  const metadata = { ...sent.metadata };
  if (metadata.resourceVersion)
    throw badRequest('resourceVersion should not be set on objects to be created');
  if (resource.namespaced) {
    if (metadata.namespace && metadata.namespace !== info.namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    if (info.namespace) metadata.namespace = info.namespace;
  } else delete metadata.namespace;
  for (const field of [
    'resourceVersion',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'managedFields',
    'generation',
  ] as const) {
    delete metadata[field];
  }
  if (!metadata.name && metadata.generateName) metadata.name = generateName(metadata.generateName);
  metadata.uid = randomUUID();
  metadata.creationTimestamp = now();
  if (resource.hasGeneration) metadata.generation = 1;
  const object = { ...sent, metadata };
  if (resource.hasStatus && !keepsStatusOnCreate.has(resource.resource)) delete object.status;
  return object;
}

/** Kinds whose status the sandbox's own set-up writes in one go. */
const keepsStatusOnCreate = new Set(['nodes', 'namespaces', 'apiservices']);

/** Everything that is wrong with an object that is to be stored. */
export function checkObject(call: Call, object: KubeObject, old: KubeObject | undefined): FieldError[] {
  const { resource } = call;
  const errors = validateMetadata(object, resource, old);
  // The metadata of every object has been looked at; schemas of custom resources describe the rest.
  if (resource.schema && !resource.builtin) {
    const { metadata: _metadata, ...body } = object;
    errors.push(...validate({ ...body, metadata: {} }, resource.schema, '', resource.resolve));
  }
  errors.push(...(resource.validate?.(object, old) ?? []));
  return errors;
}

/** The refusal (422) of an object whose fields are wrong. */
export function invalidObject(call: Call, object: KubeObject, errors: FieldError[]) {
  const { group, kind } = call.resource;
  return invalid({ group, resource: kind }, object.metadata.name ?? '', errors);
}
