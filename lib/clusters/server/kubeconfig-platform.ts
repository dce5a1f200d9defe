import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter } from 'node:path';
import { type Cluster, KubeConfig } from '@kubernetes/client-node';
import { environment } from '@/lib/environment';
import { type ClusterEndpoint, type Credentials, clusterAgent } from '@/lib/kube/endpoint';
import type { Platform } from './platform';

/**
 * A kubeconfig: every context is a cluster, the current one plays `global`. Each cluster judges its own
 * tokens, so a token is sent only to the context that it was given for.
 * @param variable the value of KUBECONFIG: one or several files, as kubectl reads it
 * @throws Error when a file can't be read or names no usable context
 */
export function kubeconfigPlatform(variable: string): Platform {
  const config = loadKubeconfig(variable);
  const endpoints = new Map<string, ClusterEndpoint>();
  for (const { name, cluster } of config.getContexts()) {
    const target = config.getCluster(cluster);
    if (target)
      endpoints.set(name, { name, baseUrl: target.server.replace(/\/+$/, ''), dispatcher: agentOf(target) });
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
      ownCredentials: (scope: string) => ownCredentials(config, scope),
    }),
  };
}

/** Agents that carry a client certificate, by what they carry. */
const certificateAgents = new Map<string, ReturnType<typeof clusterAgent>>();

async function ownCredentials(config: KubeConfig, context: string): Promise<Credentials> {
  const scoped = new KubeConfig();
  const { clusters, users, contexts } = config;
  scoped.loadFromOptions({ clusters, users, contexts, currentContext: context });
  const options: RequestOptions = { headers: {} };
  await scoped.applyToHTTPSOptions(options);
  const headers = options.headers as Record<string, string>;
  const authorization = headers.Authorization ?? (options.auth ? `Basic ${btoa(options.auth)}` : undefined);
  const { cert, key, ca, servername, rejectUnauthorized } = options;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([context, authorization, String(cert)]))
    .digest('base64url');
  if (cert && !certificateAgents.has(fingerprint)) {
    certificateAgents.set(fingerprint, clusterAgent({ cert, key, ca, servername, rejectUnauthorized }));
  }
  return {
    key: fingerprint.slice(0, 22),
    headers: authorization ? { authorization } : {},
    dispatcher: certificateAgents.get(fingerprint),
  };
}

function loadKubeconfig(variable: string): KubeConfig {
  const config = new KubeConfig();
  for (const [index, file] of variable.split(delimiter).filter(Boolean).entries()) {
    try {
      if (index === 0) config.loadFromFile(file);
      else {
        const next = new KubeConfig();
        next.loadFromFile(file);
        config.mergeConfig(next, true);
      }
    } catch (error) {
      throw new Error(
        `KUBECONFIG: ${file} can't be read: ${error instanceof Error ? error.message : 'unknown reason'}`,
      );
    }
  }
  return config;
}

function agentOf(cluster: Cluster) {
  const ca = cluster.caData
    ? Buffer.from(cluster.caData, 'base64').toString('utf8')
    : cluster.caFile && readFileSync(cluster.caFile, 'utf8');
  return clusterAgent({
    ...(ca ? { ca } : {}),
    ...(cluster.tlsServerName ? { servername: cluster.tlsServerName } : {}),
    ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}),
  });
}
