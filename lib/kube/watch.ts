import 'server-only';
import type { KubeClient } from './client';
import { KubeError } from './errors';
import { resourcePath } from './resource-path';
import { type Call, readJson, send } from './transport';
import type { KubeObject, ResourceRef, WatchEvent } from './types';

/** The API server ends a watch after this; a new one goes on from the last resourceVersion. */
const WATCH_SECONDS = 300;
/** Real servers send a bookmark a minute: longer silence means that the connection is dead. */
const SILENCE_MS = 150_000;
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
const MAX_BACKOFF_MS = 30_000;
/** A watch that ends sooner is a fault of something in between, not the end that was agreed on. */
const SHORT_MS = 1_000;
/** One that has held so long shows that the faults before it are over. */
const STEADY_MS = 10_000;
/** Only metadata, of every kind and with every event: a ClusterServiceVersion is a hundred kilobytes. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

export interface WatchHandlers<T extends KubeObject> {
  /** Once, when everything from now on is told: what was read before may be old already. */
  onBegin?: () => void;
  onEvent: (event: WatchEvent<T>) => void;
  /** Events may have been missed: whoever holds a list has to read it again. */
  onGap?: () => void;
  /** Reads a held list again after a gap, in place of `onGap`: the watch goes on where that list ends. */
  readAgain?: () => Promise<string | undefined>;
  /** A refusal ends the watch: asking again would be refused again. */
  onRefused: (error: KubeError) => void;
}

export interface WatchOptions {
  namespace?: string;
  signal: AbortSignal;
  /** Where a list ended; without it, the watch begins now. */
  resourceVersion?: string;
  /** Events carry `metadata` alone. */
  metadataOnly?: boolean;
}

/**
 * Follows what changes in a collection from now on, or from `resourceVersion` on, until `signal` aborts.
 * A cut connection goes on where it was; a resourceVersion that the API server does not go on from (410, one that it
 * does not know, an error in mid-stream) is told as a gap, as client-go's reflector lists again.
 * Resource versions are opaque and only ever handed back.
 */
export async function watchChanges<T extends KubeObject>(
  kube: KubeClient,
  ref: ResourceRef,
  options: WatchOptions,
  handlers: WatchHandlers<T>,
): Promise<void> {
  let { resourceVersion } = options;
  let begun = resourceVersion !== undefined;
  let failures = 0;
  while (!options.signal.aborted) {
    const since = Date.now();
    try {
      if (!resourceVersion && begun) resourceVersion = await handlers.readAgain?.();
      if (!resourceVersion) {
        resourceVersion = await currentVersion(kube, ref, options);
        if (begun) handlers.onGap?.();
        else handlers.onBegin?.();
        begun = true;
      }
      for await (const event of readWatch<T>(kube, ref, { ...options, resourceVersion })) {
        if (event instanceof KubeError) {
          resourceVersion = undefined;
          throw event;
        }
        resourceVersion = event.object.metadata.resourceVersion;
        failures = 0;
        if (event.type !== 'BOOKMARK') handlers.onEvent({ type: event.type, object: event.object });
      }
      if (Date.now() - since >= SHORT_MS) continue;
    } catch (error) {
      if (options.signal.aborted) return;
      if (error instanceof KubeError) {
        if ([401, 403, 404, 405].includes(error.status)) return handlers.onRefused(error);
        if (isUnknownVersion(error)) resourceVersion = undefined;
      }
    }
    failures = Date.now() - since >= STEADY_MS ? 1 : failures + 1;
    await pause(Math.min(MAX_BACKOFF_MS, 250 * 2 ** Math.min(failures, 7)), options.signal);
  }
}

/** Expired, not understood, or of a future that a restored etcd has not come to again. */
function isUnknownVersion({ status, causes }: KubeError): boolean {
  return (
    status === 410 || status === 400 || causes.some(({ reason }) => reason === 'ResourceVersionTooLarge')
  );
}

async function currentVersion(
  kube: KubeClient,
  ref: ResourceRef,
  options: { namespace?: string; signal: AbortSignal },
): Promise<string> {
  const call: Call = {
    method: 'GET',
    path: `${resourcePath(ref, options)}?limit=1`,
    place: { cluster: kube.cluster, verb: 'list', resource: ref.resource, namespace: options.namespace },
    signal: options.signal,
  };
  const list = await readJson<{ metadata?: { resourceVersion?: string } }>(
    await send(kube.endpoint, kube.credentials, call),
    call,
  );
  return list.metadata?.resourceVersion ?? '0';
}

type RawEvent<T> = { type: WatchEvent<KubeObject>['type'] | 'BOOKMARK' | 'ERROR'; object: T };

async function* readWatch<T extends KubeObject>(
  kube: KubeClient,
  ref: ResourceRef,
  options: WatchOptions & { resourceVersion: string },
): AsyncGenerator<{ type: WatchEvent<T>['type'] | 'BOOKMARK'; object: T } | KubeError> {
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(WATCH_SECONDS),
    resourceVersion: options.resourceVersion,
  });
  const silence = new AbortController();
  const call: Call = {
    method: 'GET',
    path: `${resourcePath(ref, options)}?${query}`,
    place: { cluster: kube.cluster, verb: 'watch', resource: ref.resource, namespace: options.namespace },
    accept: options.metadataOnly ? METADATA_ONLY : undefined,
    signal: AbortSignal.any([options.signal, silence.signal]),
    timeoutMs: false,
  };
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const answer = await send(kube.endpoint, kube.credentials, call);
    answer.body.setEncoding('utf8');
    let rest = '';
    for await (const chunk of answer.body) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE_CHARACTERS) throw new RangeError('a watch event is too large');
      for (const line of lines) {
        if (!line) continue;
        // The shape of a watch event is the API server's promise; its object is the kind that was asked for.
        const event = JSON.parse(line) as RawEvent<T>;
        yield event.type === 'ERROR'
          ? watchError(event.object, call)
          : { type: event.type, object: event.object };
      }
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** An expired resourceVersion arrives as an event of a watch that was answered 200. */
function watchError(status: unknown, call: Call): KubeError {
  const {
    code = 500,
    reason = '',
    message = '',
  } = status as { code?: number; reason?: string; message?: string };
  return new KubeError(message, code, reason, call.place);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
