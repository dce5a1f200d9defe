import type { KubeObject, ObjectKey, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { startControllers } from '../controllers/start.ts';
import { makeCluster } from '../make-cluster.ts';
import type { ClusterCatalog } from '../olm/catalog/cluster-catalog.ts';
import { catalogsOfClusters, type ServedCatalog } from '../olm/open-catalogs.ts';
import type { ImageRegistry } from '../registry/image-registry.ts';
import { readClusters } from './cluster-content.ts';
import { createClusterObjects } from './cluster-objects.ts';
import { registerClusters } from './clusters.ts';
import { startPlatform } from './start.ts';

/** A platform in this process, without sockets, users and OLM. */
export interface TestPlatform {
  global: ClusterRuntime;
  cluster(name: string): ClusterRuntime;
  /** One of the platform's catalogs as a cluster sees it. */
  catalog(cluster: string, name: string): ClusterCatalog;
}

/** Starts the clusters of the content as a platform on which nothing is installed, a hundred times as fast. */
export async function testPlatform(
  signal: AbortSignal,
  catalogs: readonly ServedCatalog[] = [],
  registry?: ImageRegistry,
): Promise<TestPlatform> {
  const contents = await readClusters();
  const clusters = contents.map(({ name, gitVersion }) =>
    makeCluster({ name, gitVersion, speed: 100, signal, tokens: () => undefined }),
  );
  for (const [index, cluster] of clusters.entries()) {
    const content = contents[index];
    if (content) await createClusterObjects(cluster, content);
    await startControllers(cluster);
  }
  const cluster = (name: string) => {
    const found = clusters.find((it) => it.name === name);
    if (!found) throw new Error(`no cluster ${name}`);
    return found;
  };
  const global = cluster('global');
  await registerClusters(global, contents, 'https://127.0.0.1:1');
  const clusterCatalogs = catalogsOfClusters(clusters, catalogs);
  await startPlatform(clusters, { state: 'fresh', catalogs, clusterCatalogs, registry });
  const catalog = (of: string, name: string) => {
    const found = clusterCatalogs.get(of)?.get(name);
    if (!found) throw new Error(`no catalog ${name} on ${of}`);
    return found;
  };
  return { global, cluster, catalog };
}

/**
 * Reads the object again and again until it is as `fulfils` wants it (`undefined` while it doesn't exist).
 * @throws Error with its last state after `timeoutMs`
 */
export async function until<T extends KubeObject>(
  cluster: ClusterRuntime,
  ref: ResourceRef,
  key: ObjectKey,
  fulfils: (object: T | undefined) => boolean,
  timeoutMs = 10_000,
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const object = await cluster.client.find<T>(ref, key);
    if (fulfils(object)) return object;
    if (Date.now() > deadline)
      throw new Error(`${key.name} stayed ${JSON.stringify(object)?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
