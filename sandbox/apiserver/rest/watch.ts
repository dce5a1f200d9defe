import type { KubeObject } from '../../client/types.ts';
import { type Call, collectionOf, present } from '../core.ts';
import { jsonOf } from '../json-text.ts';
import { common } from '../negotiate.ts';
import { isTrue } from '../request-info.ts';
import { groupVersion } from '../resource.ts';
import { badRequest, expired, forbiddenField, invalid } from '../status.ts';
import type { Change } from '../store.ts';
import { partialMetadata, tableOf } from '../table/render.ts';
import { selectorsOf, tooLarge } from './list.ts';
import { readRevision } from './options.ts';
import { includeOf } from './output.ts';

const bookmarkMs = 30_000;
/** A client that does not read is cut off when this many events wait for it (as the watch cache does). */
const maxPending = 20_000;
const defaultTimeoutSeconds = 30 * 60;

/** GET with `watch=true`: a stream of events, one JSON document per line, until its time is over. */
export function watch(call: Call): Response {
  const { query, namespace } = call.info;
  const { resource, core } = call;
  const collection = collectionOf(call);
  const matches = selectorsOf(call);
  const inScope = (object: KubeObject) =>
    (!namespace || !resource.namespaced || object.metadata.namespace === namespace) &&
    (!call.info.name || object.metadata.name === call.info.name) &&
    matches(object);
  const revision = readRevision(query.get('resourceVersion'));
  const sendsInitial = isTrue(query.get('sendInitialEvents'));
  const bookmarks = isTrue(query.get('allowWatchBookmarks'));
  checkInitialEvents(query, sendsInitial);
  if (revision !== undefined && revision > core.store.revision) throw tooLarge(revision, core.store.revision);
  const writer = new EventWriter(call);
  const fromNow = revision === undefined || revision === 0 || sendsInitial;
  const missed = fromNow ? [] : collection.since(revision);
  const timeoutMs = (Number(query.get('timeoutSeconds')) || defaultTimeoutSeconds) * 1_000;

  return stream(call.request.signal, timeoutMs, (send, end) => {
    if (!missed) {
      send(
        writer.error(expired(`too old resource version: ${revision} (${collection.oldestRevision})`).status),
      );
      end();
      return () => undefined;
    }
    if (fromNow) {
      const wanted = sendsInitial || query.get('sendInitialEvents') === null;
      const within = resource.namespaced ? namespace : undefined;
      for (const object of wanted ? collection.sorted(within) : [])
        if (inScope(object)) send(writer.event('ADDED', object));
      if (sendsInitial && bookmarks) send(writer.bookmark(core.store.revision, true));
    }
    const deliver = (change: Change) => {
      const event = translate(change, inScope);
      if (event) send(writer.event(event.type, event.object));
    };
    for (const change of missed) deliver(change);
    const stop = collection.listen(deliver);
    const timer = bookmarks
      ? setInterval(() => send(writer.bookmark(core.store.revision)), bookmarkMs)
      : undefined;
    timer?.unref();
    return () => {
      stop();
      clearInterval(timer);
    };
  });
}

function checkInitialEvents(query: URLSearchParams, sends: boolean): void {
  const match = query.get('resourceVersionMatch');
  const errors = [];
  if (query.get('sendInitialEvents') !== null && match !== 'NotOlderThan') {
    errors.push(
      forbiddenField(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (match && query.get('sendInitialEvents') === null) {
    errors.push(
      forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  }
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', resource: 'ListOptions' }, '', errors);
  if (sends && query.get('continue')) throw badRequest('continue is not allowed with sendInitialEvents');
}

/** A selector's view of a change: an object that leaves it is deleted, one that enters it is added. */
function translate(change: Change, inScope: (object: KubeObject) => boolean) {
  const { type, object, previous } = change;
  const was = previous !== undefined && inScope(previous);
  const is = type !== 'DELETED' && inScope(object);
  if (type === 'DELETED') return was ? { type: 'DELETED' as const, object } : undefined;
  if (is) return { type: was ? ('MODIFIED' as const) : ('ADDED' as const), object };
  if (!was || !previous) return undefined;
  // The client knows the old state; only the resource version must move on.
  const { resourceVersion = '' } = object.metadata;
  return {
    type: 'DELETED' as const,
    object: { ...previous, metadata: { ...previous.metadata, resourceVersion } },
  };
}

/** Writes events in the form that the client asked for. */
class EventWriter {
  readonly #call: Call;
  #isFirst = true;

  constructor(call: Call) {
    this.#call = call;
  }

  event(type: string, stored: KubeObject): Uint8Array {
    const { resource, accept } = this.#call;
    const object = present(resource, stored);
    if (accept.as === 'Table') {
      const table = tableOf(resource.columns(), [object], {
        metadata: { resourceVersion: object.metadata.resourceVersion },
        include: includeOf(this.#call),
        headless: !this.#isFirst,
      });
      this.#isFirst = false;
      return line(type, JSON.stringify(table));
    }
    if (accept.as?.startsWith('PartialObjectMetadata'))
      return line(type, JSON.stringify(partialMetadata(object)));
    return plainEvent(type, object);
  }

  bookmark(revision: number, ends = false): Uint8Array {
    const { resource, accept } = this.#call;
    const metadata = {
      resourceVersion: String(revision),
      ...(ends ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    };
    const own = { apiVersion: groupVersion(resource), kind: resource.kind, metadata };
    if (accept.as === 'Table') {
      return line('BOOKMARK', JSON.stringify(tableOf([], [], { metadata, headless: true })));
    }
    const isPartial = accept.as?.startsWith('PartialObjectMetadata');
    return line('BOOKMARK', JSON.stringify(isPartial ? partialMetadata(own) : own));
  }

  error(status: unknown): Uint8Array {
    return line('ERROR', JSON.stringify(status));
  }
}

const encoder = new TextEncoder();

function line(type: string, json: string): Uint8Array {
  return encoder.encode(`{"type":"${type}","object":${json}}\n`);
}

let latest: { type: string; object: KubeObject; bytes: Uint8Array } | undefined;

/** Hundreds of watchers are told of the same change one after the other: it is encoded once. */
function plainEvent(type: string, object: KubeObject): Uint8Array {
  if (latest?.type !== type || latest.object !== object)
    latest = { type, object, bytes: line(type, jsonOf(object)) };
  return latest.bytes;
}

type Start = (send: (line: Uint8Array) => void, end: () => void) => () => void;

/** A response whose body is fed by `start` and ends after `timeoutMs`, or when the client goes. */
function stream(signal: AbortSignal, timeoutMs: number, start: Start): Response {
  let close: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let stop: (() => void) | undefined;
        let isOpen = true;
        close = () => {
          if (!isOpen) return;
          isOpen = false;
          clearTimeout(timer);
          signal.removeEventListener('abort', close);
          stop?.();
          try {
            controller.close();
          } catch {
            // The reader has cancelled already.
          }
        };
        const timer = setTimeout(() => close(), Math.min(timeoutMs, 2 ** 31 - 1));
        timer.unref();
        signal.addEventListener('abort', close, { once: true });
        const send = (line: Uint8Array) => {
          if (!isOpen) return;
          if ((controller.desiredSize ?? 0) < -maxPending) return close();
          controller.enqueue(line);
        };
        stop = start(send, close);
        if (!isOpen) stop();
      },
      cancel: () => close(),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: { 'content-type': 'application/json', ...common } });
}
