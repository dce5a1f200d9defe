import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { isBundleFile, readBundle } from '../../olm/catalog/bundle-blobs.ts';
import type { CatalogServer } from '../../olm/catalog/catalog.ts';
import type { ClusterCatalog } from '../../olm/catalog/cluster-catalog.ts';
import type { ServedCatalog } from '../../olm/open-catalogs.ts';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import { createOnce } from '../users.ts';
import { type Artifact, type ArtifactVersion, refs } from './api.ts';
import { artifactName, artifactOf, artifactVersionOf } from './artifact-objects.ts';
import { runArtifactVersions } from './artifact-version-controller.ts';
import { createCharts } from './charts.ts';
import { readProductBase } from './content.ts';
import { runProductBase } from './product-base-controller.ts';
import { uploadAdmission } from './upload-admission.ts';
import { type UploadedBundle, uploadedBundles } from './uploaded-bundles.ts';

/** Uploads are looked at for so long; then the sandbox serves with some still being synchronised. */
const patienceMs = 20_000;

export interface StartPackagesOptions {
  /** The catalogs that all clusters share: what is in the platform's own was uploaded. */
  catalogs: readonly ServedCatalog[];
  /** The platform's catalogs as each cluster sees them, by cluster and name. */
  clusterCatalogs: ReadonlyMap<string, ReadonlyMap<string, ClusterCatalog>>;
  /** Where uploaded images are. */
  registry: ImageRegistry | undefined;
}

/**
 * Puts packages on the platform: on every cluster the Artifacts of the operators in its catalogs and the controller
 * that takes versions up, on global the charts and the list of all known packages. The CRDs must be established.
 */
export async function startPackages(
  clusters: readonly ClusterRuntime[],
  options: StartPackagesOptions,
): Promise<void> {
  const { catalogs, clusterCatalogs, registry } = options;
  const bundles = uploadedBundles(ownCatalogs(catalogs));
  const known = (image: string) => {
    const found = uploadedBundles(ownCatalogs(catalogs)).find(({ bundle }) => bundle.image === image)?.bundle;
    return found && { packageName: found.packageName, csv: found.name };
  };
  const read = async (image: string) => {
    const files = await registry?.files(image, isBundleFile);
    return files && readBundle(files);
  };
  const catalogsOf = (name: string) => clusterCatalogs.get(name) ?? new Map<string, ClusterCatalog>();
  const global = clusters.find(({ name }) => name === 'global');
  if (global) {
    await createCharts(global);
    await runProductBase(global, await readProductBase(), () =>
      uploadedBundles([...catalogsOf(global.name).values()]),
    );
  }
  await Promise.all(
    clusters.map(async (cluster) => {
      cluster.server.addAdmission(uploadAdmission());
      runArtifactVersions(cluster, { known, read, catalogs: catalogsOf(cluster.name) });
      await upload(cluster, bundles);
    }),
  );
}

/** What the platform's own catalogs hold was uploaded; what other ones hold came another way. */
function ownCatalogs(catalogs: readonly ServedCatalog[]): CatalogServer[] {
  return catalogs.filter(({ library }) => library).map(({ catalog }) => catalog);
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
