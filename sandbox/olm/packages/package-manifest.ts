import { compare, valid } from 'semver';
import { type CsvMetadata, csvMetadataOf, inlineManifests, isCsv } from '../catalog/manifests.ts';
import type { Bundle, Channel, Package } from '../catalog/model.ts';

export interface Icon {
  data: Buffer;
  mediatype: string;
  etag: string;
}

/** The part of a PackageManifest that depends on the package alone, not on the catalog that serves it. */
export interface PackageDescription {
  labels: Record<string, string>;
  provider: { name?: string; url?: string };
  channels: unknown[];
  defaultChannel: string;
  deprecation?: { message: string };
}

const described = new WeakMap<Package, PackageDescription>();

/** Describes a package as OLM's packageserver does: every channel with its head's CSV and all its entries. */
export function describePackage(owner: Package): PackageDescription {
  let description = described.get(owner);
  if (!description) {
    description = build(owner);
    described.set(owner, description);
  }
  return description;
}

function build(owner: Package): PackageDescription {
  const channels = [...owner.channels.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const head = headBundle(owner, owner.channels.get(owner.defaultChannel) ?? channels[0]);
  const csv = head ? csvMetadataOf(head) : {};
  const provider = providerOf(csv);
  return {
    // The packageserver copies only the labels that say where the operator runs.
    labels: {
      ...platformLabels(csv),
      provider: provider.name ?? '',
      'provider-url': provider.url ?? '',
    },
    provider,
    channels: channels.map((channel) => describeChannel(owner, channel)),
    defaultChannel: owner.defaultChannel,
    ...deprecationOf(owner.deprecations.package),
  };
}

function describeChannel(owner: Package, channel: Channel): unknown {
  const head = headBundle(owner, channel);
  return {
    name: channel.name,
    currentCSV: channel.head,
    ...(head ? { currentCSVDesc: describeCsv(head) } : {}),
    entries: entriesOf(owner, channel),
    ...deprecationOf(owner.deprecations.channels.get(channel.name)),
  };
}

/** Newest first. */
function entriesOf(owner: Package, channel: Channel): unknown[] {
  return [...channel.entries.keys()]
    .map((name) => ({ name, version: owner.bundles.get(name)?.version ?? '' }))
    .sort((a, b) => compareVersions(b.version, a.version) || (a.name < b.name ? 1 : -1))
    .map((entry) => ({ ...entry, ...deprecationOf(owner.deprecations.bundles.get(entry.name)) }));
}

/** What stands in a PackageManifest of a CSV; its icon is only to be had at the subresource. */
function describeCsv(bundle: Bundle): unknown {
  const csv = csvMetadataOf(bundle);
  return withoutEmpty({
    displayName: csv.displayName,
    version: bundle.version,
    provider: providerOf(csv),
    annotations: csv.annotations,
    keywords: csv.keywords,
    links: csv.links,
    maintainers: csv.maintainers,
    maturity: csv.maturity,
    description: csv.description,
    installModes: csv.installModes,
    customresourcedefinitions: crdsOf(csv),
    apiservicedefinitions: csv.apiServiceDefinitions ?? {},
    nativeApis: csv.nativeAPIs,
    minKubeVersion: csv.minKubeVersion,
    relatedImages: imagesOf(bundle),
  });
}

/** The images that a bundle names, or those of its CSV where the bundle stands in the catalog. */
function imagesOf(bundle: Bundle): string[] {
  const images = new Set(bundle.relatedImages);
  for (const csv of inlineManifests(bundle).filter(isCsv)) {
    const related = (csv.spec.relatedImages as { image?: string }[] | undefined) ?? [];
    for (const { image } of related) if (image) images.add(image);
    for (const { spec } of csv.spec.install.spec?.deployments ?? []) {
      for (const { image } of spec.template.spec.containers ?? []) images.add(image);
    }
  }
  return [...images];
}

/** The packageserver tells which CRDs there are, not how to fill them: descriptors and resources stay behind. */
function crdsOf(csv: CsvMetadata): unknown {
  const slim = (crds: Record<string, unknown>[] | undefined) =>
    crds?.map(({ name, version, kind, displayName, description }) =>
      withoutEmpty({ name, version, kind, displayName, description }),
    );
  return withoutEmpty({
    owned: slim(csv.crdDescriptions?.owned),
    required: slim(csv.crdDescriptions?.required),
  });
}

function providerOf(csv: CsvMetadata): { name?: string; url?: string } {
  const { name, url } = csv.provider ?? {};
  return { ...(name ? { name } : {}), ...(url ? { url } : {}) };
}

function platformLabels(csv: CsvMetadata): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(csv.labels ?? {})) {
    if (name.startsWith('operatorframework.io/')) labels[name] = value;
  }
  // A CSV that names no architecture or system is taken to run on these.
  if (!Object.keys(labels).some((name) => name.startsWith('operatorframework.io/arch.'))) {
    labels['operatorframework.io/arch.amd64'] = 'supported';
  }
  if (!Object.keys(labels).some((name) => name.startsWith('operatorframework.io/os.'))) {
    labels['operatorframework.io/os.linux'] = 'supported';
  }
  return labels;
}

/** The icon of the package; the etag is that of the head of its default channel. */
export function iconOf(owner: Package): Icon | undefined {
  const head = headBundle(owner, owner.channels.get(owner.defaultChannel));
  const icon =
    owner.icon ??
    (head
      ? inlineManifests(head)
          .filter(isCsv)
          .flatMap(
            (csv) => (csv.spec.icon as { base64data: string; mediatype: string }[] | undefined) ?? [],
          )[0]
      : undefined);
  if (!icon) return undefined;
  return {
    data: Buffer.from(icon.base64data, 'base64'),
    mediatype: icon.mediatype,
    etag: `"${owner.name}.${owner.defaultChannel}.${head?.name ?? ''}"`,
  };
}

function headBundle(owner: Package, channel: Channel | undefined): Bundle | undefined {
  return channel && owner.bundles.get(channel.head);
}

function deprecationOf(message: string | undefined): { deprecation?: { message: string } } {
  return message === undefined ? {} : { deprecation: { message } };
}

/** Semantic versions by precedence; what is none sorts first. */
export function compareVersions(a: string, b: string): number {
  if (valid(a) && valid(b)) return compare(a, b);
  return Number(valid(a) !== null) - Number(valid(b) !== null);
}

function withoutEmpty(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries);
}
