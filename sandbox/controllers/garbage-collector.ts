import { runController, watchOf } from '../client/controller.ts';
import { type Discovered, discover } from '../client/discover.ts';
import { type Informer, keyOf, splitKey } from '../client/informer.ts';
import { StatusError } from '../client/status-error.ts';
import type { KubeObject, OwnerReference } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

/** An object as the collector names it: `plural.group|namespace/name`. */
type Id = string;

/**
 * Deletes objects whose owners are all gone, and carries out foreground and orphan deletion
 * (`pkg/controller/garbagecollector`). It watches every kind that can be listed, watched and deleted.
 */
export function runGarbageCollector(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-controller-manager');
  const watched = new Map<string, { resource: Discovered; informer: Informer }>();
  /** uid of an owner → those that name it as their owner. */
  const dependents = new Map<string, Set<Id>>();
  const living = new Map<string, Id>();
  const crds = cluster.informers.of(refs.crds);

  const find = (id: Id) => {
    const bar = id.indexOf('|');
    const entry = watched.get(id.slice(0, bar));
    const object = entry?.informer.get(id.slice(bar + 1));
    return entry && object ? { ...entry, object } : undefined;
  };

  const controller = runController({
    name: 'garbage-collector',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      // OLM labels CRDs again and again; only what changes the served kinds is worth asking discovery.
      watchOf(crds, ({ type, object, previous }) =>
        type === 'MODIFIED' && servedBy(object) === servedBy(previous) ? [] : ['discover'],
      ),
    ],
    reconcile: async (key) => {
      if (key === 'discover') {
        // CRDs come in crowds; one look at discovery does for all of them.
        await new Promise((resolve) => setTimeout(resolve, 100));
        return learn();
      }
      const found = find(key);
      if (!found) return;
      const { resource, object } = found;
      const finalizers = object.metadata.finalizers ?? [];
      if (object.metadata.deletionTimestamp && finalizers.includes(orphan)) return release(resource, object);
      if (object.metadata.deletionTimestamp && finalizers.includes(foreground))
        return deleteDependents(resource, object);
      if (!object.metadata.deletionTimestamp) await collect(resource, object);
    },
  });

  /** Starts to watch kinds that came with a CRD. */
  const learn = async () => {
    for (const resource of await discover(client)) {
      const name = `${resource.resource}.${resource.group}`;
      if (watched.has(name) || name === 'events.' || name === 'events.events.k8s.io') continue;
      if (!['list', 'watch', 'delete'].every((verb) => resource.verbs.includes(verb))) continue;
      const informer = cluster.informers.of(resource);
      watched.set(name, { resource, informer });
      informer.on(({ type, object, previous }) => {
        const id = `${name}|${keyOf(object)}`;
        const { uid = '' } = object.metadata;
        for (const owner of previous?.metadata.ownerReferences ?? []) dependents.get(owner.uid)?.delete(id);
        if (type === 'DELETED') {
          if (living.get(uid) === id) living.delete(uid);
          for (const dependent of dependents.get(uid) ?? []) controller.enqueue(dependent);
          // Foreground deletion of an owner waits for this one.
          for (const owner of object.metadata.ownerReferences ?? []) enqueueOwner(owner);
          return;
        }
        living.set(uid, id);
        for (const owner of object.metadata.ownerReferences ?? []) {
          const known = dependents.get(owner.uid) ?? new Set();
          dependents.set(owner.uid, known.add(id));
        }
        if (object.metadata.ownerReferences?.length || object.metadata.deletionTimestamp)
          controller.enqueue(id);
      });
    }
  };

  const enqueueOwner = (owner: OwnerReference) => {
    const id = living.get(owner.uid);
    if (id) controller.enqueue(id);
  };

  /** Deletes an object that has owners when none of them is left. */
  const collect = async (resource: Discovered, object: KubeObject) => {
    const owners = object.metadata.ownerReferences ?? [];
    if (owners.length === 0) return;
    const states = await Promise.all(owners.map((owner) => stateOf(owner, object)));
    if (states.some((state) => state === 'solid' || state === 'unresolvable')) return;
    const isWaitedFor = states.includes('waiting');
    await remove(resource, object, isWaitedFor ? 'Foreground' : 'Background');
  };

  const stateOf = async (owner: OwnerReference, dependent: KubeObject) => {
    const id = living.get(owner.uid);
    const known = id === undefined ? undefined : find(id)?.object;
    const object = known ?? (await lookUp(owner, dependent));
    if (object === 'unresolvable') return 'unresolvable';
    if (object?.metadata.uid !== owner.uid) return 'gone';
    const isWaiting = object.metadata.deletionTimestamp && object.metadata.finalizers?.includes(foreground);
    return isWaiting ? 'waiting' : 'solid';
  };

  /** Asks the API server: what the watches have not shown yet is not gone. */
  const lookUp = async (
    owner: OwnerReference,
    dependent: KubeObject,
  ): Promise<KubeObject | 'unresolvable' | undefined> => {
    const group = owner.apiVersion.includes('/') ? (owner.apiVersion.split('/')[0] ?? '') : '';
    const entry = [...watched.values()].find(
      ({ resource }) => resource.kind === owner.kind && resource.group === group,
    );
    if (!entry) return 'unresolvable';
    const { namespaced } = entry.resource;
    if (namespaced && !dependent.metadata.namespace) return 'unresolvable';
    return client.find(entry.resource, {
      namespace: namespaced ? dependent.metadata.namespace : undefined,
      name: owner.name,
    });
  };

  const remove = async (
    resource: Discovered,
    object: KubeObject,
    propagationPolicy: 'Background' | 'Foreground',
  ) => {
    const { namespace, name = '', uid = '' } = object.metadata;
    try {
      await client.delete(resource, { namespace, name }, { propagationPolicy, preconditions: { uid } });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  };

  const deleteDependents = async (resource: Discovered, object: KubeObject) => {
    const blocking = [...(dependents.get(object.metadata.uid ?? '') ?? [])]
      .flatMap((id) => find(id) ?? [])
      .filter(({ object: dependent }) =>
        dependent.metadata.ownerReferences?.some(
          (owner) => owner.uid === object.metadata.uid && owner.blockOwnerDeletion,
        ),
      );
    for (const id of dependents.get(object.metadata.uid ?? '') ?? []) {
      const dependent = find(id);
      if (dependent && !dependent.object.metadata.deletionTimestamp)
        await collect(dependent.resource, dependent.object);
    }
    if (blocking.length === 0) await dropFinalizer(resource, object, foreground);
  };

  const release = async (resource: Discovered, object: KubeObject) => {
    for (const id of dependents.get(object.metadata.uid ?? '') ?? []) {
      const dependent = find(id);
      if (!dependent) continue;
      const ownerReferences = (dependent.object.metadata.ownerReferences ?? []).filter(
        ({ uid }) => uid !== object.metadata.uid,
      );
      const body = { metadata: { uid: dependent.object.metadata.uid, ownerReferences } };
      await client.patch(dependent.resource, splitKey(keyOf(dependent.object)), body, { type: 'merge' });
    }
    await dropFinalizer(resource, object, orphan);
  };

  const dropFinalizer = async (resource: Discovered, object: KubeObject, finalizer: string) => {
    const { namespace, name = '', uid, resourceVersion } = object.metadata;
    const finalizers = (object.metadata.finalizers ?? []).filter((known) => known !== finalizer);
    const body = { metadata: { uid, resourceVersion, finalizers } };
    try {
      await client.patch(resource, { namespace, name }, body, { type: 'merge' });
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 404)) throw error;
    }
  };

  controller.enqueue('discover');
}

function isGone(error: unknown): boolean {
  return error instanceof StatusError && (error.code === 404 || error.code === 409);
}

/** What of a CRD decides which kinds are served. */
function servedBy(crd: KubeObject | undefined): string {
  const { conditions = [] } = (crd?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  const established = conditions.some(({ type, status }) => type === 'Established' && status === 'True');
  return `${crd?.metadata.generation} ${established}`;
}
