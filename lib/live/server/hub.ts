import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { KubeClient as Client } from '@/lib/kube/client';
import { shared } from '@/lib/kube/shared';
import { watchChanges } from '@/lib/kube/watch';
import type { Change, LiveMessage } from '../contract';
import { ofCluster, ofPlatform, type Watched } from './watched';

/** Changes come in bursts; one message carries what came within this time. */
const BATCH_MS = 100;
const MAX_BATCH = 500;
/** From one page to the next: the watches of the first serve the second. */
const LINGER_MS = 10_000;
/** A page is read before its stream is open; what was told in between is told again. */
const REPLAY_MS = 10_000;
const MAX_REPLAYED = 50;
/** A kind may be installed, or a right granted, while a page is open. */
const ASK_AGAIN_MS = 30_000;

type Listener = (message: LiveMessage) => void;

interface Hub {
  /** Each with what ends it. */
  listeners: Map<Listener, () => void>;
  /** What was told of late, with when. */
  recent: { at: number; message: LiveMessage }[];
  stop: AbortController;
  /** Ends the watches a while after the last listener has left. */
  ending?: NodeJS.Timeout;
}

/**
 * Tells a listener what changes on a cluster, with the user's own rights. Tabs of one user share the
 * watches; they end a while after the last listener has left. What a page read before the watches began may be old:
 * their begin is told as a gap, and what was told shortly before a listener came is told again.
 * @param onEnd called when the credentials that the watches began with are not accepted any more: whoever comes again
 * may have newer ones
 * @returns the function that stops listening
 */
export function listen(
  kube: KubeClient,
  namespace: string | undefined,
  listener: Listener,
  onEnd: () => void,
): () => void {
  return join(kube, ofCluster, namespace, listener, onEnd);
}

/** The same for what the platform keeps on its global cluster: cluster plugins. */
export function listenToPlatform(global: KubeClient, listener: Listener, onEnd: () => void): () => void {
  return join(global, ofPlatform, undefined, listener, onEnd);
}

function join(
  kube: KubeClient,
  watched: readonly Watched[],
  namespace: string | undefined,
  listener: Listener,
  onEnd: () => void,
): () => void {
  const hubs = shared('live-hubs', () => new Map<string, Hub>());
  const key = [
    kube.endpoint.baseUrl,
    kube.credentialKey,
    watched === ofPlatform ? 'platform' : 'cluster',
    namespace ?? '',
  ].join('\0');
  let hub = hubs.get(key);
  if (!hub) {
    const made: Hub = { listeners: new Map(), recent: [], stop: new AbortController() };
    hub = made;
    hubs.set(key, made);
    const end = () => {
      made.stop.abort();
      if (hubs.get(key) === made) hubs.delete(key);
      for (const endListener of made.listeners.values()) endListener();
    };
    startWatches(new Client(kube.endpoint, kube.credentials), watched, namespace, made, end);
  }
  const joined = hub;
  clearTimeout(joined.ending);
  joined.listeners.set(listener, onEnd);
  for (const { at, message } of joined.recent) if (at > Date.now() - REPLAY_MS) listener(message);
  return () => {
    joined.listeners.delete(listener);
    if (joined.listeners.size > 0) return;
    joined.ending = setTimeout(() => {
      joined.stop.abort();
      if (hubs.get(key) === joined) hubs.delete(key);
    }, LINGER_MS).unref();
  };
}

function startWatches(
  kube: KubeClient,
  watched: readonly Watched[],
  namespace: string | undefined,
  hub: Hub,
  end: () => void,
): void {
  const { signal } = hub.stop;
  const tell = (message: LiveMessage) => {
    const at = Date.now();
    const recent = [...hub.recent.filter((told) => told.at > at - REPLAY_MS), { at, message }];
    hub.recent = recent.length > MAX_REPLAYED ? [{ at, message: { type: 'gap' } }] : recent;
    for (const listener of hub.listeners.keys()) listener(message);
  };
  const push = batched((changes) => tell({ type: 'changes', changes }));
  let accepted = false;
  const begun = watched.map(
    ({ kind, ref, namespaced }) =>
      new Promise<void>((resolve) => {
        let asked = false;
        const begin = () => {
          accepted = true;
          // What was read before a watch that begins late may be old.
          if (asked) tell({ type: 'gap' });
          resolve();
        };
        const follow = (scope: string | undefined) =>
          void watchChanges(
            kube,
            ref,
            { namespace: scope, signal, metadataOnly: true },
            {
              onBegin: begin,
              onEvent: ({ type, object: { metadata } }) =>
                push({ kind, type, namespace: metadata.namespace, name: metadata.name, uid: metadata.uid }),
              onGap: () => tell({ type: 'gap' }),
              onRefused: ({ status }) => {
                if (status === 401 && accepted) return end();
                // Who may not watch the whole cluster may still watch the namespace that the page is about.
                if (status === 403 && scope === undefined && namespaced && namespace)
                  return follow(namespace);
                resolve();
                asked = true;
                const timer = setTimeout(() => follow(undefined), ASK_AGAIN_MS).unref();
                signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
              },
            },
          );
        follow(undefined);
      }),
  );
  void Promise.all(begun).then(() => tell({ type: 'gap' }));
}

function batched(flush: (changes: Change[]) => void): (change: Change) => void {
  let pending = new Map<string, Change>();
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    clearTimeout(timer);
    timer = undefined;
    const changes = [...pending.values()];
    pending = new Map();
    flush(changes);
  };
  return (change) => {
    // Of several changes to one object within a batch, the last one says it all.
    pending.set(change.uid, change);
    if (pending.size >= MAX_BATCH) send();
    else timer ??= setTimeout(send, BATCH_MS);
  };
}
