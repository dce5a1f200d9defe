import 'server-only';
import { readFileSync } from 'node:fs';
import { KubeClient } from '@/lib/kube/client';
import { type ClusterEndpoint, type Credentials, clusterAgent } from '@/lib/kube/endpoint';
import { KubeError } from '@/lib/kube/errors';
import { shared } from '@/lib/kube/shared';
import type { KubeObject } from '@/lib/kube/types';
import type { Platform, RegisteredCluster } from './platform';

const GLOBAL = 'global';
const SCOPE = 'platform';
const FRESH_MS = 10_000;
const MAX_REMEMBERED = 1_000;

/**
 * The Alauda Container Platform: clusters are below `/kubernetes/<name>` of one address, and one token
 * serves all of them. `/auth/v1/clusters` lists those on which the caller has rights; platforms without
 * it have `clusters.platform.tkestack.io` on the global cluster.
 * @throws Error when the file of its certificate authority can't be read
 */
export function acpPlatform(url: string, caFile: string | undefined): Platform {
  const tls = caFile ? () => ({ ca: readAuthority(caFile) }) : undefined;
  // A wrong setting is told at the start.
  tls?.();
  const endpoints = shared('acp-endpoints', () => new Map<string, ClusterEndpoint>());
  const endpointOf = (name: string): ClusterEndpoint => {
    const known = endpoints.get(name);
    if (known) return known;
    const endpoint = {
      name,
      baseUrl: `${url}/kubernetes/${encodeURIComponent(name)}`,
      dispatcher: clusterAgent({ tls }),
    };
    endpoints.set(name, endpoint);
    return endpoint;
  };
  const root: ClusterEndpoint = { name: GLOBAL, baseUrl: url, dispatcher: endpointOf(GLOBAL).dispatcher };

  return {
    kind: 'acp',
    title: new URL(url).host,
    async signInCluster() {
      return { scope: SCOPE, endpoint: endpointOf(GLOBAL) };
    },
    async clusters(credentialsOf) {
      const credentials = await credentialsOf(SCOPE);
      if (!credentials) return [];
      const objects = await remembered(credentials.key, () =>
        listClusters(root, endpointOf(GLOBAL), credentials),
      );
      return objects.flatMap((object) => registered(object, endpointOf) ?? []);
    },
  };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`PLATFORM_CA: ${file} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function listClusters(
  root: ClusterEndpoint,
  global: ClusterEndpoint,
  credentials: Credentials,
): Promise<KubeObject[]> {
  try {
    const list = await new KubeClient(root, credentials).path<{ items?: KubeObject[] }>('/auth/v1/clusters', {
      verb: 'list',
      resource: 'clusters',
    });
    return list.items ?? [];
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 404) throw error;
  }
  const ref = { group: 'platform.tkestack.io', version: 'v1', resource: 'clusters' };
  return (await new KubeClient(global, credentials).list(ref)).items;
}

/** A list of clusters is asked for on every request; ten seconds old is new enough for a name. */
async function remembered(key: string, load: () => Promise<KubeObject[]>): Promise<KubeObject[]> {
  const cache = shared(
    'acp-clusters',
    () => new Map<string, { until: number; clusters: Promise<KubeObject[]> }>(),
  );
  const known = cache.get(key);
  if (known && known.until > Date.now()) return known.clusters;
  const clusters = load();
  if (cache.size >= MAX_REMEMBERED) cache.clear();
  cache.set(key, { until: Date.now() + FRESH_MS, clusters });
  clusters.catch(() => cache.delete(key));
  return clusters;
}

function registered(
  object: KubeObject,
  endpointOf: (name: string) => ClusterEndpoint,
): RegisteredCluster | undefined {
  const { name, labels = {}, annotations = {} } = object.metadata;
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return undefined;
  const spec = object.spec as { displayName?: unknown } | undefined;
  const displayName = annotations['cpaas.io/display-name'] ?? spec?.displayName;
  return {
    name,
    displayName: typeof displayName === 'string' && displayName ? displayName : name,
    global: labels['is-global'] === 'true' || name === GLOBAL,
    labels,
    platformVersion: annotations['cpaas.io/platform-version'],
    scope: SCOPE,
    endpoint: endpointOf(name),
  };
}
