import type { ApiServer } from '../apiserver/api-server.ts';
import { unauthorized } from '../apiserver/auth/authenticate.ts';
import { respond, respondError } from '../apiserver/negotiate.ts';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import type { ClusterContent } from './cluster-content.ts';
import { clusterDefinition } from './cluster-definition.ts';
import { createOnce } from './users.ts';

const definitions: ResourceRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};
const clusters: ResourceRef = { group: 'platform.tkestack.io', version: 'v1', resource: 'clusters' };

/** Makes `clusters.platform.tkestack.io` on the global cluster and an object in it for each cluster. */
export async function registerClusters(
  global: ClusterRuntime,
  contents: readonly ClusterContent[],
  url: string,
): Promise<void> {
  await createOnce(global, definitions, clusterDefinition);
  await established(global, clusterDefinition.metadata.name ?? '');
  for (const content of contents) {
    const object = platformCluster(content, url);
    await createOnce(global, clusters, object);
    const stored = await global.client.get(clusters, { name: content.name });
    await global.client.updateStatus(clusters, { ...stored, status: object.status });
  }
}

async function established(cluster: ClusterRuntime, name: string): Promise<void> {
  for (;;) {
    const definition = await cluster.client.get<Definition>(definitions, { name });
    const conditions = definition.status?.conditions ?? [];
    if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

interface Definition extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

function platformCluster(content: ClusterContent, url: string): KubeObject {
  const { hostname, port } = new URL(url);
  const path = `/kubernetes/${content.name}`;
  return {
    apiVersion: 'platform.tkestack.io/v1',
    kind: 'Cluster',
    metadata: {
      name: content.name,
      labels: content.labels,
      annotations: { 'cpaas.io/display-name': content.displayName },
    },
    spec: {
      displayName: content.displayName,
      tenantID: 'default',
      type: content.type,
      version: content.gitVersion.replace(/^v/, ''),
      networkType: 'kube-ovn',
      features: {},
    },
    status: {
      phase: 'Running',
      version: content.gitVersion.replace(/^v/, ''),
      addresses: [{ type: 'Advertise', host: hostname, port: Number(port), path }],
      conditions: [{ type: 'HealthCheck', status: 'True', reason: 'Healthy', message: '' }],
      resource: {
        capacity: { cpu: String(8 * content.nodes.length), memory: `${32 * content.nodes.length}Gi` },
      },
    },
  };
}

/**
 * `GET /auth/v1/clusters`: the clusters on which the caller may do anything beyond asking about themselves.
 * Anonymous callers and unknown tokens get 401.
 */
export function listClusters(
  request: Request,
  servers: ReadonlyMap<string, ApiServer>,
  contents: readonly ClusterContent[],
  { url, ca }: { url: string; ca: string },
): Response {
  try {
    const items = contents.filter(({ name }) => {
      const server = servers.get(name);
      if (!server) return false;
      const user = server.userOf(request.headers);
      if (user.username === 'system:anonymous') throw unauthorized();
      return server.hasRights(user);
    });
    return respond({
      kind: 'ClusterList',
      apiVersion: 'clusterregistry.k8s.io/v1alpha1',
      metadata: {},
      items: items.map((content) => registeredCluster(content, url, ca)),
    });
  } catch (error) {
    return respondError(error);
  }
}

function registeredCluster(content: ClusterContent, url: string, ca: string) {
  return {
    kind: 'Cluster',
    apiVersion: 'clusterregistry.k8s.io/v1alpha1',
    metadata: {
      name: content.name,
      namespace: 'cpaas-system',
      labels: content.labels,
      annotations: {
        'cpaas.io/display-name': content.displayName,
        'cpaas.io/platform-version': content.platformVersion,
      },
    },
    spec: {
      kubernetesApiEndpoints: {
        serverEndpoints: [{ clientCIDR: '0.0.0.0/0', serverAddress: `${url}/kubernetes/${content.name}` }],
        caBundle: Buffer.from(ca).toString('base64'),
      },
      authInfo: { controller: { kind: 'Secret', namespace: 'cpaas-system', name: `${content.name}-auth` } },
    },
    status: {
      version: content.gitVersion,
      conditions: [{ type: 'NotAccessible', status: 'False', reason: 'ClusterAccessible', message: '' }],
    },
  };
}
