import { startControllers } from '../../controllers/start.ts';
import { makeCluster } from '../../make-cluster.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { OlmContext } from '../context.ts';
import { startOlm } from '../start.ts';

const nodes = { group: '', version: 'v1', resource: 'nodes' };

export interface TestClusterOptions {
  /** Catalogs by name, each a folder. */
  catalogs: Record<string, string>;
  bundles: string[];
  plain?: boolean;
  speed?: number;
}

export interface TestCluster {
  olm: OlmContext;
  catalogs: Catalog[];
  stop(): void;
}

/** A cluster in this process with the built-in controllers and OLM on it, and none of the sandbox's own catalogs. */
export async function testCluster(options: TestClusterOptions): Promise<TestCluster> {
  const stop = new AbortController();
  const { speed = 50, plain = true } = options;
  const tokens = (token: string) =>
    token === 'admin-token' ? { username: 'admin', groups: ['system:masters'] } : undefined;
  const cluster = makeCluster({ name: 'test', speed, plain, signal: stop.signal, tokens });
  await cluster.client.create(nodes, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1', labels: { 'kubernetes.io/os': 'linux' } },
  });
  startControllers(cluster);
  const catalogs = await Promise.all(
    Object.entries(options.catalogs).map(([name, path]) =>
      Catalog.open({ name, path, displayName: `Catalog ${name}`, publisher: 'Test' }, () => undefined),
    ),
  );
  const olm = await startOlm(cluster, {
    catalogs: catalogs.map((catalog) => ({ catalog, library: false, platformOnly: false })),
    bundles: options.bundles,
  });
  return { olm, catalogs, stop: () => stop.abort() };
}
