import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import { readDecoded } from '../body.ts';
import { type Call, collectionOf, present } from '../core.ts';
import { isObject } from '../json.ts';
import { respond } from '../negotiate.ts';
import { crdGroup, crdResource } from '../registry.ts';
import { badRequest, conflict, invalid, invalidValue } from '../status.ts';
import { admit, refuseImmortal } from './admit.ts';
import { stored } from './create.ts';
import { selectorsOf } from './list.ts';
import { isDryRun } from './options.ts';
import { respondObject, warningHeaders } from './output.ts';
import { current, isFinished } from './update.ts';

const crdFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

interface Options {
  propagationPolicy: string | undefined;
  gracePeriodSeconds: number | undefined;
  uid: string | undefined;
  resourceVersion: string | undefined;
  dryRun: boolean;
}

const ownStorages = new Set(['namespaces', crdResource]);
const policies = ['Background', 'Foreground', 'Orphan'];

/** DELETE of one object. Answers the object while something still holds it, a Status of success when it is gone. */
export async function deleteOne(call: Call): Promise<Response> {
  const options = await readOptions(call);
  const object = current(call);
  const { name = '', uid } = object.metadata;
  checkPreconditions(call, object, options);
  const left = await remove(call, object, options);
  if (left) return respondObject(call, left);
  const { group, resource } = call.resource;
  const details = { name, ...(group ? { group } : {}), kind: resource, uid };
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return respond(body, { headers: warningHeaders(call), as: call.accept });
}

/** What the generic registry says before it deletes; Namespaces and CRDs have storages of their own, which say it otherwise. */
function checkPreconditions({ resource }: Call, { metadata }: KubeObject, options: Options): void {
  const { name = '', uid, resourceVersion } = metadata;
  const own = ownStorages.has(resource.resource);
  const subject = own ? resource : { group: resource.group, resource: resource.kind };
  if (options.uid && options.uid !== uid) {
    const why = own
      ? `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${uid}`
      : `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(subject, name, why);
  }
  if (options.resourceVersion && options.resourceVersion !== resourceVersion) {
    const why = own
      ? `Precondition failed: ResourceVersion in precondition: ${options.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`
      : `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(subject, name, why);
  }
}

/** DELETE of everything that the selectors choose; answers the list of what was deleted. */
export async function deleteCollection(call: Call): Promise<Response> {
  const options = await readOptions(call);
  const matches = selectorsOf(call);
  const namespace = call.resource.namespaced ? call.info.namespace : undefined;
  const items: KubeObject[] = [];
  for (const object of collectionOf(call).sorted(namespace)) {
    if (!matches(object)) continue;
    items.push(present(call.resource, object));
    await remove(call, present(call.resource, object), options);
  }
  const { kind, group, version } = call.resource;
  const apiVersion = group ? `${group}/${version}` : version;
  const metadata = { resourceVersion: String(call.core.store.revision) };
  return respond({ kind: `${kind}List`, apiVersion, metadata, items }, { as: call.accept });
}

/** Deletes, or marks as being deleted what finalizers or a grace period keep; gives the object while it stays. */
async function remove(call: Call, object: KubeObject, options: Options): Promise<KubeObject | undefined> {
  const { core, resource } = call;
  const { name = '' } = object.metadata;
  refuseImmortal(call, name);
  await admit(call, { operation: 'DELETE', dryRun: options.dryRun, name, oldObject: object });
  const marked = mark(call, object, options);
  const { group, resource: plural } = resource.storage;
  if (isFinished(marked)) {
    if (!options.dryRun) core.store.remove(group, plural, stored(call, marked));
    return undefined;
  }
  if (options.dryRun) return marked;
  if (marked === object) return object;
  return present(resource, core.store.put(group, plural, stored(call, marked)));
}

function mark(call: Call, object: KubeObject, options: Options): KubeObject {
  const { metadata } = object;
  const isDefinition = call.resource.resource === crdResource && call.resource.group === crdGroup;
  // A CRD waits for its objects from its first deletion on, whoever made it.
  const own = isDefinition && !metadata.deletionTimestamp ? [crdFinalizer] : [];
  const finalizers = withPolicy([...(metadata.finalizers ?? []), ...own], options.propagationPolicy);
  const grace = graceOf(call, object, options);
  if (metadata.deletionTimestamp) {
    const shorter = grace < (metadata.deletionGracePeriodSeconds ?? 0);
    if (!shorter && finalizers.length === (metadata.finalizers ?? []).length) return object;
    return {
      ...object,
      metadata: { ...metadata, ...(shorter ? { deletionGracePeriodSeconds: grace } : {}), finalizers },
    };
  }
  const marked: KubeObject = {
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: grace > 0 ? inSeconds(grace) : now(),
      deletionGracePeriodSeconds: grace,
      ...(finalizers.length > 0 ? { finalizers } : {}),
      ...(call.resource.hasGeneration && !call.resource.builtin
        ? { generation: (metadata.generation ?? 0) + 1 }
        : {}),
    },
  };
  if (call.resource.resource === 'namespaces' && call.resource.group === '') {
    delete marked.metadata.deletionGracePeriodSeconds;
    marked.status = { ...(isObject(object.status) ? object.status : {}), phase: 'Terminating' };
  }
  return marked;
}

/** Only pods that run on a node are given time to stop; their kubelet removes them. */
function graceOf(call: Call, object: KubeObject, options: Options): number {
  if (call.resource.resource !== 'pods') return 0;
  const spec = isObject(object.spec) ? object.spec : {};
  const status = isObject(object.status) ? object.status : {};
  if (!spec.nodeName || status.phase === 'Succeeded' || status.phase === 'Failed') return 0;
  if (options.gracePeriodSeconds !== undefined) return options.gracePeriodSeconds;
  return typeof spec.terminationGracePeriodSeconds === 'number' ? spec.terminationGracePeriodSeconds : 30;
}

function withPolicy(finalizers: string[], policy: string | undefined): string[] {
  const rest = finalizers.filter((finalizer) => finalizer !== 'orphan' && finalizer !== 'foregroundDeletion');
  if (policy === 'Orphan') return [...rest, 'orphan'];
  if (policy === 'Foreground') return [...rest, 'foregroundDeletion'];
  return policy === 'Background' ? rest : finalizers;
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
}

async function readOptions(call: Call): Promise<Options> {
  const body = await readDecoded(call.request, 'DeleteOptions', { optional: true });
  const sent = isObject(body) ? body : {};
  const { query } = call.info;
  const policy = sent.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  if (policy !== undefined && (typeof policy !== 'string' || !policies.includes(policy))) {
    throw invalid({ group: 'meta.k8s.io', resource: 'DeleteOptions' }, '', [
      invalidValue('propagationPolicy', policy, 'must be one of "Foreground", "Background", or "Orphan"'),
    ]);
  }
  const grace = sent.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  if (grace !== undefined && !Number.isInteger(Number(grace)))
    throw badRequest('gracePeriodSeconds must be an integer');
  const preconditions = isObject(sent.preconditions) ? sent.preconditions : {};
  const dryRun = [...(Array.isArray(sent.dryRun) ? sent.dryRun.map(String) : []), ...query.getAll('dryRun')];
  const orphan = sent.orphanDependents === true ? 'Orphan' : undefined;
  return {
    propagationPolicy: typeof policy === 'string' ? policy : orphan,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    uid: typeof preconditions.uid === 'string' ? preconditions.uid : undefined,
    resourceVersion:
      typeof preconditions.resourceVersion === 'string' ? preconditions.resourceVersion : undefined,
    dryRun: isDryRun(dryRun, 'DeleteOptions'),
  };
}
