import type { KubeObject, ResourceRef } from '../../client/types.ts';

export const appApiVersion = 'app.alauda.io/v1alpha1';

/** What the package controllers read and write. */
export const refs = {
  artifacts: { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' },
  artifactVersions: { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifactversions' },
  chartRepos: { group: 'app.alauda.io', version: 'v1beta1', resource: 'chartrepos' },
  charts: { group: 'app.alauda.io', version: 'v1beta1', resource: 'charts' },
  productBases: { group: 'product.alauda.io', version: 'v1alpha2', resource: 'productbases' },
} satisfies Record<string, ResourceRef>;

export const labels = {
  artifact: 'cpaas.io/artifact-version',
  library: 'cpaas.io/library',
  type: 'cpaas.io/type',
  present: 'cpaas.io/present',
  builtIn: 'cpaas.io/builtin',
  managedBy: 'managed-by',
} as const;

/** A repository in the platform's registry that was uploaded. */
export interface Artifact extends KubeObject {
  spec: {
    artifactVersionSelector: { matchLabels?: Record<string, string> };
    displayName?: string;
    description?: string;
    imagePullSecrets?: string[];
    present: boolean;
    registry: string;
    repository: string;
    type: string;
  };
  status?: { availableArtifactVersion?: number; lastUpdateTime?: string; synced?: boolean };
}

/** `unknown` is what the CRD gives a new object. */
export type ArtifactPhase = 'unknown' | 'Unknown' | 'Pending' | 'Present' | 'Failed' | 'Deleted' | 'Deleting';

/** One tag of an artifact. */
export interface ArtifactVersion extends KubeObject {
  spec: { present: boolean; tag: string };
  status?: {
    phase: ArtifactPhase;
    reason: string;
    message: string;
    /** The package. */
    name: string;
    type: string;
    /** Of a bundle: the name of its CSV. */
    version: string;
  };
}
