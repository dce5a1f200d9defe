import { keyOf } from '../client/informer.ts';
import type { KubeObject } from '../client/types.ts';
import { dropText, jsonOf } from './json-text.ts';

/** One change of one object. Objects in the store are never modified: every write stores a new one. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  revision: number;
  object: KubeObject;
  /** What stood there before. */
  previous?: KubeObject;
}

/**
 * How many changes per resource stay watchable, for how long, and how much text they may be (a hundred stay whatever
 * their size); older resource versions get 410.
 */
const keptChanges = 5_000;
const keptMs = 5 * 60_000;
const keptCharacters = 8_000_000;
const leastKept = 100;

/** All objects of one resource, with the history that watches and consistent lists need. */
export class Collection {
  readonly #items = new Map<string, KubeObject>();
  readonly #listeners = new Set<(change: Change) => void>();
  /** Keys in order, and beside them the objects. */
  readonly #keys: string[] = [];
  readonly #objects: KubeObject[] = [];
  #history: Change[] = [];
  /** When each change of the history was made, and how long the text of its object is. */
  #times: number[] = [];
  #sizes: number[] = [];
  #characters = 0;
  #compacted = 0;

  get(key: string): KubeObject | undefined {
    return this.#items.get(key);
  }

  get size(): number {
    return this.#items.size;
  }

  /** The oldest resource version from which a watch can still be told everything. */
  get oldestRevision(): number {
    return this.#compacted;
  }

  /** All objects in key order (`namespace/name`), as etcd would list them; those of one namespace when it is named. */
  sorted(namespace?: string): KubeObject[] {
    if (namespace === undefined) return this.#objects.slice();
    // What follows a slash in the order of keys is `0`.
    return this.#objects.slice(this.#position(`${namespace}/`), this.#position(`${namespace}0`));
  }

  /** Where a key stands, or would stand. */
  #position(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#keys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The objects as they were at `revision`; `undefined` when the history no longer reaches that far. */
  sortedAt(revision: number): KubeObject[] | undefined {
    if (revision < this.#compacted) return undefined;
    const last = this.#history.at(-1);
    if (!last || last.revision <= revision) return this.sorted();
    const items = new Map(this.#items);
    for (let index = this.#history.length - 1; index >= 0; index--) {
      const change = this.#history[index];
      if (!change || change.revision <= revision) break;
      const key = keyOf(change.object);
      if (change.previous) items.set(key, change.previous);
      else items.delete(key);
    }
    return [...items.entries()].sort(([a], [b]) => compareKeys(a, b)).map(([, object]) => object);
  }

  /** Changes after `revision`; `undefined` when some of them are no longer kept. */
  since(revision: number): Change[] | undefined {
    if (revision < this.#compacted) return undefined;
    let start = this.#history.length;
    while (start > 0 && (this.#history[start - 1]?.revision ?? 0) > revision) start--;
    return this.#history.slice(start);
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  apply(change: Change): void {
    const key = keyOf(change.object);
    const position = this.#position(key);
    const isKnown = this.#items.has(key);
    if (change.type === 'DELETED') {
      this.#items.delete(key);
      if (isKnown) this.#keys.splice(position, 1);
      if (isKnown) this.#objects.splice(position, 1);
    } else {
      this.#items.set(key, change.object);
      if (!isKnown) this.#keys.splice(position, 0, key);
      this.#objects.splice(position, isKnown ? 1 : 0, change.object);
    }
    this.#history.push(change);
    this.#times.push(performance.now());
    const size = jsonOf(change.object).length;
    this.#sizes.push(size);
    this.#characters += size;
    if (change.previous) dropText(change.previous);
    this.#shorten();
    for (const listener of this.#listeners) listener(change);
  }

  /** Forgets history up to now, as an etcd compaction does; `revision` is the store's. */
  compact(revision: number): void {
    this.#history = [];
    this.#times = [];
    this.#sizes = [];
    this.#characters = 0;
    this.#compacted = revision;
  }

  /** Long histories of large objects would fill the memory: like etcd, the store forgets after five minutes. */
  #shorten(): void {
    if (this.#history.length > keptChanges * 1.2) this.#forget(this.#history.length - keptChanges);
    if (this.#characters > keptCharacters * 1.2 && this.#history.length > leastKept * 1.2)
      this.#forget(this.#surplus());
    const limit = performance.now() - keptMs;
    // A fifth more is kept, so that not every write has to shorten.
    if ((this.#times[0] ?? limit) > limit - keptMs / 5) return;
    const young = this.#times.findIndex((time) => time > limit);
    this.#forget(young < 0 ? this.#times.length : young);
  }

  /** How many of the oldest changes are too much text. */
  #surplus(): number {
    let left = this.#characters;
    let count = 0;
    while (left > keptCharacters && count < this.#sizes.length - leastKept) left -= this.#sizes[count++] ?? 0;
    return count;
  }

  #forget(count: number): void {
    this.#times.splice(0, count);
    for (const size of this.#sizes.splice(0, count)) this.#characters -= size;
    const dropped = this.#history.splice(0, count);
    this.#compacted = dropped.at(-1)?.revision ?? this.#compacted;
  }
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Everything one cluster knows: collections by `plural.group` and one revision counter over all of them. */
export class Store {
  readonly #collections = new Map<string, Collection>();
  #revision = 1;

  get revision(): number {
    return this.#revision;
  }

  collection(group: string, resource: string): Collection {
    const id = `${resource}.${group}`;
    let collection = this.#collections.get(id);
    if (!collection) {
      collection = new Collection();
      this.#collections.set(id, collection);
    }
    return collection;
  }

  /** Stores a new or changed object and returns it with its resource version. */
  put(group: string, resource: string, object: KubeObject): KubeObject {
    const collection = this.collection(group, resource);
    const previous = collection.get(keyOf(object));
    const revision = ++this.#revision;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    collection.apply({
      type: previous ? 'MODIFIED' : 'ADDED',
      revision,
      object: stored,
      ...(previous ? { previous } : {}),
    });
    return stored;
  }

  /** Removes an object; watchers see its last state under the revision of the deletion. */
  remove(group: string, resource: string, object: KubeObject): KubeObject {
    const collection = this.collection(group, resource);
    const previous = collection.get(keyOf(object)) ?? object;
    const revision = ++this.#revision;
    const removed = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    collection.apply({ type: 'DELETED', revision, object: removed, previous });
    return removed;
  }

  compact(): void {
    for (const collection of this.#collections.values()) collection.compact(this.#revision);
  }
}
