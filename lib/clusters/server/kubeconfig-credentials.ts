import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { type Cluster, KubeConfig, type User } from '@kubernetes/client-node';
import type { Dispatcher } from 'undici';
import { type Credentials, clusterAgent } from '@/lib/kube/endpoint';
import { ProblemError } from '@/lib/kube/problem';
import { clusterTls } from './kubeconfig-cluster';
import type { LoadedKubeconfig } from './kubeconfig-file';

/** An exec plugin takes a second; what it says is believed for so long, or until the expiry that it names. */
const FRESH_MS = 60_000;
const MAX_REASON = 500;

/** Agents that carry a client certificate, by what they carry. */
const certificateAgents = new Map<string, Dispatcher>();
/** Each remembers the answer of its exec plugin. */
const scopedConfigs = new Map<string, { until: number; config: KubeConfig }>();

/**
 * The credentials of a kubeconfig's context, as kubectl would use them: token, token file, client certificate, exec
 * plugin, and whom its user wants to be.
 * @throws ProblemError `unauthenticated` when a file or a plugin does not give them
 */
export async function kubeconfigCredentials(loaded: LoadedKubeconfig, context: string): Promise<Credentials> {
  try {
    return await readCredentials(loaded, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().slice(0, MAX_REASON) : 'unknown reason';
    throw new ProblemError(
      'unauthenticated',
      `The kubeconfig gives no credentials for its context "${context}": ${reason}`,
      { cluster: context },
    );
  }
}

async function readCredentials(loaded: LoadedKubeconfig, context: string): Promise<Credentials> {
  const scoped = scopedConfig(loaded.config, context);
  const cluster = scoped.getCurrentCluster();
  const more = loaded.users.get(scoped.getCurrentUser()?.name ?? '');
  const options: RequestOptions = { headers: {} };
  await scoped.applyToHTTPSOptions(options);
  // client-node makes plain headers.
  const { Authorization, ...others } = options.headers as Record<string, string>;
  const authorization = more?.tokenFile
    ? `Bearer ${readFileSync(more.tokenFile, 'utf8').trim()}`
    : (Authorization ?? (options.auth ? `Basic ${Buffer.from(options.auth).toString('base64')}` : undefined));
  const headers = { ...(authorization ? { authorization } : {}), ...others, ...more?.impersonation };
  const { cert, key } = options;
  const digest = (...parts: unknown[]) =>
    createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  const carried = digest(context, String(cert), String(key));
  if (cert && cluster && !certificateAgents.has(carried)) {
    const tls = () => ({ ...clusterTls(cluster), cert, key });
    certificateAgents.set(carried, clusterAgent({ tls, proxy: cluster.proxyUrl }));
  }
  return {
    key: digest(carried, headers).slice(0, 22),
    headers,
    dispatcher: certificateAgents.get(carried),
  };
}

/** A kubeconfig of one context alone, used again for a minute. */
function scopedConfig(config: KubeConfig, context: string): KubeConfig {
  const known = scopedConfigs.get(context);
  if (known && known.until > Date.now()) return known.config;
  const named = config.getContextObject(context);
  const cluster = named && config.getCluster(named.cluster);
  const user = named && config.getUser(named.user);
  const scoped = new KubeConfig();
  scoped.loadFromOptions({
    // client-node gives no credentials for plain HTTP unless it is told not to verify what there is nothing of.
    clusters: cluster
      ? [{ ...cluster, skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith('http:') }]
      : [],
    users: user ? [withExecInfo(user, cluster)] : [],
    contexts: named ? [named] : [],
    currentContext: context,
  });
  scopedConfigs.set(context, { until: Date.now() + FRESH_MS, config: scoped });
  return scoped;
}

/** What client-go tells an exec plugin: https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
function withExecInfo(user: User, cluster: Cluster | null): User {
  if (!user.exec) return user;
  const { server, caData, tlsServerName, skipTLSVerify, proxyUrl } = cluster ?? {};
  const told = {
    server,
    'certificate-authority-data': caData,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipTLSVerify || undefined,
    'proxy-url': proxyUrl,
  };
  const info = {
    kind: 'ExecCredential',
    apiVersion: user.exec.apiVersion,
    spec: { interactive: false, ...(user.exec.provideClusterInfo ? { cluster: told } : {}) },
  };
  const env = [...(user.exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...user, exec: { ...user.exec, env } };
}
