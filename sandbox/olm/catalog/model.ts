import type { Blob, CatalogProblem } from './blobs.ts';

export interface Property {
  type: string;
  value: unknown;
}

export interface Gvk {
  group: string;
  version: string;
  kind: string;
}

/** One version of an operator, as a catalog tells it. */
export interface Bundle {
  name: string;
  packageName: string;
  version: string;
  /** Empty when the manifests stand in the catalog itself (`olm.bundle.object`). */
  image: string;
  properties: Property[];
  relatedImages: string[];
  provided: Gvk[];
  requiredApis: Gvk[];
  requiredPackages: { packageName: string; versionRange: string }[];
}

export interface ChannelEntry {
  name: string;
  replaces?: string;
  skips?: string[];
  skipRange?: string;
}

export interface Channel {
  name: string;
  entries: Map<string, ChannelEntry>;
  /** The entry that nothing in the channel replaces or skips. */
  head: string;
}

export interface Package {
  name: string;
  defaultChannel: string;
  channels: Map<string, Channel>;
  bundles: Map<string, Bundle>;
  icon?: { base64data: string; mediatype: string };
  deprecations: Deprecations;
}

export interface Deprecations {
  package?: string;
  channels: Map<string, string>;
  bundles: Map<string, string>;
}

export interface CatalogContent {
  packages: Map<string, Package>;
  problems: CatalogProblem[];
}

/**
 * Builds the packages that the documents of a catalog describe, with the rules that `opm validate` has: channels and
 * bundles belong to a known package, entries name existing bundles, the default channel exists, a channel has one
 * head. What breaks a rule is a problem; a broken entry or channel is left out, and a package without one valid
 * channel too.
 */
export function buildCatalog(blobs: Blob[]): CatalogContent {
  const problems: CatalogProblem[] = [];
  const drafts = new Map<string, PackageDraft>();
  const report = (blob: Blob, message: string | undefined) => {
    if (message !== undefined) problems.push({ file: blob.file, line: blob.line, message });
  };

  for (const blob of blobs) {
    if (blob.schema !== 'olm.package') continue;
    const name = text(blob.value.name);
    if (name === '') report(blob, 'olm.package has no "name"');
    else if (drafts.has(name)) report(blob, `package ${quote(name)} is described twice`);
    else drafts.set(name, { blob, package: emptyPackage(name, blob.value), channelBlobs: [] });
  }
  for (const blob of blobs) {
    if (blob.schema === 'olm.package') continue;
    const draft = drafts.get(text(blob.value.package));
    if (!draft) {
      if (blob.schema.startsWith('olm.') && text(blob.value.package) !== '') {
        report(blob, `${blob.schema} belongs to an unknown package ${quote(text(blob.value.package))}`);
      }
    } else if (blob.schema === 'olm.bundle') report(blob, addBundle(draft.package, blob));
    else if (blob.schema === 'olm.channel') draft.channelBlobs.push(blob);
    else if (blob.schema === 'olm.deprecations') addDeprecations(draft.package, blob);
  }
  const packages = new Map<string, Package>();
  for (const draft of drafts.values()) {
    for (const blob of draft.channelBlobs) report(blob, addChannel(draft.package, blob, report));
    if (finish(draft, report)) packages.set(draft.package.name, draft.package);
  }
  return { packages, problems };
}

type Report = (blob: Blob, message: string | undefined) => void;

interface PackageDraft {
  blob: Blob;
  package: Package;
  channelBlobs: Blob[];
}

function emptyPackage(name: string, value: Record<string, unknown>): Package {
  const icon = record(value.icon);
  const base64data = text(icon.base64data);
  return {
    name,
    defaultChannel: text(value.defaultChannel),
    channels: new Map(),
    bundles: new Map(),
    deprecations: { channels: new Map(), bundles: new Map() },
    ...(base64data === '' ? {} : { icon: { base64data, mediatype: text(icon.mediatype) } }),
  };
}

/** Adds the bundle that an `olm.bundle` document describes; gives what is wrong with it, if it is left out. */
export function addBundle(owner: Package, blob: Blob): string | undefined {
  const name = text(blob.value.name);
  if (name === '') return `a bundle of package ${quote(owner.name)} has no "name"`;
  if (owner.bundles.has(name)) return `bundle ${quote(name)} is described twice`;
  const properties = list(blob.value.properties).map((item): Property => {
    const { type, value } = record(item);
    return { type: text(type), value };
  });
  const valuesOf = (type: string) =>
    properties.filter((it) => it.type === type).map((it) => record(it.value));
  const version = text(valuesOf('olm.package')[0]?.version);
  if (version === '') return `bundle ${quote(name)} has no olm.package property with a version`;
  owner.bundles.set(name, {
    name,
    packageName: owner.name,
    version,
    image: text(blob.value.image),
    properties,
    relatedImages: list(blob.value.relatedImages)
      .map((it) => text(record(it).image))
      .filter((it) => it !== ''),
    provided: valuesOf('olm.gvk').map(gvkOf),
    requiredApis: valuesOf('olm.gvk.required').map(gvkOf),
    requiredPackages: valuesOf('olm.package.required').map((it) => ({
      packageName: text(it.packageName),
      versionRange: text(it.versionRange),
    })),
  });
  return undefined;
}

/** Gives what is wrong with the channel, if it is left out; entries left out are reported one by one. */
function addChannel(owner: Package, blob: Blob, report: Report): string | undefined {
  const name = text(blob.value.name);
  const what = `channel ${quote(name)} of package ${quote(owner.name)}`;
  if (name === '') return `a channel of package ${quote(owner.name)} has no "name"`;
  if (owner.channels.has(name)) return `${what} is described twice`;
  const entries = new Map<string, ChannelEntry>();
  for (const item of list(blob.value.entries)) {
    const entry = entryOf(record(item));
    if (!owner.bundles.has(entry.name)) {
      report(blob, `${what} names a missing bundle ${quote(entry.name)}`);
    } else if (entries.has(entry.name)) report(blob, `${what} names bundle ${quote(entry.name)} twice`);
    else entries.set(entry.name, entry);
  }
  const heads = headsOf(entries);
  const [head] = heads;
  if (entries.size === 0 || head === undefined) return `${what} has no head`;
  if (heads.length > 1) return `${what} has several heads: ${heads.join(', ')}`;
  owner.channels.set(name, { name, entries, head });
  return undefined;
}

/** The entries that nothing in a channel replaces or skips. */
export function headsOf(entries: Map<string, ChannelEntry>): string[] {
  const followed = new Set<string>();
  for (const { replaces, skips } of entries.values()) {
    if (replaces !== undefined) followed.add(replaces);
    for (const skipped of skips ?? []) followed.add(skipped);
  }
  return [...entries.keys()].filter((name) => !followed.has(name));
}

function addDeprecations(owner: Package, blob: Blob): void {
  for (const item of list(blob.value.entries)) {
    const { reference, message } = record(item);
    const { schema, name } = record(reference);
    if (schema === 'olm.package') owner.deprecations.package = text(message);
    else if (schema === 'olm.channel') owner.deprecations.channels.set(text(name), text(message));
    else if (schema === 'olm.bundle') owner.deprecations.bundles.set(text(name), text(message));
  }
}

function finish({ blob, package: owner }: PackageDraft, report: Report): boolean {
  const [first] = owner.channels.keys();
  if (first === undefined) {
    report(blob, `package ${quote(owner.name)} has no valid channel and is not served`);
    return false;
  }
  if (!owner.channels.has(owner.defaultChannel)) {
    report(
      blob,
      `package ${quote(owner.name)} names an unknown default channel ${quote(owner.defaultChannel)}`,
    );
    // opm would refuse the whole package; it stays installable through the channels that are sound.
    owner.defaultChannel = first;
  }
  return true;
}

function entryOf(value: Record<string, unknown>): ChannelEntry {
  const skips = list(value.skips)
    .map(text)
    .filter((it) => it !== '');
  const replaces = text(value.replaces);
  const skipRange = text(value.skipRange);
  return {
    name: text(value.name),
    ...(replaces === '' ? {} : { replaces }),
    ...(skips.length === 0 ? {} : { skips }),
    ...(skipRange === '' ? {} : { skipRange }),
  };
}

function gvkOf(value: Record<string, unknown>): Gvk {
  return { group: text(value.group), version: text(value.version), kind: text(value.kind) };
}

/** Catalogs are foreign: whatever is not of the expected type counts as absent. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function quote(name: string): string {
  return JSON.stringify(name);
}
