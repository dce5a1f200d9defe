import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ClusterRuntime } from './cluster-runtime.ts';
import { catalogsOfClusters, openCatalogs } from './olm/open-catalogs.ts';
import { readState, seedState } from './olm/seed.ts';
import { startOlm } from './olm/start.ts';
import { startPlatform } from './platform/start.ts';
import { startPlatformOlm } from './platform/start-olm-parts.ts';
import type { ImageRegistry } from './registry/image-registry.ts';
import type { Settings } from './settings.ts';

const content = (path: string) => fileURLToPath(new URL(`./content/${path}`, import.meta.url));

/** Starts what is installed on the clusters beside Kubernetes itself: OLM and the platform's own controllers. */
export async function startExtensions(
  clusters: readonly ClusterRuntime[],
  settings: Settings,
  registry: ImageRegistry | undefined,
): Promise<void> {
  const [signal] = clusters.map((cluster) => cluster.signal);
  if (!signal) return;
  const absent = await unpullableImages();
  const catalogs = await openCatalogs({ extra: settings.catalogs, signal });
  const bundles = [content('bundles'), ...(settings.bundles ? [settings.bundles] : [])];
  const state = await readState(content(`states/${settings.state}.yaml`));
  const clusterCatalogs = catalogsOfClusters(clusters, catalogs);
  await Promise.all(
    clusters.map(async (cluster) => {
      for (const image of absent) cluster.nodes.refuseImage(image);
      const olm = await startOlm(cluster, {
        catalogs: catalogs.map((served) => {
          const catalog = clusterCatalogs.get(cluster.name)?.get(served.catalog.options.name);
          return catalog ? { ...served, catalog } : served;
        }),
        bundles,
        registry,
        synthesise: settings.synthesise,
      });
      startPlatformOlm(olm);
      await seedState(olm, state.get(cluster.name) ?? []);
    }),
  );
  await startPlatform(clusters, { state: settings.state, catalogs, clusterCatalogs, registry });
}

async function unpullableImages(): Promise<string[]> {
  const text = await readFile(content('unpullable-images.yaml'), 'utf8');
  return z.object({ images: z.array(z.string()) }).parse(parse(text)).images;
}
