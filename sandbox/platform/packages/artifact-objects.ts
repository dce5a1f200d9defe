import type { OwnerReference } from '../../client/types.ts';
import { systemNamespace } from '../plugins/api.ts';
import { type Artifact, type ArtifactVersion, appApiVersion, labels } from './api.ts';
import { csvMetadata, type UploadedBundle } from './uploaded-bundles.ts';

/** The artifact of a bundle's package. Libraries may hold packages of one name, so all but the first one are marked. */
export function artifactName({ library, owner }: UploadedBundle): string {
  return library === 'platform' ? owner.name : `${library}-${owner.name}`;
}

/** The Artifact that uploading a bundle makes. */
export function artifactOf(uploaded: UploadedBundle): Artifact {
  const name = artifactName(uploaded);
  return {
    apiVersion: appApiVersion,
    kind: 'Artifact',
    metadata: { name, namespace: systemNamespace, labels: labelsOf(uploaded) },
    spec: {
      artifactVersionSelector: { matchLabels: { [labels.artifact]: name } },
      displayName: csvMetadata(uploaded.bundle).displayName || uploaded.owner.name,
      imagePullSecrets: [],
      present: true,
      registry: uploaded.registry,
      repository: uploaded.repository,
      type: 'bundle',
    },
  };
}

/** The ArtifactVersion of one bundle; it belongs to its Artifact, which the platform insists on. */
export function artifactVersionOf(uploaded: UploadedBundle, artifact: Artifact): ArtifactVersion {
  const name = artifactName(uploaded);
  return {
    apiVersion: appApiVersion,
    kind: 'ArtifactVersion',
    metadata: {
      name: `${name}.${uploaded.tag}`,
      namespace: systemNamespace,
      labels: { ...labelsOf(uploaded), [labels.artifact]: name, [labels.managedBy]: 'violet' },
      ownerReferences: [ownerOf(artifact)],
    },
    spec: { present: true, tag: uploaded.tag },
  };
}

function ownerOf({ apiVersion, kind, metadata }: Artifact): OwnerReference {
  return { apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '' };
}

function labelsOf({ library }: UploadedBundle): Record<string, string> {
  return {
    [labels.library]: library,
    [labels.present]: 'true',
    [labels.type]: 'bundle',
    ...(library === 'system' ? { [labels.builtIn]: 'true' } : {}),
  };
}
