import { hasReason } from '../../client/status-error.ts';
import type { KubeObject, ObjectKey, OwnerReference, ResourceRef } from '../../client/types.ts';
import { now } from '../../now.ts';
import { type InstallPlan, olmVersion, type Step, type StepStatus, type Subscription } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { crdStep } from './crd-step.ts';
import { resourceFor } from './rest-mapper.ts';
import type { StepManifests } from './step-manifests.ts';

/**
 * Does one step of a plan: creates its object, or meets the one that is there already.
 * @returns `Created`, `Present`, or `WaitingForApi` for a CRD that is not established yet
 * @throws with the message that OLM puts on the plan
 */
export async function executeStep(
  olm: OlmContext,
  plan: InstallPlan,
  step: Step,
  manifests: StepManifests,
): Promise<StepStatus> {
  const namespace = plan.metadata.namespace ?? '';
  const { kind, name, group, version } = step.resource;
  const apiVersion = group ? `${group}/${version}` : version;
  // What OLM generated has no kind of its own.
  const object: KubeObject = { ...{ apiVersion, kind }, ...(await manifests.of(step)) };
  const ref = await resourceFor(olm.cluster.client, object.apiVersion, kind);
  if (!ref) throw new Error(apiMissing(object, step));
  if (kind === 'CustomResourceDefinition') {
    return crdStep(olm, object, step.status, { namespace, name: step.resolving });
  }
  if (kind === 'Subscription') return subscriptionStep(olm, plan, object);
  const prepared = ref.namespaced ? inNamespace(object, namespace) : withoutNamespace(object);
  prepared.metadata = await withOwnerUids(olm, prepared, namespace, step.resolving);
  prepared.metadata.labels = { ...prepared.metadata.labels, 'olm.managed': 'true' };
  return ensure(olm, ref, { namespace: ref.namespaced ? namespace : undefined, name }, prepared);
}

function apiMissing(object: KubeObject, { resource }: Step): string {
  return (
    `api-server resource not found installing ${resource.kind} ${resource.name}: ` +
    `GroupVersionKind ${object.apiVersion}, Kind=${resource.kind} not found on the cluster. ` +
    'This API may have been deprecated and removed, see ' +
    'https://kubernetes.io/docs/reference/using-api/deprecation-guide/ for more information.'
  );
}

function inNamespace(object: KubeObject, namespace: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _namespace, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/**
 * Owner references to a CSV of this plan were written before the CSV had a uid; an object of a bundle that lives in a
 * namespace goes with its CSV.
 */
async function withOwnerUids(
  olm: OlmContext,
  { kind, metadata }: KubeObject,
  namespace: string,
  csvName: string,
): Promise<KubeObject['metadata']> {
  const { ownerReferences: given, ...rest } = metadata;
  if (kind === 'ClusterServiceVersion' || !rest.namespace) return rest;
  const ownerReferences = given ?? [
    {
      apiVersion: olmVersion,
      kind: 'ClusterServiceVersion',
      name: csvName,
      uid: '',
      controller: false,
      blockOwnerDeletion: false,
    },
  ];
  const resolved: OwnerReference[] = [];
  for (const owner of ownerReferences) {
    if (owner.uid !== '' || owner.kind !== 'ClusterServiceVersion') resolved.push(owner);
    else {
      const csv = await olm.cluster.client.get(refs.clusterServiceVersions, { namespace, name: owner.name });
      resolved.push({ ...owner, uid: csv.metadata.uid ?? '' });
    }
  }
  return { ...rest, ownerReferences: resolved };
}

async function ensure(
  olm: OlmContext,
  ref: ResourceRef,
  key: ObjectKey,
  object: KubeObject,
): Promise<StepStatus> {
  const { client } = olm.cluster;
  try {
    await client.create(ref, object, { fieldManager: 'catalog' });
    return 'Created';
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists')) throw failure(error, object);
  }
  // The CSV of that name counts, even a copied one; OLM neither compares nor changes it.
  if (object.kind === 'ClusterServiceVersion') return 'Present';
  const there = await client.get(ref, key);
  const owners = mergeOwners(there.metadata.ownerReferences ?? [], object.metadata.ownerReferences ?? []);
  const merged: KubeObject = {
    ...there,
    ...(object.kind === 'ServiceAccount' ? {} : changeable(object, there)),
    metadata: {
      ...there.metadata,
      labels: { ...there.metadata.labels, ...object.metadata.labels },
      ...(owners.length > 0 ? { ownerReferences: owners } : {}),
    },
  };
  await client.update(ref, merged, { fieldManager: 'catalog' }).catch((error: unknown) => {
    throw failure(error, object);
  });
  return 'Present';
}

/** What an update of an existing object takes over; a Service keeps the address that the cluster gave it. */
function changeable(object: KubeObject, there: KubeObject): Partial<KubeObject> {
  const { apiVersion: _a, kind, metadata: _m, status: _s, ...rest } = object;
  if (kind !== 'Service') return rest;
  const { clusterIP, clusterIPs } = (there.spec ?? {}) as Record<string, unknown>;
  return { spec: { ...(object.spec as object), ...(clusterIP ? { clusterIP, clusterIPs } : {}) } };
}

function mergeOwners(there: OwnerReference[], wanted: OwnerReference[]): OwnerReference[] {
  return [...there, ...wanted.filter(({ uid }) => !there.some((owner) => owner.uid === uid))];
}

async function subscriptionStep(olm: OlmContext, plan: InstallPlan, object: KubeObject): Promise<StepStatus> {
  const { client } = olm.cluster;
  const wanted = inNamespace(object, plan.metadata.namespace ?? '') as Subscription;
  try {
    const created = await client.create<Subscription>(refs.subscriptions, wanted, {
      fieldManager: 'catalog',
    });
    const { name = '', namespace = '', uid = '', resourceVersion = '' } = plan.metadata;
    const reference = { apiVersion: plan.apiVersion, kind: plan.kind, name };
    await client.updateStatus<Subscription>(refs.subscriptions, {
      ...created,
      status: {
        state: 'UpgradePending',
        ...(wanted.spec.startingCSV ? { currentCSV: wanted.spec.startingCSV } : {}),
        installPlanGeneration: plan.spec.generation ?? 1,
        installPlanRef: { ...reference, namespace, uid, resourceVersion },
        installplan: { ...reference, uuid: uid },
        lastUpdated: now(),
      },
    });
    return 'Created';
  } catch (error) {
    if (hasReason(error, 'AlreadyExists')) return 'Present';
    throw failure(error, object);
  }
}

function failure(error: unknown, { kind, metadata }: KubeObject): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`error creating ${kind} ${metadata.name}: ${message}`);
}
