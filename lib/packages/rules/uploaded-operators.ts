import type { ApiObject } from '@/lib/operators/rules/objects';
import { field, list, record, text } from '@/lib/operators/rules/untrusted';
import { localizedOf } from '@/lib/plugins/rules/localized-text';
import { compareVersions } from '@/lib/plugins/rules/version';
import type { PackageRow, PackageVersion, UploadedVersion } from '../list-contract';

/** What one cluster holds of operators' packages. */
export interface ClusterUploads {
  cluster: string;
  artifacts: readonly ApiObject[];
  artifactVersions: readonly ApiObject[];
  /** Subscriptions of that cluster; none where they may not be read. */
  subscriptions: readonly ApiObject[];
}

/**
 * The operators that were uploaded, over all clusters: one row per Artifact of type `bundle`, with the versions that
 * belong to it (by owner, else by label).
 * @param products ProductBase objects, which know the architectures of packages
 */
export function uploadedOperators(
  clusters: readonly ClusterUploads[],
  products: readonly unknown[] = [],
): PackageRow[] {
  const rows = new Map<string, PackageRow>();
  for (const uploads of clusters) {
    for (const artifact of uploads.artifacts) {
      if (field(artifact.spec, 'type') !== 'bundle') continue;
      const versions = uploads.artifactVersions.filter((version) => belongsTo(version, artifact));
      if (versions.length === 0) continue;
      const row = rows.get(artifact.metadata.name) ?? rowOf(artifact, versions, products);
      for (const version of versions) add(row.versions, version, uploads);
      rows.set(artifact.metadata.name, row);
    }
  }
  return [...rows.values()]
    .map((row) => ({
      ...row,
      versions: row.versions.toSorted((a, b) => compareVersions(b.version, a.version)),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function rowOf(
  artifact: ApiObject,
  versions: readonly ApiObject[],
  products: readonly unknown[],
): PackageRow {
  const { name } = artifact.metadata;
  const packageName = versions.map(({ status }) => text(field(status, 'name'), 253)).find(Boolean) || name;
  const { spec } = artifact;
  return {
    type: 'operator',
    name,
    packageName,
    displayName: localizedOf(field(spec, 'displayName'), packageName),
    description: localizedOf(field(spec, 'description')),
    library: artifact.metadata.labels?.['cpaas.io/library'] || 'platform',
    repository: [text(field(spec, 'registry'), 253), text(field(spec, 'repository'), 500)]
      .filter(Boolean)
      .join('/'),
    architectures: architecturesOf(packageName, products),
    versions: [],
  };
}

function add(known: PackageVersion[], object: ApiObject, { cluster, subscriptions }: ClusterUploads): void {
  const version = text(field(object.spec, 'tag'), 128) || object.metadata.name;
  const csv = text(field(object.status, 'version'), 253);
  const place: UploadedVersion = {
    cluster,
    object: object.metadata.name,
    ...stateOf(object),
    uploaded: object.metadata.creationTimestamp,
    installed: csv
      ? subscriptions
          .filter(({ status }) => field(status, 'installedCSV') === csv)
          .map(({ metadata }) => metadata.namespace ?? '')
      : [],
  };
  const entry = known.find((candidate) => candidate.version === version);
  if (entry) entry.places.push(place);
  else known.push({ version, ...(csv ? { csv } : {}), places: [place] });
}

/** Nothing said yet means that the platform has not come to it: it is being synchronised. */
function stateOf({
  metadata,
  spec,
  status,
}: ApiObject): Pick<UploadedVersion, 'phase' | 'reason' | 'message' | 'synchronisingSince'> {
  const words = {
    reason: text(field(status, 'reason'), 500),
    message: text(field(status, 'message'), 2000),
  };
  if (metadata.deletionTimestamp) return { phase: 'Deleting', ...words };
  const said = text(field(status, 'phase'), 50).toLowerCase();
  const isWanted = field(spec, 'present') !== false;
  const known = (['Present', 'Pending', 'Failed', 'Deleting', 'Deleted'] as const).find(
    (phase) => phase.toLowerCase() === said,
  );
  if (known && known !== 'Pending') return { phase: known, ...words };
  const phase = known ?? 'Unknown';
  return isWanted ? { phase, ...words, synchronisingSince: metadata.creationTimestamp } : { phase, ...words };
}

function belongsTo({ metadata }: ApiObject, artifact: ApiObject): boolean {
  const owners = list(field(metadata, 'ownerReferences'), (owner) => text(field(owner, 'uid')) || undefined);
  if (owners.length > 0) return owners.includes(artifact.metadata.uid);
  return metadata.labels?.['cpaas.io/artifact-version'] === artifact.metadata.name;
}

/** Only the platform's own list of packages tells for which processors an operator's images are. */
function architecturesOf(packageName: string, products: readonly unknown[]): string[] {
  const artifacts = products.flatMap((product) =>
    list(field(field(product, 'status'), 'artifacts'), (artifact) => record(artifact), 5000),
  );
  const known = artifacts.find(({ name }) => name === packageName);
  const named = list(known?.channels, (channel) => record(channel)).flatMap((channel) =>
    list(channel.supportedArchitectures, (architecture) => text(architecture, 50) || undefined),
  );
  return [...new Set(named)].sort();
}
