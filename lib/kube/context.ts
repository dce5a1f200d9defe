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

/** For what lives on the global cluster whichever cluster it is about, as the platform's own kinds do. */
export interface GlobalContext extends Context {
  /** The same user on the global cluster. */
  global: KubeClient;
}

/** For what is known better where the user may also reach the global cluster. */
export interface PlatformContext extends Context {
  /** The same user on the global cluster; undefined where there is none or it is closed to them. */
  global: KubeClient | undefined;
}
