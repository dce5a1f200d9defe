import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { PackageManifest } from '../../contract';
import { artifacts, artifactVersions, uploadNamespace } from '../../refs';
import { ensure, type Told } from './ensure';

const apiVersion = 'app.alauda.io/v1alpha1';
const artifactLabel = 'cpaas.io/artifact-version';

/**
 * Tells a cluster of an uploaded operator: the Artifact is its repository, the ArtifactVersion its tag. The platform
 * refuses versions without an owner, and takes those without `managed-by` for leftovers.
 */
export async function writeOperator(
  kube: KubeClient,
  manifest: PackageManifest,
  { registry, library }: { registry: string; library: string },
  told: Told,
): Promise<void> {
  const { repository, tag } = manifest.artifact;
  // Libraries may hold packages of one name; those of the platform's are called by it.
  const name = library === 'platform' ? manifest.name : `${library}-${manifest.name}`;
  const labels = {
    'cpaas.io/library': library,
    'cpaas.io/present': 'true',
    'cpaas.io/type': 'bundle',
    'managed-by': 'violet',
  };
  const artifact = await ensure(
    kube,
    artifacts,
    { name, namespace: uploadNamespace },
    () => ({
      apiVersion,
      kind: 'Artifact',
      metadata: { name, namespace: uploadNamespace, labels },
      spec: {
        artifactVersionSelector: { matchLabels: { [artifactLabel]: name } },
        displayName: manifest.displayName.en || manifest.name,
        ...(manifest.description ? { description: manifest.description } : {}),
        present: true,
        registry,
        repository,
        type: 'bundle',
      },
    }),
    told,
  );
  const version = `${name}.${tag.toLowerCase().replaceAll('_', '-')}`;
  await ensure(
    kube,
    artifactVersions,
    { name: version, namespace: uploadNamespace },
    () => ({
      apiVersion,
      kind: 'ArtifactVersion',
      metadata: {
        name: version,
        namespace: uploadNamespace,
        labels: { ...labels, [artifactLabel]: name },
        ownerReferences: [{ apiVersion, kind: 'Artifact', name, uid: artifact.metadata.uid }],
      },
      spec: { present: true, tag },
    }),
    told,
  );
}
