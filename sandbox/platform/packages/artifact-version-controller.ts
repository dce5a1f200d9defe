import { type ReconcileResult, runController, watchOf } from '../../client/controller.ts';
import { type Informer, keyOf, splitKey } from '../../client/informer.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { now } from '../../now.ts';
import type { BundleContent } from '../../olm/catalog/bundle-blobs.ts';
import type { ClusterCatalog } from '../../olm/catalog/cluster-catalog.ts';
import { changeStatus } from '../change.ts';
import { labelOf } from '../plugins/api.ts';
import { type Artifact, type ArtifactVersion, labels, refs } from './api.ts';
import { timing } from './timing.ts';

/** Written like this by the platform. */
const withoutOwner = 'aritfactVersion not have OwnerReference';

/** What the controller knows of bundle images, and where it puts uploaded ones. */
export interface UploadTarget {
  /** The package and the CSV of an image that the sandbox's own catalogs have. */
  known(image: string): { packageName: string; csv: string } | undefined;
  /** Reads a bundle out of the platform's registry; `undefined` when it is not there. Throws for one that is unsound. */
  read(image: string): Promise<BundleContent | undefined>;
  /** This cluster's catalogs by their names. */
  catalogs: ReadonlyMap<string, ClusterCatalog>;
}

/** What of a version has been put into a catalog. */
interface Taken {
  uid: string | undefined;
  image: string;
  catalog: ClusterCatalog;
}

/**
 * Takes uploaded versions up: an ArtifactVersion becomes Present when the platform has synchronised it and its catalog
 * offers it, Failed when it belongs to no Artifact or its image can't be read; Artifacts count theirs.
 */
export function runArtifactVersions(cluster: ClusterRuntime, target: UploadTarget): void {
  const artifacts = cluster.informers.of<Artifact>(refs.artifacts);
  const versions = cluster.informers.of<ArtifactVersion>(refs.artifactVersions);
  const taken = new Map<string, Taken>();
  const ofArtifact = (uid: string | undefined) =>
    versions.list().filter(({ metadata }) => metadata.ownerReferences?.some((it) => it.uid === uid));
  runController({
    name: 'artifactversion',
    watches: [
      watchOf(versions, ({ object }) => [keyOf(object)]),
      watchOf(artifacts, ({ object }) => ofArtifact(object.metadata.uid).map(keyOf)),
    ],
    reconcile: (key) => synchronise(cluster, artifacts, key, target, taken),
    signal: cluster.signal,
    clock: cluster.clock,
    // A worker sleeps through the synchronisation.
    concurrency: 64,
  });
  runController({
    name: 'artifact',
    watches: [
      watchOf(artifacts, ({ object }) => [keyOf(object)]),
      watchOf(versions, ({ object: { metadata } }) =>
        (metadata.ownerReferences ?? []).map(({ name }) => keyOf({ metadata: { ...metadata, name } })),
      ),
    ],
    reconcile: (key) => count(cluster, artifacts, ofArtifact, key),
    signal: cluster.signal,
    clock: cluster.clock,
  });
}

async function synchronise(
  cluster: ClusterRuntime,
  artifacts: Informer<Artifact>,
  key: string,
  target: UploadTarget,
  taken: Map<string, Taken>,
): Promise<ReconcileResult | undefined> {
  const version = await cluster.client.find<ArtifactVersion>(refs.artifactVersions, splitKey(key));
  const drop = () => {
    taken.get(key)?.catalog.remove(taken.get(key)?.image ?? '');
    taken.delete(key);
  };
  if (taken.has(key) && taken.get(key)?.uid !== version?.metadata.uid) drop();
  // The CRDs leave the spec optional.
  if (!version?.spec || version.metadata.deletionTimestamp) {
    drop();
    return undefined;
  }
  const write = (status: ArtifactVersion['status']) => writeStatus(cluster, key, status);
  const fail = (reason: string, message: string, type = '') =>
    write({ phase: 'Failed', reason, message, name: '', type, version: '' });
  const artifact = ownerOf(artifacts, version);
  if (!artifact?.spec) {
    await fail(withoutOwner, withoutOwner);
    return undefined;
  }
  const { registry, repository, type } = artifact.spec;
  const image = `${registry}/${repository}:${version.spec.tag}`;
  const name = (repository.split('/').at(-1) ?? repository).replace(/-bundle$/, '');
  const own = target.known(image);
  const known = {
    message: '',
    name: own?.packageName ?? name,
    type,
    version: own?.csv ?? `${name}.${version.spec.tag}`,
  };
  if (!version.spec.present) {
    drop();
    await write({ phase: 'Deleted', reason: 'NotPresent', ...known });
    return undefined;
  }
  if (own || type !== 'bundle') {
    if (version.status?.phase === 'Present' && version.status.version === known.version) return undefined;
    await write({ phase: 'Pending', reason: 'Syncing', ...known });
    await cluster.clock.sleep(timing.sync, cluster.signal);
    await write({ phase: 'Present', reason: 'Success', ...known });
    return undefined;
  }
  if (taken.has(key)) return undefined;
  const library = labelOf(artifact, labels.library) || 'platform';
  const catalog = target.catalogs.get(library);
  const bundle = catalog ? await readBundle(target, image) : `there is no catalog ${library}`;
  if (typeof bundle === 'string' || !catalog) {
    await fail('ReadBundleFailed', String(bundle), type);
    return { requeueAfterMs: timing.recheck };
  }
  const found = { message: '', name: bundle.packageName, type, version: bundle.csv.metadata.name ?? '' };
  await write({ phase: 'Pending', reason: 'Syncing', ...found });
  await cluster.clock.sleep(timing.sync, cluster.signal);
  const latest = await cluster.client.find<ArtifactVersion>(refs.artifactVersions, splitKey(key));
  if (latest?.metadata.uid !== version.metadata.uid || !latest?.spec.present) return { requeueAfterMs: 0 };
  catalog.add(image, bundle);
  taken.set(key, { uid: version.metadata.uid, image, catalog });
  await write({ phase: 'Present', reason: 'Success', ...found });
  return undefined;
}

/** The bundle, or the sentence that says why there is none. */
async function readBundle(target: UploadTarget, image: string): Promise<BundleContent | string> {
  try {
    return (await target.read(image)) ?? `image ${image} is not in the platform's registry`;
  } catch (error) {
    return `image ${image}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function ownerOf(artifacts: Informer<Artifact>, { metadata }: ArtifactVersion): Artifact | undefined {
  return artifacts
    .list(metadata.namespace)
    .find((artifact) =>
      metadata.ownerReferences?.some((it) => it.kind === 'Artifact' && it.uid === artifact.metadata.uid),
    );
}

async function writeStatus(
  cluster: ClusterRuntime,
  key: string,
  status: ArtifactVersion['status'],
): Promise<void> {
  await changeStatus<ArtifactVersion>(cluster.client, refs.artifactVersions, splitKey(key), (latest) => {
    const { phase, reason, message, version } = latest.status ?? {};
    const same = phase === status?.phase && reason === status?.reason && message === status?.message;
    if (same && version === status?.version) return false;
    latest.status = status;
    return true;
  });
}

async function count(
  cluster: ClusterRuntime,
  artifacts: Informer<Artifact>,
  versionsOf: (uid: string | undefined) => ArtifactVersion[],
  key: string,
): Promise<void> {
  const artifact = artifacts.get(key);
  if (!artifact) return;
  const versions = versionsOf(artifact.metadata.uid);
  const present = versions.filter(({ status }) => status?.phase === 'Present').length;
  const synced = versions.every(({ status }) => status?.phase !== 'Pending' && status?.phase !== 'unknown');
  await changeStatus<Artifact>(cluster.client, refs.artifacts, splitKey(key), (latest) => {
    if (latest.status?.availableArtifactVersion === present && latest.status.synced === synced) return false;
    latest.status = { availableArtifactVersion: present, lastUpdateTime: now(), synced };
    return true;
  });
}
