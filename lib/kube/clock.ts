import 'server-only';
import type { ClusterEndpoint } from './endpoint';

/** A header's time has whole seconds, and an answer takes a while: less than this says nothing. */
const UNKNOWN_MS = 2_000;

const skews = new WeakMap<ClusterEndpoint, number>();

/** Notes by how much a cluster's clock is ahead of this machine's, from the `Date` of an answer. */
export function noteClock(endpoint: ClusterEndpoint, date: unknown, now: number): void {
  const told = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  if (!Number.isFinite(told)) return;
  const ahead = told - now;
  skews.set(endpoint, Math.abs(ahead) < UNKNOWN_MS ? 0 : ahead);
}

/** What time it is on a cluster, in milliseconds since 1970: the times of its objects are its own clock's. */
export function clusterNow(endpoint: ClusterEndpoint): number {
  return Date.now() + (skews.get(endpoint) ?? 0);
}
