import 'server-only';
import type { KubeClient } from './client';

/** Everything a verb gets: who asks, which cluster, and until when. */
export interface Context {
  kube: KubeClient;
  cluster: { name: string; global: boolean };
  user: { name: string; groups: string[] };
  /** Aborted when the reader goes away. */
  signal: AbortSignal;
}
