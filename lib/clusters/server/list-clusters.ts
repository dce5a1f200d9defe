import 'server-only';
import { KubeClient } from '@/lib/kube/client';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import type { Cluster, ClusterList } from '../contract';
import { credentialsFor, type SignedIn } from './open-cluster';
import { platform, type RegisteredCluster } from './platform';

const PROBE_TIMEOUT_MS = 5_000;

/**
 * The clusters that the user may see, each asked whether it answers. One that does not is listed with
 * the reason; it never holds up the others for more than five seconds.
 */
export async function listClusters(session: SignedIn, signal: AbortSignal): Promise<ClusterList> {
  const clusters = await platform().clusters((scope) => credentialsFor(session, scope));
  const items = await Promise.all(clusters.map((cluster) => probe(cluster, session, signal)));
  return { items: items.sort((a, b) => Number(b.global) - Number(a.global) || a.name.localeCompare(b.name)) };
}

async function probe(cluster: RegisteredCluster, session: SignedIn, signal: AbortSignal): Promise<Cluster> {
  const { name, displayName, global, labels, platformVersion } = cluster;
  const known = { name, displayName, global, labels, platformVersion };
  const credentials = await credentialsFor(session, cluster.scope);
  if (!credentials) return { ...known, health: 'SignInNeeded' };
  try {
    const version = await new KubeClient(cluster.endpoint, credentials, signal).path<{ gitVersion?: string }>(
      '/version',
      { verb: 'get', resource: 'version' },
      { timeoutMs: PROBE_TIMEOUT_MS },
    );
    return { ...known, health: 'Healthy', kubernetesVersion: version.gitVersion };
  } catch (error) {
    if (error instanceof KubeError && error.status === 401)
      return { ...known, health: 'SignInNeeded', reason: error.message };
    if (error instanceof KubeError || error instanceof ConnectionError) {
      return { ...known, health: 'Unreachable', reason: error.message };
    }
    throw error;
  }
}
