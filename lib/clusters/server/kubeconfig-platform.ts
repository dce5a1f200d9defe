import 'server-only';
import { delimiter } from 'node:path';
import { environment } from '@/lib/environment';
import { type ClusterEndpoint, clusterAgent } from '@/lib/kube/endpoint';
import { clusterTls } from './kubeconfig-cluster';
import { kubeconfigCredentials } from './kubeconfig-credentials';
import { loadKubeconfig } from './kubeconfig-file';
import type { Platform } from './platform';

/**
 * A kubeconfig: every context is a cluster, the current one plays `global`. Each cluster judges its own
 * tokens, so a token is sent only to the context that it was given for.
 * @param variable the value of KUBECONFIG: one or several files, as kubectl reads it
 * @throws Error when a file can't be read or names no usable context
 */
export function kubeconfigPlatform(variable: string): Platform {
  const loaded = loadKubeconfig(variable);
  const { config } = loaded;
  const endpoints = new Map<string, ClusterEndpoint>();
  for (const { name, cluster } of config.getContexts()) {
    const target = config.getCluster(cluster);
    if (!target) continue;
    const dispatcher = clusterAgent({ tls: () => clusterTls(target), proxy: target.proxyUrl });
    endpoints.set(name, { name, baseUrl: target.server.replace(/\/+$/, ''), dispatcher });
  }
  if (endpoints.size === 0) throw new Error(`KUBECONFIG ${variable} has no context that names a cluster`);
  const current = endpoints.has(config.getCurrentContext())
    ? config.getCurrentContext()
    : ([...endpoints.keys()][0] ?? '');

  return {
    kind: 'kubeconfig',
    title: variable.split(delimiter).join(', '),
    async signInCluster(name = current) {
      const endpoint = endpoints.get(name);
      return endpoint && { scope: name, endpoint };
    },
    async clusters() {
      return [...endpoints.values()].map((endpoint) => ({
        name: endpoint.name,
        displayName: endpoint.name,
        global: endpoint.name === current,
        labels: {},
        scope: endpoint.name,
        endpoint,
      }));
    },
    // Whoever reaches the port would act as the kubeconfig's owner, so only this machine may reach it.
    ...(environment().listensOnLoopback && {
      ownCredentials: (scope: string) => kubeconfigCredentials(loaded, scope),
    }),
  };
}
