import type { KubeClient } from '../client/kube-client.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { makeCluster } from '../make-cluster.ts';
import { refs } from './refs.ts';
import { startControllers } from './start.ts';

/** A cluster of one node with the controllers of Kubernetes, fifty times as fast as a real one; `stop` ends it. */
export async function controlledCluster(): Promise<{
  stop: AbortController;
  cluster: ClusterRuntime;
  client: KubeClient;
}> {
  const stop = new AbortController();
  const cluster = makeCluster({ name: 'test', speed: 50, signal: stop.signal });
  const { client } = cluster;
  await client.create(refs.nodes, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-0' } });
  startControllers(cluster);
  return { stop, cluster, client };
}
