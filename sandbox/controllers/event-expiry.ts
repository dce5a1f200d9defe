import { StatusError } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';

/** How long Events are kept (`--event-ttl` of kube-apiserver). */
const eventTtlMs = 60 * 60_000;
const lookMs = 60_000;

/** Removes Events an hour after they last happened, as the API server does. */
export function runEventExpiry(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-apiserver');
  const events = cluster.informers.of(refs.events);
  const timer = setInterval(async () => {
    for (const event of events.list()) {
      if (!isExpired(event, Date.now())) continue;
      const { namespace = '', name = '' } = event.metadata;
      try {
        await client.delete(refs.events, { namespace, name });
      } catch (error) {
        // Somebody else, or the end of its namespace, was faster.
        if (!(error instanceof StatusError)) throw error;
      }
    }
  }, lookMs);
  timer.unref();
  cluster.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Whether an Event last happened more than an hour before `now`. */
export function isExpired(event: KubeObject, now: number): boolean {
  const last = event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  return now - Date.parse(String(last)) > eventTtlMs;
}
