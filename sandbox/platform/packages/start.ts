import type { ClusterRuntime } from '../../cluster-runtime.ts';
import type { ServedCatalog } from '../../olm/open-catalogs.ts';
import { createOnce } from '../users.ts';
import { type Artifact, type ArtifactVersion, refs } from './api.ts';
import { artifactName, artifactOf, artifactVersionOf } from './artifact-objects.ts';
import { type BundleLookup, runArtifactVersions } from './artifact-version-controller.ts';
import { createCharts } from './charts.ts';
import { readProductBase } from './content.ts';
import { runProductBase } from './product-base-controller.ts';
import { type UploadedBundle, uploadedBundles } from './uploaded-bundles.ts';

/** Uploads are looked at for so long; then the sandbox serves with some still being synchronised. */
const patienceMs = 20_000;

/**
 * Puts packages on the platform: on every cluster the Artifacts of the operators in its catalogs and the controller
 * that takes versions up, on global the charts and the list of all known packages. The CRDs must be established.
 */
export async function startPackages(
  clusters: readonly ClusterRuntime[],
  options: { catalogs: readonly ServedCatalog[] },
): Promise<void> {
  const bundles = uploadedBundles(options.catalogs);
  const lookup: BundleLookup = (image) => {
    const found = uploadedBundles(options.catalogs).find(({ bundle }) => bundle.image === image)?.bundle;
    return found && { packageName: found.packageName, csv: found.name };
  };
  const global = clusters.find(({ name }) => name === 'global');
  if (global) {
    await createCharts(global);
    await runProductBase(global, await readProductBase(), bundles);
  }
  await Promise.all(
    clusters.map(async (cluster) => {
      runArtifactVersions(cluster, lookup);
      await upload(cluster, bundles);
    }),
  );
}

async function upload(cluster: ClusterRuntime, bundles: readonly UploadedBundle[]): Promise<void> {
  const artifacts = new Map<string, Artifact>();
  for (const bundle of bundles) {
    const name = artifactName(bundle);
    const artifact = artifacts.get(name) ?? (await cluster.client.create(refs.artifacts, artifactOf(bundle)));
    artifacts.set(name, artifact);
    await createOnce(cluster, refs.artifactVersions, artifactVersionOf(bundle, artifact));
  }
  const versions = cluster.informers.of<ArtifactVersion>(refs.artifactVersions);
  const until = Date.now() + patienceMs;
  const settled = () => {
    const list = versions.list();
    return list.length >= bundles.length && list.every(({ status }) => status?.phase === 'Present');
  };
  while (!settled() && Date.now() < until && !cluster.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
