import { satisfies, valid } from 'semver';
import type { ClusterServiceVersion, Subscription } from '../api.ts';
import type { Bundle, CatalogContent, Channel, Gvk, Package } from '../catalog/model.ts';

/** A catalog as the resolver of one namespace sees it. */
export interface ResolverCatalog {
  name: string;
  namespace: string;
  priority: number;
  content: CatalogContent;
}

/** Something that may stand in the solution: a bundle of a catalog, or a CSV that is there already. */
export interface Candidate {
  /** As OLM's messages name it: `catalog/namespace/channel/csv`, or `@existing/namespace//csv`. */
  id: string;
  csvName: string;
  packageName: string;
  version: string;
  provided: Gvk[];
  requiredApis: Gvk[];
  requiredPackages: { packageName: string; versionRange: string }[];
  /** Absent for what exists already. */
  bundle?: {
    bundle: Bundle;
    channel: Channel;
    owner: Package;
    catalog: ResolverCatalog;
    /**
     * The CSV that this one will name in `spec.replaces`. OLM believes the channel for a first installation; an
     * upgrade replaces what is installed, also where only `skips` or `skipRange` lead to it.
     */
    replaces: string | undefined;
  };
}

export function bundleCandidate(
  catalog: ResolverCatalog,
  owner: Package,
  channel: Channel,
  bundle: Bundle,
  replaces = channel.entries.get(bundle.name)?.replaces,
): Candidate {
  return {
    id: `${catalog.name}/${catalog.namespace}/${channel.name}/${bundle.name}`,
    csvName: bundle.name,
    packageName: owner.name,
    version: bundle.version,
    provided: bundle.provided,
    requiredApis: bundle.requiredApis,
    requiredPackages: bundle.requiredPackages,
    bundle: { bundle, channel, owner, catalog, replaces },
  };
}

/** An installed CSV; its package and dependencies are those that OLM wrote on it when it was installed. */
export function existingCandidate(csv: ClusterServiceVersion): Candidate {
  const properties = propertiesOf(csv);
  const values = (type: string) => properties.filter((it) => it.type === type).map((it) => it.value);
  const provided = (csv.spec.customresourcedefinitions?.owned ?? []).map(({ name, version, kind }) => ({
    group: name.slice(name.indexOf('.') + 1),
    version,
    kind,
  }));
  const served = (csv.spec.apiservicedefinitions?.owned ?? []).map(({ group, version, kind }) => ({
    group,
    version,
    kind,
  }));
  const [own] = values('olm.package') as { packageName?: string; version?: string }[];
  return {
    id: `@existing/${csv.metadata.namespace}//${csv.metadata.name}`,
    csvName: csv.metadata.name ?? '',
    packageName: own?.packageName ?? '',
    version: csv.spec.version ?? own?.version ?? '',
    provided: [...provided, ...served],
    requiredApis: values('olm.gvk.required') as Gvk[],
    requiredPackages: values('olm.package.required') as Candidate['requiredPackages'],
  };
}

/** The properties that OLM carried over from the catalog into `operatorframework.io/properties`. */
export function propertiesOf(csv: ClusterServiceVersion): { type: string; value: unknown }[] {
  try {
    const text = csv.metadata.annotations?.['operatorframework.io/properties'] ?? '{}';
    const { properties } = JSON.parse(text) as { properties?: unknown };
    return Array.isArray(properties) ? (properties as { type: string; value: unknown }[]) : [];
  } catch {
    return [];
  }
}

/** The entries of a channel from its head along `replaces`, what is off that chain (skipped) after it. */
export function channelOrder(channel: Channel): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  for (let name: string | undefined = channel.head; name !== undefined && !seen.has(name); ) {
    if (!channel.entries.has(name)) break;
    seen.add(name);
    order.push(name);
    name = channel.entries.get(name)?.replaces;
  }
  return [...order, ...[...channel.entries.keys()].filter((name) => !seen.has(name))];
}

/** Why a Subscription has nothing to choose from, in OLM's words. */
export class NoOperators extends Error {}

/**
 * What may satisfy a Subscription, best first: everything in the channel for a new one (the `startingCSV` alone when
 * it names one), for an installed one its direct successors (`replaces`, `skips`, `skipRange`), then itself.
 * @throws NoOperators
 */
export function candidatesOf(
  subscription: Subscription,
  catalogs: ResolverCatalog[],
  existing: Candidate | undefined,
): Candidate[] {
  const { name, source, sourceNamespace, startingCSV } = subscription.spec;
  const by = `referenced by subscription ${subscription.metadata.name}`;
  const catalog = catalogs.find((it) => it.name === source && it.namespace === sourceNamespace);
  if (existing) {
    const channel = channelOf(subscription, catalog);
    const updates = catalog && channel ? updatesOf(existing, catalog, channel.owner, channel.channel) : [];
    return [...updates, existing];
  }
  if (!catalog || catalog.content.packages.size === 0) {
    throw new NoOperators(`no operators found from catalog ${source} in namespace ${sourceNamespace} ${by}`);
  }
  if (!catalog.content.packages.has(name)) {
    throw new NoOperators(`no operators found in package ${name} in the catalog ${by}`);
  }
  const found = channelOf(subscription, catalog);
  if (!found) {
    const channel = subscription.spec.channel ?? '';
    throw new NoOperators(`no operators found in channel ${channel} of package ${name} in the catalog ${by}`);
  }
  const { owner, channel } = found;
  const names = channelOrder(channel).filter((entry) => !startingCSV || entry === startingCSV);
  if (names.length === 0) {
    const where = `in channel ${channel.name} of package ${name} in the catalog`;
    throw new NoOperators(`no operators found with name ${startingCSV} ${where} ${by}`);
  }
  return bundlesOf(names, catalog, owner, channel);
}

function channelOf(subscription: Subscription, catalog: ResolverCatalog | undefined) {
  const owner = catalog?.content.packages.get(subscription.spec.name);
  const channel = owner?.channels.get(subscription.spec.channel || owner.defaultChannel);
  return owner && channel ? { owner, channel } : undefined;
}

/** The entries that may directly follow what is installed, newest first. */
export function updatesOf(
  existing: Pick<Candidate, 'csvName' | 'version'>,
  catalog: ResolverCatalog,
  owner: Package,
  channel: Channel,
): Candidate[] {
  const names = channelOrder(channel).filter((name) => {
    if (name === existing.csvName) return false;
    const entry = channel.entries.get(name);
    return (
      entry?.replaces === existing.csvName ||
      entry?.skips?.includes(existing.csvName) ||
      inRange(existing.version, entry?.skipRange)
    );
  });
  return bundlesOf(names, catalog, owner, channel, existing.csvName);
}

function bundlesOf(
  names: string[],
  catalog: ResolverCatalog,
  owner: Package,
  channel: Channel,
  replaces?: string,
): Candidate[] {
  return names.flatMap((name) => {
    const bundle = owner.bundles.get(name);
    return bundle ? [bundleCandidate(catalog, owner, channel, bundle, replaces)] : [];
  });
}

/** blang/semver ranges as catalogs write them (`>=1.0.0 <2.0.0`, `||`, `!=` left out); a broken range includes nothing. */
export function inRange(version: string, range: string | undefined): boolean {
  if (!range || range.length > 256 || !valid(version)) return false;
  return satisfies(version, range, { includePrerelease: true });
}
