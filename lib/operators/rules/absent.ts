import type { Absent, OperatorRow } from '../contract';
import type { ApiObject, CatalogSourceObject } from './objects';
import type { CatalogPackage } from './package-manifest';
import { defaultSourceRules, platformCatalogNamespace, type SourceRule, sourceOf } from './source';
import { field, list, optionalText, record, text, words } from './untrusted';

/** What the platform knows of operators beside its catalogs. `undefined`: it could not be read. */
export interface Known {
  /** ProductBase (product.alauda.io) of the global cluster. */
  productBases: readonly unknown[] | undefined;
  /** Artifact and ArtifactVersion (app.alauda.io) of namespace `cpaas-system` of this cluster. */
  artifacts: readonly ApiObject[] | undefined;
  artifactVersions: readonly ApiObject[] | undefined;
}

type Candidate = Omit<OperatorRow, 'status' | 'catalogDisplayName' | 'source' | 'absent'> & {
  providerType?: string;
  providerAnnotation?: string;
  absent: Absent;
};

const MAX_PACKAGES = 5000;

/** The state of a catalog's connection when OLM can't reach it; `undefined` when it can, or has not said yet. */
export function brokenConnection(source: CatalogSourceObject): string | undefined {
  const state = source.status?.connectionState?.lastObservedState;
  return state && state !== 'READY' && state !== 'IDLE' ? state : undefined;
}

/**
 * The operators that the platform knows and that no catalog of this cluster offers: those of ProductBase
 * `.status.artifacts`, and uploads whose versions are not synchronised yet (product document, "Installing via Web
 * Console": status `Absent`).
 * @param offered every package of the cluster's catalogs, also those that are not shown: none of them is absent
 */
export function absentOperators(
  known: Known,
  offered: readonly CatalogPackage[],
  rules: readonly SourceRule[] = defaultSourceRules,
): OperatorRow[] {
  const inCatalog = new Set(
    offered
      .filter(({ catalogNamespace }) => catalogNamespace === platformCatalogNamespace)
      .map(({ catalog, name }) => `${catalog}/${name}`),
  );
  const found = new Map<string, Candidate>();
  for (const candidate of [...ofProducts(known.productBases ?? []), ...ofUploads(known)]) {
    const key = `${candidate.catalog}/${candidate.name}`;
    if (inCatalog.has(key) || found.size >= MAX_PACKAGES) continue;
    const other = found.get(key);
    // ProductBase knows how to call it, the upload how far it is.
    found.set(key, other ? { ...other, absent: { ...other.absent, ...candidate.absent } } : candidate);
  }
  return [...found.values()].map(({ providerType, providerAnnotation, ...row }) => {
    const catalogDisplayName =
      offered.find(({ catalog }) => catalog === row.catalog)?.catalogDisplayName ?? row.catalog;
    const origin = { ...row, catalogDisplayName, providerType, providerAnnotation };
    return { ...row, catalogDisplayName, source: sourceOf(origin, rules), status: 'Absent' };
  });
}

function ofProducts(products: readonly unknown[]): Candidate[] {
  return products.flatMap((product) =>
    list(field(field(product, 'status'), 'artifacts'), ofProduct, MAX_PACKAGES),
  );
}

function ofProduct(artifact: unknown): Candidate | undefined {
  const name = packageName(field(artifact, 'name'));
  const channels = list(field(artifact, 'channels'), (channel) => record(channel));
  const channel = channels.find(({ default: isDefault }) => isDefault === true) ?? channels[0];
  if (field(artifact, 'packageType') !== 'OperatorBundle' || !name || !channel) return undefined;
  const catalog = text(channel.catalogSource, 253) || 'platform';
  if (catalog === 'system' || channel.hidden === true) return undefined;
  const tag = optionalText(channel.tag, 128);
  return {
    ...nothing(name, catalog),
    displayName: localized(channel.displayName, 200) || name,
    provider: localized(channel.provider, 200),
    providerType: optionalText(channel.providerType, 50),
    providerAnnotation: JSON.stringify(record(channel.provider)).slice(0, 1000),
    version: versionOfTag(tag),
    channel: text(channel.channel, 253),
    description: localized(channel.brief, 500) || localized(channel.description, 500),
    categories: words(channel.categories),
    absent: { tag, repository: optionalText(channel.repository, 500) },
  };
}

function ofUploads({ artifacts = [], artifactVersions = [] }: Known): Candidate[] {
  return artifacts.flatMap((artifact) => ofUpload(artifact, versionsOf(artifact, artifactVersions)) ?? []);
}

function ofUpload({ spec, metadata }: ApiObject, versions: readonly ApiObject[]): Candidate | undefined {
  const catalog = metadata.labels?.['cpaas.io/library'] || 'platform';
  if (field(spec, 'type') !== 'bundle' || catalog === 'system') return undefined;
  const newest = versions.toSorted((a, b) => created(b) - created(a))[0];
  const name = packageName(field(newest?.status, 'name')) ?? packageName(plainName(metadata.name, catalog));
  if (!name) return undefined;
  const tag = optionalText(field(newest?.spec, 'tag'), 128);
  return {
    ...nothing(name, catalog),
    displayName: text(field(spec, 'displayName'), 200) || name,
    version: versionOfTag(tag),
    description: text(field(spec, 'description'), 500),
    absent: {
      ...(tag ? { tag } : {}),
      repository: optionalText(field(spec, 'repository'), 500),
      ...stateOf(newest),
    },
  };
}

/** How far the newest upload is; one that is deleted, or asked not to be present, is nothing to wait for. */
function stateOf(version: ApiObject | undefined): Pick<Absent, 'synchronisingSince' | 'failure'> {
  if (!version || field(version.spec, 'present') === false) return {};
  const phase = text(field(version.status, 'phase'), 50);
  if (phase === 'Deleted' || phase === 'Deleting') return {};
  if (phase === 'Failed') {
    const { reason, message } = record(version.status);
    return { failure: text(message) || text(reason) || phase };
  }
  // `Present` and still in no catalog: the catalog takes it up as the last step.
  return { synchronisingSince: version.metadata.creationTimestamp };
}

function versionsOf(artifact: ApiObject, versions: readonly ApiObject[]): ApiObject[] {
  const { name, uid } = artifact.metadata;
  return versions.filter(
    ({ metadata }) =>
      metadata.labels?.['cpaas.io/artifact-version'] === name ||
      list(field(metadata, 'ownerReferences'), (owner) => optionalText(field(owner, 'uid'))).includes(uid),
  );
}

/** Artifacts are called after their package; some carry `operatorhub-` or the name of their library before it. */
function plainName(name: string, library: string): string {
  const prefix = ['operatorhub-', `${library}-`].find((candidate) => name.startsWith(candidate));
  return prefix ? name.slice(prefix.length) : name;
}

function packageName(value: unknown): string | undefined {
  const name = text(value, 253);
  return /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/.test(name) ? name : undefined;
}

function nothing(name: string, catalog: string): Omit<Candidate, 'absent'> {
  return {
    catalogNamespace: platformCatalogNamespace,
    catalog,
    name,
    displayName: name,
    provider: '',
    version: '',
    channel: '',
    description: '',
    categories: [],
    keywords: [],
    deprecations: [],
  };
}

/** `{"en": …, "zh": …}`, of which one may be missing, or plain text. */
function localized(value: unknown, max: number): string {
  return text(value, max) || text(field(value, 'en'), max) || text(field(value, 'zh'), max);
}

function versionOfTag(tag: string | undefined): string {
  return tag?.replace(/^v(?=\d)/, '') ?? '';
}

function created({ metadata }: ApiObject): number {
  return Date.parse(metadata.creationTimestamp) || 0;
}
