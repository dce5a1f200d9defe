import { compare, valid } from 'semver';
import type { BundleContent } from './bundle-blobs.ts';
import type { CatalogOptions, CatalogServer } from './catalog.ts';
import type { LoadedCatalog } from './load.ts';
import { addBundle, type Channel, type ChannelEntry, headsOf, type Package } from './model.ts';
import { bundleDocument } from './uploaded-bundle.ts';

interface Upload {
  image: string;
  content: BundleContent;
}

/** A catalog as one cluster sees it: what all clusters share, and what was uploaded to this one. */
export class ClusterCatalog implements CatalogServer {
  readonly options: CatalogOptions;
  readonly #base: CatalogServer;
  readonly #uploads = new Map<string, Upload>();
  readonly #handlers = new Set<() => void>();
  #merged: { base: LoadedCatalog; content: LoadedCatalog } | undefined;

  constructor(base: CatalogServer) {
    this.#base = base;
    this.options = base.options;
    base.onChange(() => this.#tell());
  }

  get content(): LoadedCatalog {
    const base = this.#base.content;
    if (this.#merged?.base !== base) {
      this.#merged = { base, content: withUploads(base, [...this.#uploads.values()]) };
    }
    return this.#merged.content;
  }

  onChange(handler: () => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** Takes an uploaded bundle up, as rebuilding the catalog's image does. */
  add(image: string, content: BundleContent): void {
    this.#uploads.set(image, { image, content });
    this.#tell();
  }

  /** Drops an uploaded bundle; those that every cluster has stay. */
  remove(image: string): void {
    if (this.#uploads.delete(image)) this.#tell();
  }

  #tell(): void {
    this.#merged = undefined;
    for (const handler of this.#handlers) handler();
  }
}

function withUploads(base: LoadedCatalog, uploads: readonly Upload[]): LoadedCatalog {
  if (uploads.length === 0) return base;
  const packages = new Map(base.packages);
  for (const name of new Set(uploads.map(({ content }) => content.packageName))) {
    const own = uploads.filter(({ content }) => content.packageName === name);
    const merged = withBundles(packages.get(name) ?? newPackage(name, own), own);
    if (merged.channels.size > 0) packages.set(name, merged);
  }
  return { ...base, packages };
}

function newPackage(name: string, uploads: readonly Upload[]): Package {
  const content = uploads.at(-1)?.content;
  const [icon] = Array.isArray(content?.csv.spec.icon) ? content.csv.spec.icon : [];
  return {
    name,
    defaultChannel: content?.defaultChannel || content?.channels[0] || '',
    channels: new Map(),
    bundles: new Map(),
    deprecations: { channels: new Map(), bundles: new Map() },
    ...(icon?.base64data ? { icon } : {}),
  };
}

function withBundles(base: Package, uploads: readonly Upload[]): Package {
  const owner: Package = { ...base, channels: new Map(base.channels), bundles: new Map(base.bundles) };
  const ascending = uploads.toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)));
  for (const { image, content } of ascending) {
    const { name = '' } = content.csv.metadata;
    // Uploaded again: what is in the registry now counts.
    owner.bundles.delete(name);
    const value = bundleDocument(image, content);
    const problem = addBundle(owner, { schema: 'olm.bundle', value, file: image, line: 1 });
    if (problem !== undefined) continue;
    for (const channel of content.channels) {
      owner.channels.set(channel, withEntry(owner, channel, entryOf(content)));
    }
  }
  if (!owner.channels.has(owner.defaultChannel)) owner.defaultChannel = [...owner.channels.keys()][0] ?? '';
  return owner;
}

function entryOf({ csv }: BundleContent): ChannelEntry {
  const { replaces, skips } = csv.spec;
  const skipRange = csv.metadata.annotations?.['olm.skipRange'];
  return {
    name: csv.metadata.name ?? '',
    ...(replaces ? { replaces } : {}),
    ...(skips?.length ? { skips } : {}),
    ...(skipRange ? { skipRange } : {}),
  };
}

/**
 * A channel with one more entry. Where the bundle names no predecessor there would be two heads, which `opm` refuses;
 * the newer one then replaces the older one, as `opm` does in its semver mode.
 */
function withEntry(owner: Package, channel: string, entry: ChannelEntry): Channel {
  const entries = new Map(owner.channels.get(channel)?.entries);
  entries.set(entry.name, entry);
  const heads = headsOf(entries).toSorted((a, b) =>
    compareVersions(owner.bundles.get(b)?.version, owner.bundles.get(a)?.version),
  );
  const [head = entry.name, ...others] = heads;
  const newest = entries.get(head);
  if (newest && others.length > 0) {
    const [nearest] = others;
    const chained = newest.replaces || nearest === undefined ? newest : { ...newest, replaces: nearest };
    const skips = [...(newest.skips ?? []), ...others].filter((it) => it !== chained.replaces);
    entries.set(head, { ...chained, ...(skips.length > 0 ? { skips } : {}) });
  }
  return { name: channel, entries, head };
}

function versionOf({ content }: Upload): string | undefined {
  return content.csv.spec.version;
}

function compareVersions(a = '', b = ''): number {
  if (valid(a) && valid(b)) return compare(a, b);
  return a < b ? -1 : Number(a > b);
}
