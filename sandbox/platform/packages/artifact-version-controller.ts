import { runController, watchOf } from '../../client/controller.ts';
import { type Informer, keyOf, splitKey } from '../../client/informer.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { changeStatus, timestamp } from '../change.ts';
import { type Artifact, type ArtifactVersion, refs } from './api.ts';
import { timing } from './timing.ts';

/** Written like this by the platform. */
const withoutOwner = 'aritfactVersion not have OwnerReference';

/** The package and the CSV of a bundle image, when a catalog knows it. */
export type BundleLookup = (image: string) => { packageName: string; csv: string } | undefined;

/**
 * Takes uploaded versions up: an ArtifactVersion becomes Present when the platform has synchronised it, Failed when it
 * belongs to no Artifact; Artifacts count theirs.
 */
export function runArtifactVersions(cluster: ClusterRuntime, lookup: BundleLookup): void {
  const artifacts = cluster.informers.of<Artifact>(refs.artifacts);
  const versions = cluster.informers.of<ArtifactVersion>(refs.artifactVersions);
  const ofArtifact = (uid: string | undefined) =>
    versions.list().filter(({ metadata }) => metadata.ownerReferences?.some((it) => it.uid === uid));
  runController({
    name: 'artifactversion',
    watches: [
      watchOf(versions, ({ object }) => [keyOf(object)]),
      watchOf(artifacts, ({ object }) => ofArtifact(object.metadata.uid).map(keyOf)),
    ],
    reconcile: (key) => synchronise(cluster, artifacts, key, lookup),
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
  lookup: BundleLookup,
): Promise<void> {
  const version = await cluster.client.find<ArtifactVersion>(refs.artifactVersions, splitKey(key));
  // The CRDs leave the spec optional.
  if (!version?.spec || version.metadata.deletionTimestamp) return;
  const write = (status: ArtifactVersion['status']) => writeStatus(cluster, key, status);
  const artifact = ownerOf(artifacts, version);
  if (!artifact?.spec) {
    await write({
      phase: 'Failed',
      reason: withoutOwner,
      message: withoutOwner,
      name: '',
      type: '',
      version: '',
    });
    return;
  }
  const { registry, repository, type } = artifact.spec;
  const found = lookup(`${registry}/${repository}:${version.spec.tag}`);
  const name = found?.packageName ?? (repository.split('/').at(-1) ?? repository).replace(/-bundle$/, '');
  const known = { message: '', name, type, version: found?.csv ?? `${name}.${version.spec.tag}` };
  if (!version.spec.present) {
    await write({ phase: 'Deleted', reason: 'NotPresent', ...known });
    return;
  }
  if (version.status?.phase === 'Present' && version.status.version === known.version) return;
  await write({ phase: 'Pending', reason: 'Syncing', ...known });
  await cluster.clock.sleep(timing.sync, cluster.signal);
  await write({ phase: 'Present', reason: 'Success', ...known });
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
    const { phase, reason, version } = latest.status ?? {};
    if (phase === status?.phase && reason === status?.reason && version === status?.version) return false;
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
    latest.status = { availableArtifactVersion: present, lastUpdateTime: timestamp(), synced };
    return true;
  });
}
