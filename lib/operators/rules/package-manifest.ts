import type { z } from 'zod';
import {
  type channelEntrySchema,
  installModeSchema,
  type OperatorApi,
  type OperatorChannel,
  type OperatorRow,
} from '../contract';
import { initializationResource, internalObjects, namespaceTemplate } from './package-annotations';
import { defaultSourceRules, isHiddenCatalog, type SourceRule, sourceOf } from './source';
import { field, type Json, link, list, optionalText, record, text, words } from './untrusted';
import { newestFirst } from './version';

/** A row of the catalogue before the cluster is asked what of it runs. */
export interface PackageRow
  extends Omit<OperatorRow, 'status' | 'installedVersion' | 'newVersion' | 'absent'> {
  /** What is deprecated beside the default channel's head, for those who have subscribed to it. */
  deprecated: { channels: string[]; clusterServiceVersions: string[] };
}

/** Which package of which catalog a PackageManifest is, whether or not the catalogue shows it. */
export type CatalogPackage = Pick<PackageRow, 'catalogNamespace' | 'catalog' | 'catalogDisplayName' | 'name'>;

/** The same with its source type. */
export type OfferedPackage = CatalogPackage & Pick<PackageRow, 'source'>;

export function readOfferedPackage(
  manifest: unknown,
  rules: readonly SourceRule[] = defaultSourceRules,
): OfferedPackage {
  const status = record(field(manifest, 'status'));
  const catalog = text(status.catalogSource, 253);
  const place = {
    catalogNamespace: text(status.catalogSourceNamespace, 253),
    catalog,
    catalogDisplayName: text(status.catalogSourceDisplayName, 200) || catalog,
  };
  return {
    ...place,
    name: text(status.packageName ?? field(field(manifest, 'metadata'), 'name'), 253),
    source: sourceOfHead(place, headOf(status), rules),
  };
}

/** The default channel of a package, or its first one. */
function headOf(status: Json): Json | undefined {
  const channels = list(status.channels, (channel) => record(channel), MAX_CHANNELS);
  return channels.find((channel) => channel.name === text(status.defaultChannel, 253)) ?? channels[0];
}

function sourceOfHead(
  place: Pick<PackageRow, 'catalogNamespace' | 'catalog' | 'catalogDisplayName'>,
  head: Json | undefined,
  rules: readonly SourceRule[],
): string {
  const annotations = record(record(head?.currentCSVDesc).annotations);
  const providerType = text(annotations['provider-type'], 50);
  return sourceOf({ ...place, providerType, providerAnnotation: text(annotations.provider, 1000) }, rules);
}

/** A package, whole. */
export interface PackageDetail extends PackageRow {
  channels: OperatorChannel[];
  deprecation?: string;
  /** CPU architectures that it says to support, in Kubernetes' words; empty where it says nothing. */
  architectures: string[];
}

/** The channels of a package and which of them counts where none is named. */
export type PackageChannels = Pick<PackageDetail, 'channel' | 'channels'>;

const MAX_CHANNELS = 200;
const MAX_ENTRIES = 1000;
const MAX_DESCRIPTION = 200_000;

/**
 * Reads one PackageManifest (packages.operators.coreos.com/v1) into a slim row. Nothing in it is trusted.
 * Gives `undefined` for packages that are not for the catalogue: without a default channel, marked
 * `non-standalone`, or of a hidden catalog.
 */
export function readPackageRow(
  manifest: unknown,
  rules: readonly SourceRule[] = defaultSourceRules,
): PackageRow | undefined {
  const head = headOf(record(field(manifest, 'status')));
  const annotations = record(record(head?.currentCSVDesc).annotations);
  if (annotations['operators.operatorframework.io/operator-type'] === 'non-standalone') return undefined;
  return readOffered(manifest, rules);
}

function readOffered(manifest: unknown, rules: readonly SourceRule[]): PackageRow | undefined {
  const status = record(field(manifest, 'status'));
  const catalog = text(status.catalogSource, 253);
  const catalogNamespace = text(status.catalogSourceNamespace, 253);
  const name = text(status.packageName ?? field(field(manifest, 'metadata'), 'name'), 253);
  const defaultChannel = text(status.defaultChannel, 253);
  if (!name || !defaultChannel || isHiddenCatalog(catalog, catalogNamespace)) return undefined;

  const channels = list(status.channels, (channel) => record(channel), MAX_CHANNELS);
  const head = headOf(status);
  const description = record(head?.currentCSVDesc);
  const annotations = record(description.annotations);
  const catalogDisplayName = text(status.catalogSourceDisplayName, 200) || catalog;
  return {
    catalogNamespace,
    catalog,
    catalogDisplayName,
    name,
    displayName: text(description.displayName, 200) || name,
    provider: text(field(description.provider, 'name') ?? field(status.provider, 'name'), 200),
    source: sourceOfHead({ catalogNamespace, catalog, catalogDisplayName }, head, rules),
    version: text(description.version, 100),
    channel: defaultChannel,
    description: shortDescription(annotations, description),
    categories: words(annotations.categories),
    keywords: words(description.keywords),
    capabilityLevel: optionalText(annotations.capabilities, 100),
    deprecations: deprecationsOf(status, head),
    deprecated: {
      channels: channels.filter(deprecationOf).flatMap((channel) => optionalText(channel.name, 253) ?? []),
      clusterServiceVersions: channels.flatMap((channel) =>
        list(
          channel.entries,
          (entry) => (deprecationOf(record(entry)) ? optionalText(field(entry, 'name'), 253) : undefined),
          MAX_ENTRIES,
        ),
      ),
    },
  };
}

/** What of a package is deprecated for who installs it as it is offered: its default channel's head. */
function deprecationsOf(status: Json, head: Json | undefined): PackageRow['deprecations'] {
  const version = list(head?.entries, (entry) => record(entry), MAX_ENTRIES).find(
    ({ name }) => name === head?.currentCSV,
  );
  const found: PackageRow['deprecations'] = [];
  if (deprecationOf(status)) found.push('package');
  if (head && deprecationOf(head)) found.push('channel');
  if (version && deprecationOf(version)) found.push('version');
  return found;
}

/**
 * Reads one PackageManifest whole; `undefined` as for `readPackageRow`, except that `non-standalone` packages have a
 * page too: as parts of others they are not offered, and what of them runs is looked after like everything.
 */
export function readPackageDetail(
  manifest: unknown,
  rules: readonly SourceRule[] = defaultSourceRules,
): PackageDetail | undefined {
  const row = readOffered(manifest, rules);
  if (!row) return undefined;
  const status = record(field(manifest, 'status'));
  return {
    ...row,
    ...readChannels(manifest),
    deprecation: deprecationOf(status),
    architectures: architecturesOf(manifest),
  };
}

/** The channels of any package, also of one that is not for the catalogue: OLM upgrades it like the others. */
export function readChannels(manifest: unknown): PackageChannels {
  const { channels, defaultChannel } = record(field(manifest, 'status'));
  return { channel: text(defaultChannel, 253), channels: list(channels, readChannel, MAX_CHANNELS) };
}

/** Labels such as `operatorframework.io/arch.arm64: supported`. */
function architecturesOf(manifest: unknown): string[] {
  const prefix = 'operatorframework.io/arch.';
  return Object.entries(record(field(field(manifest, 'metadata'), 'labels')))
    .filter(([label, value]) => label.startsWith(prefix) && value === 'supported')
    .map(([label]) => label.slice(prefix.length, 100))
    .slice(0, 20);
}

function readChannel(value: unknown): OperatorChannel | undefined {
  const channel = record(value);
  const name = text(channel.name, 253);
  if (!name) return undefined;
  const description = record(channel.currentCSVDesc);
  const annotations = record(description.annotations);
  const template = namespaceTemplate(annotations);
  const currentCSV = text(channel.currentCSV, 253);
  const entries = list(channel.entries, readEntry, MAX_ENTRIES);
  const version = text(description.version, 100);
  // Older packageservers give no entries: the head is then all that is known.
  if (entries.length === 0 && currentCSV) entries.push({ name: currentCSV, version });
  return {
    name,
    currentCSV,
    version,
    deprecation: deprecationOf(channel),
    entries: entries.sort((left, right) => newestFirst(left.version, right.version)),
    displayName: text(description.displayName, 200),
    description: text(description.description, MAX_DESCRIPTION),
    installModes: list(description.installModes, readInstallMode),
    providedApis: markInternal(apisOf(description, 'owned'), annotations),
    requiredApis: apisOf(description, 'required'),
    minKubeVersion: optionalText(description.minKubeVersion, 50),
    skipRange: optionalText(annotations['olm.skipRange'], 200),
    capabilityLevel: optionalText(annotations.capabilities, 100),
    containerImage: optionalText(annotations.containerImage, 500),
    createdAt: optionalText(annotations.createdAt, 100),
    repository: link(annotations.repository),
    support: optionalText(annotations.support, 200),
    // The template's own name counts first, as in OpenShift's console.
    suggestedNamespace:
      template?.name || optionalText(annotations['operatorframework.io/suggested-namespace'], 63),
    namespaceTemplate: template,
    initializationResource: initializationResource(annotations),
    links: list(description.links, readLink, 50),
    maintainers: list(description.maintainers, readMaintainer, 50),
  };
}

function readEntry(value: unknown): z.infer<typeof channelEntrySchema> | undefined {
  const name = text(field(value, 'name'), 253);
  if (!name) return undefined;
  return { name, version: text(field(value, 'version'), 100), deprecation: deprecationOf(record(value)) };
}

function readInstallMode(value: unknown) {
  const type = installModeSchema.safeParse(field(value, 'type'));
  return type.success ? { type: type.data, supported: field(value, 'supported') === true } : undefined;
}

/**
 * What a description of a ClusterServiceVersion, or its `spec`, says that it provides (`owned`) or needs
 * (`required`).
 */
export function apisOf(description: Json, which: 'owned' | 'required'): OperatorApi[] {
  const custom = list(field(description.customresourcedefinitions, which), (value) => {
    const name = text(field(value, 'name'), 253);
    return readApi(value, name, name.slice(name.indexOf('.') + 1));
  });
  const aggregated = list(field(description.apiservicedefinitions, which), (value) => {
    const group = text(field(value, 'group'), 253);
    return readApi(value, `${text(field(value, 'name'), 253)}.${group}`, group);
  });
  return [...custom, ...aggregated];
}

function markInternal(apis: OperatorApi[], annotations: Json): OperatorApi[] {
  const internal = internalObjects(annotations);
  return apis.map((api) => (internal.includes(api.name) ? { ...api, internal: true } : api));
}

function readApi(value: unknown, name: string, group: string) {
  const kind = text(field(value, 'kind'), 100);
  if (!kind || !name) return undefined;
  return {
    group,
    version: text(field(value, 'version'), 50),
    kind,
    name,
    displayName: text(field(value, 'displayName'), 200) || kind,
    description: text(field(value, 'description'), 5000),
  };
}

function readLink(value: unknown) {
  const url = link(field(value, 'url'));
  return url ? { name: text(field(value, 'name'), 200) || url, url } : undefined;
}

function readMaintainer(value: unknown) {
  const name = text(field(value, 'name'), 200);
  const email = text(field(value, 'email'), 200);
  return name || email ? { name: name || email, email } : undefined;
}

/** OLM's `status.deprecation` of packages, channels and entries: an object with a message. */
function deprecationOf(value: Json): string | undefined {
  return optionalText(field(value.deprecation, 'message'), 2000);
}

/** The `description` annotation; else the first paragraph of the long one, without its Markdown marks. */
function shortDescription(annotations: Json, description: Json): string {
  const short = text(annotations.description, 500);
  if (short) return short;
  const paragraph = text(description.description, 2000)
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .find((part) => part !== '' && !part.startsWith('#'));
  return (paragraph ?? '')
    .replace(/[*_`>#]/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
}
