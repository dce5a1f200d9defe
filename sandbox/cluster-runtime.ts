import type { ApiServer } from './apiserver/api-server.ts';
import type { Informers } from './client/informer.ts';
import type { KubeClient } from './client/kube-client.ts';
import type { Clock } from './clock.ts';
import type { NodeBehaviour } from './node-behaviour.ts';

/** One running cluster of the sandbox, as its controllers see it. */
export interface ClusterRuntime {
  name: string;
  server: ApiServer;
  /** Speaks as a member of `system:masters`, in process. */
  client: KubeClient;
  /** Shared informers of that client: one watch per resource, however many controllers look. */
  informers: Informers;
  clock: Clock;
  /** Which images the nodes can pull, which pods get ready. */
  nodes: NodeBehaviour;
  /** Plain OLM: the cluster serves none of the platform's kinds. */
  plain: boolean;
  /** Aborts when the sandbox stops. */
  signal: AbortSignal;
}
