import { ApiServer, type ApiServerOptions } from './apiserver/api-server.ts';
import { Informers } from './client/informer.ts';
import { Clock } from './clock.ts';
import type { ClusterRuntime } from './cluster-runtime.ts';
import { NodeBehaviour } from './node-behaviour.ts';

export interface MakeClusterOptions extends ApiServerOptions {
  name: string;
  speed?: number;
  plain?: boolean;
  signal: AbortSignal;
}

/** A cluster with nothing on it yet: an API server and what its controllers share. */
export function makeCluster({
  name,
  speed = 1,
  plain = false,
  signal,
  ...options
}: MakeClusterOptions): ClusterRuntime {
  const server = new ApiServer(options);
  const client = server.client('sandbox');
  const informers = new Informers(client, signal);
  return {
    name,
    server,
    client,
    informers,
    clock: new Clock(speed),
    nodes: new NodeBehaviour(),
    plain,
    signal,
  };
}
