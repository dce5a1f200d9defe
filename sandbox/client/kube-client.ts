import { linesOf } from './lines.ts';
import type { DeleteOptions, ListOptions, PatchOptions, WatchOptions, WriteOptions } from './options.ts';
import { deleteBody, objectPath, pathOf, queryOf, writeQuery } from './paths.ts';
import { StatusError } from './status-error.ts';
import type { KubeList, KubeObject, ObjectKey, ResourceRef, Status, WatchEvent } from './types.ts';

/** Carries one request to an API server: in the same process (`apiServer.handle`) or over a socket. */
export type Transport = (request: Request) => Promise<Response>;

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** What the sandbox's controllers use to speak to an API server. Every method throws `StatusError` when it is refused. */
export class KubeClient {
  readonly #transport: Transport;
  readonly #headers: Record<string, string>;

  constructor(transport: Transport, options: { token?: string; userAgent?: string } = {}) {
    this.#transport = transport;
    this.#headers = {
      accept: 'application/json',
      'user-agent': options.userAgent ?? 'sandbox-controller',
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    };
  }

  get<T extends KubeObject>(ref: ResourceRef, key: ObjectKey): Promise<T> {
    return this.#json('GET', pathOf(ref, key.namespace, key.name));
  }

  /** Like `get`, but gives `undefined` where the object does not exist. */
  async find<T extends KubeObject>(ref: ResourceRef, key: ObjectKey): Promise<T | undefined> {
    try {
      return await this.get<T>(ref, key);
    } catch (error) {
      if (error instanceof StatusError && error.code === 404) return undefined;
      throw error;
    }
  }

  async list<T extends KubeObject>(ref: ResourceRef, options: ListOptions = {}): Promise<KubeList<T>> {
    const list: KubeList<T> = await this.#json('GET', pathOf(ref, options.namespace) + queryOf(options), {
      signal: options.signal,
    });
    // Items of built-in kinds don't say what they are: the list does.
    const { apiVersion } = list;
    const kind = list.kind.replace(/List$/, '');
    return { ...list, items: list.items.map((item) => (item.kind ? item : { ...item, apiVersion, kind })) };
  }

  /** Creates `object` in its own `metadata.namespace`; returns what the server stored. */
  create<T extends KubeObject>(ref: ResourceRef, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#json('POST', pathOf(ref, object.metadata.namespace) + writeQuery(options), { body: object });
  }

  update<T extends KubeObject>(ref: ResourceRef, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#json('PUT', objectPath(ref, object) + writeQuery(options), { body: object });
  }

  updateStatus<T extends KubeObject>(ref: ResourceRef, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#json('PUT', `${objectPath(ref, object)}/status${writeQuery(options)}`, { body: object });
  }

  updateSubresource<T extends KubeObject>(ref: ResourceRef, object: T, subresource: string): Promise<T> {
    return this.#json('PUT', `${objectPath(ref, object)}/${subresource}`, { body: object });
  }

  /** `body` is a list of operations (`json`), a partial object (`merge`, `strategic`) or an applied object (`apply`). */
  patch<T extends KubeObject>(
    ref: ResourceRef,
    key: ObjectKey,
    body: unknown,
    options: PatchOptions,
  ): Promise<T> {
    const subresource = options.subresource ? `/${options.subresource}` : '';
    const query = writeQuery(options, options.force ? { force: 'true' } : {});
    return this.#json('PATCH', pathOf(ref, key.namespace, key.name) + subresource + query, {
      body,
      contentType: patchTypes[options.type],
      signal: options.signal,
    });
  }

  /** Returns the object being deleted (finalizers pending) or the server's `Status` of success. */
  delete(ref: ResourceRef, key: ObjectKey, options: DeleteOptions = {}): Promise<KubeObject | Status> {
    return this.#json('DELETE', pathOf(ref, key.namespace, key.name), { body: deleteBody(options) });
  }

  deleteCollection(ref: ResourceRef, options: ListOptions & DeleteOptions): Promise<KubeObject | Status> {
    return this.#json('DELETE', pathOf(ref, options.namespace) + queryOf(options), {
      body: deleteBody(options),
    });
  }

  /**
   * Yields watch events until the server ends the stream or `signal` aborts (then it just ends).
   * An `ERROR` event is thrown as `StatusError`: its `code` 410 means "list again".
   */
  async *watch<T extends KubeObject>(
    ref: ResourceRef,
    options: WatchOptions = {},
  ): AsyncGenerator<WatchEvent<T>, void, void> {
    const query = queryOf(options, {
      watch: 'true',
      ...(options.allowWatchBookmarks ? { allowWatchBookmarks: 'true' } : {}),
      ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: String(options.timeoutSeconds) }),
    });
    try {
      const response = await this.#send('GET', pathOf(ref, options.namespace) + query, {
        signal: options.signal,
      });
      if (!response.body) return;
      for await (const line of linesOf(response.body)) {
        const event = JSON.parse(line) as WatchEvent<T> | { type: 'ERROR'; object: Status };
        if (isErrorEvent(event)) throw new StatusError(event.object);
        yield event;
      }
    } catch (error) {
      if (options.signal?.aborted) return;
      throw error;
    }
  }

  /** The text of any path, for what is not an object: `/version`, `…/pods/x/log`. */
  async text(path: string): Promise<string> {
    return (await this.#send('GET', path)).text();
  }

  async #json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.#send(method, path, options);
    return (await response.json()) as T;
  }

  async #send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const body = options.body === undefined ? null : JSON.stringify(options.body);
    const response = await this.#transport(
      new Request(`https://sandbox${path}`, {
        method,
        headers: {
          ...this.#headers,
          ...(body === null ? {} : { 'content-type': options.contentType ?? 'application/json' }),
        },
        body,
        signal: options.signal ?? null,
      }),
    );
    if (response.status < 400) return response;
    throw new StatusError(await statusOf(response, `${method} ${path}`));
  }
}

interface RequestOptions {
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal | undefined;
}

function isErrorEvent(event: { type: string; object: unknown }): event is { type: 'ERROR'; object: Status } {
  return event.type === 'ERROR';
}

async function statusOf(response: Response, asked: string): Promise<Status> {
  const text = await response.text();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'kind' in parsed && parsed.kind === 'Status') {
      return parsed as Status;
    }
  } catch {
    // Unknown paths are answered in plain text ("404 page not found"); the text becomes the message below.
  }
  const message = `${asked}: ${response.status} ${text.slice(0, 200).trim()}`;
  return {
    apiVersion: 'v1',
    kind: 'Status',
    metadata: {},
    status: 'Failure',
    message,
    code: response.status,
  };
}
