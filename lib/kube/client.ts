import 'server-only';
import type { ListOptions, ReadOptions, SentWrite, WriteOptions } from './client-options';
import { clusterNow } from './clock';
import type { ClusterEndpoint, Credentials } from './endpoint';
import { KubeError, type RequestPlace } from './errors';
import { type ListPage, readPages } from './read-pages';
import { resourcePath } from './resource-path';
import { type Call, readBytes, readJson, send } from './transport';
import type { JsonPatchOperation, KubeList, KubeObject, Manifest, ResourceRef } from './types';

/** Questions that are asked with POST and store nothing. */
const QUESTION_GROUPS = new Set(['authorization.k8s.io', 'authentication.k8s.io']);

const MAX_OBJECTS = 100_000;
const MAX_RAW_BYTES = 4 * 1024 * 1024;

/**
 * One user's view of one cluster. Objects come and go as plain JSON; only `metadata.managedFields`
 * is dropped from lists, where it is most of the bytes and never shown.
 */
export class KubeClient {
  readonly #endpoint: ClusterEndpoint;
  readonly #credentials: Credentials;
  readonly #signal: AbortSignal | undefined;
  readonly #onWrite: ((write: SentWrite, kube: KubeClient) => void) | undefined;

  /** @param onWrite told of every write once it was answered; it must not throw, and nobody waits for it */
  constructor(
    endpoint: ClusterEndpoint,
    credentials: Credentials,
    signal?: AbortSignal,
    onWrite?: (write: SentWrite, kube: KubeClient) => void,
  ) {
    this.#endpoint = endpoint;
    this.#credentials = credentials;
    this.#signal = signal;
    this.#onWrite = onWrite;
  }

  /** The cluster's name. */
  get cluster(): string {
    return this.#endpoint.name;
  }

  /** Tells two users' caches apart; not a secret. */
  get credentialKey(): string {
    return this.#credentials.key;
  }

  /** For a client of the same user elsewhere, such as one that outlives a request. */
  get endpoint(): ClusterEndpoint {
    return this.#endpoint;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  /** What time it is on the cluster, in milliseconds since 1970, as its answers tell. */
  now(): number {
    return clusterNow(this.#endpoint);
  }

  /** One object. @throws KubeError 404 when there is no such object. */
  async get<T extends KubeObject>(ref: ResourceRef, name: string, options: ReadOptions = {}): Promise<T> {
    return this.#json<T>('GET', 'get', ref, { ...options, name });
  }

  /** Every object of a list, page by page. @throws KubeError when the list is longer than 100,000. */
  list<T extends KubeObject>(ref: ResourceRef, options: ListOptions = {}): Promise<KubeList<T>> {
    const { labelSelector, fieldSelector } = options;
    return readPages<T>(
      (limit, continueToken) =>
        this.#json<ListPage<T>>('GET', 'list', ref, options, {
          limit: limit?.toString(),
          labelSelector,
          fieldSelector,
          continue: continueToken,
        }),
      MAX_OBJECTS,
      () => {
        const message = `the list has more than ${MAX_OBJECTS} objects`;
        return new KubeError(message, 413, 'TooLarge', this.#place('list', ref, options));
      },
    );
  }

  /** The first objects of a list, and whether there are more: for what is counted or shown in part. */
  async first<T extends KubeObject>(
    ref: ResourceRef,
    limit: number,
    options: ListOptions = {},
  ): Promise<{ items: T[]; more: boolean }> {
    const page = await this.#json<{ items?: T[]; metadata?: { continue?: string } }>(
      'GET',
      'list',
      ref,
      options,
      { limit: String(limit), labelSelector: options.labelSelector, fieldSelector: options.fieldSelector },
    );
    // Some aggregated APIs ignore `limit`.
    const items = (page.items ?? []).slice(0, limit);
    return { items, more: Boolean(page.metadata?.continue) || (page.items ?? []).length > limit };
  }

  /** Stores a new object and gives it as the API server filled it in. @throws KubeError 409 when its name is taken. */
  async create<T extends KubeObject>(
    ref: ResourceRef,
    object: Manifest,
    options: WriteOptions = {},
  ): Promise<T> {
    return this.#write<T>('POST', 'create', ref, { name: object.metadata.name, ...options }, object);
  }

  /** RFC 6902, all or nothing: a failed `test` answers 422. */
  async jsonPatch<T extends KubeObject>(
    ref: ResourceRef,
    name: string,
    operations: JsonPatchOperation[],
    options: WriteOptions = {},
  ): Promise<T> {
    const type = 'application/json-patch+json';
    return this.#write<T>('PATCH', 'patch', ref, { ...options, name }, operations, type);
  }

  /** RFC 7396. */
  async mergePatch<T extends KubeObject>(
    ref: ResourceRef,
    name: string,
    patch: Record<string, unknown>,
    options: WriteOptions = {},
  ): Promise<T> {
    const type = 'application/merge-patch+json';
    return this.#write<T>('PATCH', 'patch', ref, { ...options, name }, patch, type);
  }

  /**
   * Deletes one object; with `uid`, only that very one, with `resourceVersion`, only as it was read.
   * @throws KubeError 409 when another has its name, or it has changed
   */
  async delete(
    ref: ResourceRef,
    name: string,
    options: WriteOptions & {
      uid?: string;
      resourceVersion?: string;
      propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
    } = {},
  ): Promise<void> {
    const { uid, resourceVersion, propagationPolicy } = options;
    const preconditions = { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) };
    await this.#write(
      'DELETE',
      'delete',
      ref,
      { ...options, name },
      {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(propagationPolicy ? { propagationPolicy } : {}),
        ...(uid || resourceVersion ? { preconditions } : {}),
      },
    );
  }

  /** Bytes of a subresource that is not JSON, such as a PackageManifest's icon. */
  async bytes(
    ref: ResourceRef,
    name: string,
    subresource: string,
    options: ReadOptions & { query?: Record<string, string>; maxBytes?: number } = {},
  ): Promise<{ contentType: string; body: Buffer }> {
    const call = this.#call('GET', 'get', ref, { ...options, name, subresource }, options.query);
    const answer = await send(this.#endpoint, this.#credentials, { ...call, accept: '*/*' });
    const body = await readBytes(answer, call, options.maxBytes ?? MAX_RAW_BYTES);
    return { contentType: String(answer.headers['content-type'] ?? ''), body };
  }

  /** JSON of any path of the API server, such as `/version`. */
  async path<T>(
    path: string,
    place: { verb: string; resource: string },
    options: { timeoutMs?: number } = {},
  ): Promise<T> {
    const call: Call = {
      method: 'GET',
      path,
      place: { cluster: this.cluster, ...place },
      signal: this.#signal,
      timeoutMs: options.timeoutMs,
    };
    return readJson<T>(await send(this.#endpoint, this.#credentials, call), call);
  }

  #place(verb: string, ref: ResourceRef, options: { namespace?: string; name?: string }): RequestPlace {
    const resource = ref.group ? `${ref.resource}.${ref.group}` : ref.resource;
    return { cluster: this.cluster, verb, resource, namespace: options.namespace, name: options.name };
  }

  #call(
    method: Call['method'],
    verb: string,
    ref: ResourceRef,
    options: ReadOptions & { name?: string; subresource?: string },
    query: Record<string, string | undefined> = {},
  ): Call {
    const parameters = Object.entries(query).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const search = parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : '';
    return {
      method,
      path: resourcePath(ref, options) + search,
      place: this.#place(verb, ref, options),
      signal: options.signal ?? this.#signal,
    };
  }

  /** Sends a write and tells `onWrite` of it. The name of a created object is part of its body, not of its path. */
  async #write<T extends KubeObject>(
    method: Call['method'],
    verb: string,
    ref: ResourceRef,
    options: WriteOptions & { name?: string },
    body: unknown,
    contentType?: string,
  ): Promise<T> {
    const { dryRun, unrecorded, before, name, ...rest } = options;
    const query = { dryRun: dryRun ? 'All' : undefined };
    const target = method === 'POST' ? rest : { ...rest, name };
    const tell = (outcome: Pick<SentWrite, 'after' | 'error'>) => {
      if (dryRun || unrecorded || QUESTION_GROUPS.has(ref.group)) return;
      this.#onWrite?.({ place: this.#place(verb, ref, options), ref, body, before, ...outcome }, this);
    };
    try {
      const after = await this.#json<T>(method, verb, ref, target, query, body, contentType);
      tell({ after });
      return after;
    } catch (error) {
      tell({ error });
      throw error;
    }
  }

  async #json<T>(
    method: Call['method'],
    verb: string,
    ref: ResourceRef,
    options: ReadOptions & { name?: string },
    query?: Record<string, string | undefined>,
    body?: unknown,
    contentType?: string,
  ): Promise<T> {
    const isQuestion = method === 'POST' && QUESTION_GROUPS.has(ref.group);
    const call = { ...this.#call(method, verb, ref, options, query), body, contentType, isQuestion };
    return readJson<T>(await send(this.#endpoint, this.#credentials, call), call);
  }
}
