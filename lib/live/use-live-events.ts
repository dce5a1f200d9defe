'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type LiveKind, type LiveMessage, liveMessageSchema } from './contract';
import { paced } from './paced';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

/** Which of a cluster's queries a change makes stale: the third part of their keys. */
const subjectsOf: Record<LiveKind, string[]> = {
  Subscription: ['operators', 'installplans', 'namespaces', 'features'],
  InstallPlan: ['operators', 'installplans', 'features'],
  ClusterServiceVersion: ['operators', 'installplans', 'features'],
  CatalogSource: ['operators', 'features'],
  OperatorGroup: ['namespaces', 'operators'],
  Namespace: ['namespaces'],
  ArtifactVersion: ['operators'],
  ModulePlugin: ['plugins', 'features'],
  ModuleConfig: ['plugins', 'features'],
  ModuleInfo: ['plugins', 'features'],
};

/** A batch of upgrades changes hundreds of objects: a list is not read more often than this. */
const PACE_MS = 1_000;

const packageKinds: LiveKind[] = ['ArtifactVersion', 'ModulePlugin', 'ModuleConfig'];

/**
 * Keeps a cluster's queries in step with the cluster. One tab of a browser holds the event stream and
 * passes it on to the others: browsers allow six connections per host.
 */
export function useLiveEvents(cluster: string, namespace?: string): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const stop = new AbortController();
    const path = `/api/events?${new URLSearchParams({ cluster, ...(namespace ? { namespace } : {}) })}`;
    const channel = new BroadcastChannel(`live:${path}`);
    const refresh = refresher(queryClient);
    const receive = (message: TabMessage) => {
      if (typeof message === 'string') setState(message);
      else for (const queryKey of staleAfter(cluster, message)) refresh(queryKey);
    };
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => receive(data);
    const tell = (message: TabMessage) => {
      receive(message);
      channel.postMessage(message);
    };
    void holdStream(path, stop.signal, tell);
    return () => {
      stop.abort();
      channel.close();
    };
  }, [cluster, namespace, queryClient]);

  return state;
}

type TabMessage = LiveMessage | Exclude<LiveState, 'connecting'>;

async function holdStream(
  path: string,
  signal: AbortSignal,
  tell: (message: TabMessage) => void,
): Promise<void> {
  const hold = () => readStream(path, signal, tell);
  // Locks need a secure context; without them every tab has a stream of its own.
  if (!('locks' in navigator)) return hold();
  try {
    await navigator.locks.request(`live:${path}`, { signal }, hold);
  } catch {
    // Left the page while another tab held the stream.
  }
}

function readStream(path: string, signal: AbortSignal, tell: (message: TabMessage) => void): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const source = new EventSource(path);
    let interrupted = false;
    source.onopen = () => {
      tell('live');
      // Whatever happened while the stream was down is unknown.
      if (interrupted) tell({ type: 'gap' });
      interrupted = false;
    };
    source.onerror = () => {
      interrupted = true;
      tell('reconnecting');
      if (source.readyState === EventSource.CLOSED) void learnWhy();
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const message = liveMessageSchema.safeParse(JSON.parse(data));
      if (message.success) tell(message.data);
    };
    signal.addEventListener(
      'abort',
      () => {
        source.close();
        resolve();
      },
      { once: true },
    );
  });
}

/** An EventSource keeps the status of a refusal to itself; an ended session needs the sign-in page. */
async function learnWhy(): Promise<void> {
  const answer = await fetch('/api/auth/session').catch(() => undefined);
  if (answer?.status === 401) {
    const next = window.location.pathname + window.location.search;
    window.location.assign(`/login?${new URLSearchParams({ next })}`);
  }
}

/** The queries that a message makes stale, by the beginnings of their keys. */
function staleAfter(cluster: string, message: LiveMessage): string[][] {
  if (message.type === 'gap') return [['clusters', cluster]];
  const subjects = new Set(message.changes.flatMap(({ kind }) => subjectsOf[kind]));
  const stale = [...subjects].map((subject) => ['clusters', cluster, subject]);
  // Packages are listed over all clusters.
  if (message.changes.some(({ kind }) => packageKinds.includes(kind))) stale.push(['packages']);
  return stale;
}

/** Reads stale queries again, each at its own pace. */
function refresher(queryClient: QueryClient): (queryKey: string[]) => void {
  const paces = new Map<string, () => void>();
  return (queryKey) => {
    const name = queryKey.join('/');
    const refresh = paces.get(name) ?? paced(() => queryClient.invalidateQueries({ queryKey }), PACE_MS);
    paces.set(name, refresh);
    refresh();
  };
}
