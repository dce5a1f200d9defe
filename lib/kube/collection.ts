import 'server-only';
import type { KubeClient } from './client';
import { KubeError } from './errors';
import type { KubeObject, ResourceRef } from './types';
import { watchChanges } from './watch';

const POLL_MS = 5_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A collection that is kept in step with the cluster: listed once, then watched. */
export interface Collection<T extends KubeObject> {
  items(): T[];
}

/**
 * Lists a collection and follows it until `signal` aborts.
 * @param slim what of an object is kept
 * @param onChange called after every change
 * @throws KubeError when the first list is refused
 */
export async function openCollection<T extends KubeObject>(
  kube: KubeClient,
  ref: ResourceRef,
  options: { namespace?: string; signal: AbortSignal },
  slim: (object: T) => T,
  onChange: () => void,
): Promise<Collection<T>> {
  let objects = new Map<string, T>();
  const read = async () => {
    const { items, resourceVersion } = await kube.list<T>(ref, options);
    objects = new Map(items.map((item) => [item.metadata.uid, slim(item)]));
    return resourceVersion;
  };
  // Whoever may list but not watch is served as well, only later.
  const poll = async () => {
    while (!options.signal.aborted) {
      await pause(POLL_MS);
      // What could not be read now is read the next time.
      await read().then(onChange, () => {});
    }
  };
  const resourceVersion = await read();
  void watchChanges<T>(
    kube,
    ref,
    { ...options, resourceVersion },
    {
      onEvent: ({ type, object }) => {
        if (type === 'DELETED') objects.delete(object.metadata.uid);
        else objects.set(object.metadata.uid, slim(object));
        onChange();
      },
      readAgain: async () => {
        const end = await read();
        onChange();
        return end;
      },
      onRefused: () => void poll(),
    },
  );
  return { items: () => [...objects.values()] };
}

/**
 * The same over the whole cluster, or over some namespaces for a user who may not list all of it.
 * @throws KubeError when the user may list none of them
 */
export async function openWherePossible<T extends KubeObject>(
  kube: KubeClient,
  ref: ResourceRef,
  options: { namespaces: readonly string[]; signal: AbortSignal },
  slim: (object: T) => T,
  onChange: () => void,
): Promise<Collection<T>> {
  const { namespaces, signal } = options;
  try {
    return await openCollection(kube, ref, { signal }, slim, onChange);
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403 || namespaces.length === 0) throw error;
    const parts = await Promise.all(
      namespaces.map((namespace) => openCollection(kube, ref, { namespace, signal }, slim, onChange)),
    );
    return { items: () => parts.flatMap((part) => part.items()) };
  }
}
