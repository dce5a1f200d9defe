import { pause } from '../pause.ts';
import type { KubeClient } from './kube-client.ts';
import { StatusError } from './status-error.ts';
import type { KubeObject, ObjectKey, ResourceRef } from './types.ts';

export interface InformerEvent<T extends KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
  /** What was known before; absent for `ADDED`. */
  previous?: T;
}

export interface InformerOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** `namespace/name`, or `name` alone for a cluster-scoped object: how informers and work queues name objects. */
export function keyOf(object: {
  metadata: { namespace?: string | undefined; name?: string | undefined };
}): string {
  const { namespace, name = '' } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/** The inverse of `keyOf`. */
export function splitKey(key: string): ObjectKey {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/**
 * Keeps an in-memory copy of one resource by list and watch, lists again after 410 or a cut connection, and tells
 * handlers what changed. Objects handed out are shared: clone before changing one (`structuredClone`).
 */
export class Informer<T extends KubeObject = KubeObject> {
  readonly ref: ResourceRef;
  /** Resolves when the first list is in the index. */
  readonly synced: Promise<void>;
  readonly #client: KubeClient;
  readonly #options: InformerOptions;
  readonly #items = new Map<string, T>();
  readonly #byNamespace = new Map<string, Map<string, T>>();
  readonly #handlers = new Set<(event: InformerEvent<T>) => void>();
  #markSynced: () => void = () => undefined;
  #started = false;

  constructor(client: KubeClient, ref: ResourceRef, options: InformerOptions = {}) {
    this.#client = client;
    this.ref = ref;
    this.#options = options;
    this.synced = new Promise((resolve) => {
      this.#markSynced = resolve;
    });
  }

  /** Begins to list and watch until `signal` aborts; further calls do nothing. */
  start(signal: AbortSignal): this {
    if (!this.#started) {
      this.#started = true;
      void this.#run(signal);
    }
    return this;
  }

  get(key: string | ObjectKey): T | undefined {
    return this.#items.get(typeof key === 'string' ? key : keyOf({ metadata: key }));
  }

  /** All objects, or those of one namespace. */
  list(namespace?: string): T[] {
    if (namespace === undefined) return [...this.#items.values()];
    return [...(this.#byNamespace.get(namespace)?.values() ?? [])];
  }

  /** Calls `handler` for everything known now (as `ADDED`) and for every change; the result unsubscribes. */
  on(handler: (event: InformerEvent<T>) => void): () => void {
    for (const object of this.#items.values()) handler({ type: 'ADDED', object });
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const resourceVersion = await this.#relist(signal);
        this.#markSynced();
        failures = 0;
        await this.#follow(resourceVersion, signal);
      } catch (error) {
        if (signal.aborted) return;
        // A kind that is not served yet (its CRD comes later) answers 404: the wait below is how informers find it.
        failures = isExpired(error) ? 0 : failures + 1;
        await pause(Math.min(50 * 2 ** failures, 2_000), signal);
      }
    }
  }

  async #relist(signal: AbortSignal): Promise<string> {
    const list = await this.#client.list<T>(this.ref, { ...this.#options, signal });
    const seen = new Set<string>();
    for (const object of list.items) {
      seen.add(keyOf(object));
      this.#store(object);
    }
    for (const [key, object] of [...this.#items]) if (!seen.has(key)) this.#remove(object);
    return list.metadata.resourceVersion ?? '';
  }

  /** Watches from `resourceVersion`, again from the last seen one whenever the server ends the stream in peace. */
  async #follow(from: string, signal: AbortSignal): Promise<void> {
    let resourceVersion = from;
    while (!signal.aborted) {
      const events = this.#client.watch<T>(this.ref, {
        ...this.#options,
        resourceVersion,
        allowWatchBookmarks: true,
        signal,
      });
      for await (const { type, object } of events) {
        resourceVersion = object.metadata.resourceVersion ?? resourceVersion;
        if (type === 'DELETED') this.#remove(object);
        else if (type !== 'BOOKMARK') this.#store(object);
      }
    }
  }

  #store(object: T): void {
    const key = keyOf(object);
    const previous = this.#items.get(key);
    if (previous?.metadata.resourceVersion === object.metadata.resourceVersion) return;
    // A relist that finds another uid under the same name missed the deletion: handlers must hear of it.
    if (previous && previous.metadata.uid !== object.metadata.uid) this.#remove(previous);
    const known = this.#items.get(key);
    this.#items.set(key, object);
    this.#namespaceOf(object).set(key, object);
    this.#tell(known ? { type: 'MODIFIED', object, previous: known } : { type: 'ADDED', object });
  }

  #remove(object: T): void {
    const key = keyOf(object);
    const previous = this.#items.get(key);
    if (!previous) return;
    this.#items.delete(key);
    this.#namespaceOf(object).delete(key);
    this.#tell({ type: 'DELETED', object, previous });
  }

  #namespaceOf(object: T): Map<string, T> {
    const namespace = object.metadata.namespace ?? '';
    let items = this.#byNamespace.get(namespace);
    if (!items) {
      items = new Map();
      this.#byNamespace.set(namespace, items);
    }
    return items;
  }

  #tell(event: InformerEvent<T>): void {
    for (const handler of this.#handlers) handler(event);
  }
}

/** One shared informer per resource, so that many controllers cost one watch. */
export class Informers {
  readonly #client: KubeClient;
  readonly #signal: AbortSignal;
  readonly #informers = new Map<string, unknown>();

  constructor(client: KubeClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** The started informer of that resource over all namespaces. The caller names the type it knows it to hold. */
  of<T extends KubeObject = KubeObject>(ref: ResourceRef): Informer<T> {
    const id = `${ref.group}/${ref.version}/${ref.resource}`;
    const known = this.#informers.get(id);
    if (known) return known as Informer<T>;
    const informer = new Informer<T>(this.#client, ref).start(this.#signal);
    this.#informers.set(id, informer);
    return informer;
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof StatusError && error.code === 410;
}
