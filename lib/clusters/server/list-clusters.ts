import 'server-only';
import { KubeClient } from '@/lib/kube/client';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import { countUpgrades } from '@/lib/operators/server/count-upgrades';
import { countPluginUpgrades } from '@/lib/plugins/server/count-plugin-upgrades';
import type { Cluster, ClusterList } from '../contract';
import { credentialsFor, openCluster, openWithGlobal, type SignedIn } from './open-cluster';
import { platform, type RegisteredCluster } from './platform';

const PROBE_TIMEOUT_MS = 5_000;
const COUNT_TIMEOUT_MS = 3_000;

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
  try {
    const credentials = await credentialsFor(session, cluster.scope);
    if (!credentials) return { ...known, health: 'SignInNeeded' };
    const version = await new KubeClient(cluster.endpoint, credentials, signal).path<{ gitVersion?: string }>(
      '/version',
      { verb: 'get', resource: 'version' },
      { timeoutMs: PROBE_TIMEOUT_MS },
    );
    const upgrades = await countAll(cluster, session, signal);
    return { ...known, health: 'Healthy', kubernetesVersion: version.gitVersion, upgrades };
  } catch (error) {
    if (error instanceof ProblemError) return { ...known, health: 'SignInNeeded', reason: error.detail };
    if (error instanceof KubeError && error.status === 401)
      return { ...known, health: 'SignInNeeded', reason: error.message };
    if (error instanceof KubeError || error instanceof ConnectionError) {
      return { ...known, health: 'Unreachable', reason: error.message };
    }
    throw error;
  }
}

/** Upgrades that wait on a cluster; a count that can't be had in time, or not by this user, is left out. */
async function countAll(
  { name }: RegisteredCluster,
  session: SignedIn,
  signal: AbortSignal,
): Promise<Cluster['upgrades']> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(COUNT_TIMEOUT_MS)]);
  const [operators, plugins] = await Promise.all([
    openCluster(session, name, limit).then(countUpgrades).catch(unknownCount),
    openWithGlobal(session, name, limit).then(countPluginUpgrades).catch(unknownCount),
  ]);
  return { operators, plugins };
}

function unknownCount(error: unknown): undefined {
  const known = [KubeError, ConnectionError, ProblemError].some((kind) => error instanceof kind);
  const late = error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name);
  if (!known && !late) throw error;
}
