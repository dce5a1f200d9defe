import type { KubeObject } from '../../client/types.ts';
import { readDecoded } from '../body.ts';
import { type Call, collectionOf, keyIn, present } from '../core.ts';
import { recordUpdate } from '../fields/managed-fields.ts';
import { equal, omit } from '../json.ts';
import { chargesFor, commitCharges } from '../quota/admit-quota.ts';
import { badRequest, conflict, invalid, invalidValue, notFound } from '../status.ts';
import { admit, mutate, refuseEscalation } from './admit.ts';
import { checkObject, invalidObject, stored } from './create.ts';
import { readObject } from './decode-object.ts';
import { type WriteMode, writeMode } from './options.ts';
import { respondObject } from './output.ts';

/** PUT of an object or its status. */
export async function update(call: Call): Promise<Response> {
  const mode = writeMode(call, 'UpdateOptions');
  const body = await readDecoded(call.request, call.resource.kind);
  const sent = readObject(call, body, mode);
  checkName(call, sent);
  const old = current(call);
  const { resourceVersion } = sent.metadata;
  if (!resourceVersion && !call.resource.unconditionalUpdate) {
    throw invalid(call.resource, sent.metadata.name ?? '', [
      invalidValue('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  return respondObject(call, await replace(call, old, sent, mode));
}

/** The object that the request names, in the request's version. @throws 404 */
export function current(call: Call): KubeObject {
  const { info, resource } = call;
  const found = collectionOf(call).get(keyIn(resource, info.namespace, info.name ?? ''));
  if (!found) throw notFound(resource, info.name ?? '');
  return present(resource, found);
}

function checkName(call: Call, sent: KubeObject): void {
  const { name, namespace } = call.info;
  if (!sent.metadata.name) throw badRequest('the name of the object (metadata.name) must be set');
  if (sent.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${sent.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (sent.metadata.namespace && namespace && sent.metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

/**
 * Replaces `old` by `sent`, as an update or the end of a patch: keeps what the client may not change, validates,
 * stores unless nothing changed, and completes a deletion that waited for its last finalizer.
 * @throws 409 when `sent` is based on another resource version or uid
 */
export async function replace(
  call: Call,
  old: KubeObject,
  sent: KubeObject,
  mode: WriteMode,
  entries?: unknown[],
): Promise<KubeObject> {
  const { resource } = call;
  checkPreconditions(call, old, sent);
  const prepared = prepareUpdate(call, old, sent);
  if (!call.info.subresource) resource.defaults?.(prepared, old);
  const { dryRun, writer } = mode;
  const request = { operation: 'UPDATE', dryRun, name: old.metadata.name, oldObject: old } as const;
  const object = (await mutate(call, { ...request, object: prepared })) ?? prepared;
  const errors = checkObject(call, object, old);
  if (errors.length > 0) throw invalidObject(call, object, errors);
  refuseEscalation(call, object, old);
  await admit(call, { ...request, object });
  // Admission may have waited: what stands there now must still be what this write is based on.
  const latest = current(call);
  if (latest.metadata.resourceVersion !== old.metadata.resourceVersion)
    throw conflict(resource, old.metadata.name ?? '');
  const charges = chargesFor(call, object, old);
  if (!dryRun) commitCharges(call, charges);
  return commit(call, old, bumpGeneration(call, old, object), writer, dryRun, entries);
}

function commit(
  call: Call,
  old: KubeObject,
  object: KubeObject,
  writer: WriteMode['writer'],
  dryRun: boolean,
  entries: unknown[] | undefined,
): KubeObject {
  const { resource, core } = call;
  const managedFields = entries ?? recordUpdate(old, object, writer, resource);
  const next = withManagedFields(object, managedFields);
  if (unchanged(old, next)) return old;
  if (dryRun)
    return { ...next, metadata: { ...next.metadata, resourceVersion: old.metadata.resourceVersion ?? '' } };
  const { group, resource: plural } = resource.storage;
  if (isFinished(next)) return present(resource, core.store.remove(group, plural, stored(call, next)));
  return present(resource, core.store.put(group, plural, stored(call, next)));
}

function withManagedFields(object: KubeObject, managedFields: unknown[]): KubeObject {
  const metadata = { ...object.metadata };
  if (managedFields.length > 0) metadata.managedFields = managedFields;
  else delete metadata.managedFields;
  return { ...object, metadata };
}

/** A write that changes nothing but times of managed fields keeps the resource version. */
function unchanged(old: KubeObject, next: KubeObject): boolean {
  const bare = (object: KubeObject) => ({
    ...object,
    metadata: omit({ ...object.metadata }, 'managedFields', 'resourceVersion'),
  });
  if (!equal(bare(old), bare(next))) return false;
  const fields = (object: KubeObject) =>
    (object.metadata.managedFields ?? []).map((entry) => omit(entry as Record<string, unknown>, 'time'));
  return equal(fields(old), fields(next));
}

/** Deleted, and the last finalizer is gone: the object goes with this write. */
export function isFinished(object: KubeObject): boolean {
  if (!object.metadata.deletionTimestamp || object.metadata.finalizers?.length) return false;
  if (object.metadata.deletionGracePeriodSeconds) return false;
  const spec =
    object.kind === 'Namespace' ? (object.spec as { finalizers?: unknown[] } | undefined) : undefined;
  return !spec?.finalizers?.length;
}

function checkPreconditions(call: Call, old: KubeObject, sent: KubeObject): void {
  const { name = '' } = old.metadata;
  if (sent.metadata.uid && sent.metadata.uid !== old.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${sent.metadata.uid}, UID in object meta: ${old.metadata.uid}`;
    throw conflict(call.resource, name, why);
  }
  const { resourceVersion } = sent.metadata;
  if (resourceVersion && resourceVersion !== '0' && resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(call.resource, name);
  }
}

/** Keeps what this kind of write may not touch: status or all but status, and the metadata that the server owns. */
function prepareUpdate(call: Call, old: KubeObject, sent: KubeObject): KubeObject {
  const { subresource } = call.info;
  const { resource } = call;
  if (subresource === 'status') {
    const metadata = {
      ...old.metadata,
      managedFields: sent.metadata.managedFields ?? old.metadata.managedFields ?? [],
    };
    const object: KubeObject = { ...old, metadata };
    if (sent.status === undefined) delete object.status;
    else object.status = sent.status;
    return object;
  }
  const server = old.metadata;
  const metadata = { ...sent.metadata };
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'generation',
    'generateName',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    delete metadata[field];
    if (server[field] !== undefined) Object.assign(metadata, { [field]: server[field] });
  }
  metadata.resourceVersion = server.resourceVersion ?? '';
  for (const field of ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const) {
    const value = metadata[field];
    if (value && Object.keys(value).length === 0) delete metadata[field];
  }
  const object: KubeObject = { ...sent, metadata };
  if (resource.hasStatus) {
    if (old.status === undefined) delete object.status;
    else object.status = old.status;
  }
  // Finalizers of a namespace change through its `finalize` subresource only.
  if (resource.resource === 'namespaces' && resource.group === '' && subresource !== 'finalize')
    object.spec = old.spec;
  return object;
}

function bumpGeneration(call: Call, old: KubeObject, object: KubeObject): KubeObject {
  if (!call.resource.hasGeneration || call.info.subresource === 'status') return object;
  const ignored = call.resource.hasStatus ? ['metadata', 'status'] : ['metadata'];
  if (equal(omit(old, ...ignored), omit(object, ...ignored))) return object;
  return { ...object, metadata: { ...object.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}
