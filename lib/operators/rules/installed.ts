import type { OperatorRef, OperatorStatus } from '../contract';
import type { InstalledOperator } from '../installed-contract';
import { deprecationsOf, subscribes } from './catalogue-status';
import { isWell } from './diagnosis/cause';
import { diagnose, diagnoseClusterServiceVersion } from './diagnosis/diagnose';
import type { Surroundings } from './diagnosis/facts';
import { stuckOf } from './diagnosis/sentence';
import {
  type CatalogSourceObject,
  type ClusterServiceVersionObject,
  type InstallPlanObject,
  isCopied,
  type OperatorGroupObject,
  type SubscriptionObject,
  targetNamespacesOf,
} from './objects';
import type { OfferedPackage, PackageRow } from './package-manifest';
import { packageProperty } from './plan/install-plan';
import { annotationOf } from './plan/manifest';
import { sceneOf } from './status';
import { describeSubscription } from './subscription';
import { versionOfName } from './version';

/** What the cluster, or one namespace of it, holds. `undefined`: it could not be read. */
export interface InstalledFacts {
  subscriptions: readonly SubscriptionObject[] | undefined;
  clusterServiceVersions: readonly ClusterServiceVersionObject[] | undefined;
  installPlans: readonly InstallPlanObject[] | undefined;
  operatorGroups: readonly OperatorGroupObject[] | undefined;
  catalogSources: readonly CatalogSourceObject[] | undefined;
  /** What the catalogue shows. */
  packages: readonly PackageRow[] | undefined;
  /** What the catalogs have, also what the catalogue does not show. */
  offered: readonly OfferedPackage[] | undefined;
  now: number;
}

/** What is read only where something is stuck: objects around an installation, by namespace. */
export type Closer = Pick<
  Surroundings,
  'clusterServiceVersions' | 'jobs' | 'pods' | 'deployments' | 'replicaSets' | 'events'
>;

/** One row, and the object that it is about. */
export interface Installed {
  row: InstalledOperator;
  object: SubscriptionObject | ClusterServiceVersionObject;
}

/**
 * Every Subscription, and every ClusterServiceVersion that none heads for, by display name. Copies that OLM puts into
 * the namespaces which a cluster-wide operator watches are left out: nothing runs there.
 */
export function installedOperators(facts: InstalledFacts): Installed[] {
  const own = facts.clusterServiceVersions?.filter((version) => !isCopied(version));
  const subscriptions = facts.subscriptions ?? [];
  const rows = [
    ...subscriptions.map((object) => ({ object, row: ofSubscription(object, facts) })),
    ...loneVersions(subscriptions, own ?? []).map((object) => ({ object, row: ofVersion(object, facts) })),
  ];
  return rows.sort(
    ({ row: a }, { row: b }) =>
      a.displayName.localeCompare(b.displayName, 'en') || a.namespace.localeCompare(b.namespace),
  );
}

/** Says of one row what keeps it; nothing where it runs, or is on its way in good time. */
export function withDiagnosis(
  { row, object }: Installed,
  facts: InstalledFacts,
  closer: Closer = {
    clusterServiceVersions: undefined,
  },
): InstalledOperator {
  const within = <T extends { metadata: { namespace?: string } }>(objects: readonly T[] | undefined) =>
    objects?.filter(({ metadata }) => metadata.namespace === row.namespace);
  const surroundings: Surroundings = {
    subscriptionsInNamespace: within(facts.subscriptions),
    installPlans: within(facts.installPlans),
    catalogSources: facts.catalogSources,
    operatorGroups: within(facts.operatorGroups),
    now: facts.now,
    ...closer,
    clusterServiceVersions: closer.clusterServiceVersions ?? within(facts.clusterServiceVersions),
  };
  const diagnosis = isSubscription(object)
    ? diagnose({ ...surroundings, subscription: object })
    : diagnoseClusterServiceVersion(object, surroundings);
  return isWell(diagnosis.cause) ? row : { ...row, stuck: stuckOf(diagnosis) };
}

/** What pods, Jobs, Events and copies can tell more closely than the lists of the whole cluster. */
const vague = /^(?:overdue|deployment|unpackFailed|operatorFailed|clusterServiceVersionMissing)/;

/** Whether it is worth a closer look at what runs around it: it does not run, and the lists do not say why. */
export function wantsCloserLook(installed: Installed, facts: InstalledFacts): boolean {
  const { status } = installed.row;
  if (status === 'Installed' || status === 'Upgrade available') return false;
  const { stuck } = withDiagnosis(installed, facts);
  return !stuck || vague.test(stuck.key);
}

export function isSubscription(
  object: SubscriptionObject | ClusterServiceVersionObject,
): object is SubscriptionObject {
  return object.kind === 'Subscription';
}

function loneVersions(
  subscriptions: readonly SubscriptionObject[],
  versions: readonly ClusterServiceVersionObject[],
): ClusterServiceVersionObject[] {
  const place = (namespace: string | undefined, name: string | undefined) => `${namespace}/${name}`;
  const replaced = new Map(
    versions.map(({ metadata, spec }) => [place(metadata.namespace, metadata.name), spec?.replaces]),
  );
  const claimed = new Set(
    subscriptions.flatMap(({ metadata: { namespace }, status }) => {
      const target = place(namespace, status?.currentCSV);
      // The predecessor stays for a moment after its successor serves.
      return [target, place(namespace, status?.installedCSV), place(namespace, replaced.get(target))];
    }),
  );
  return versions.filter(({ metadata }) => !claimed.has(place(metadata.namespace, metadata.name)));
}

function ofSubscription(object: SubscriptionObject, facts: InstalledFacts): InstalledOperator {
  const { operatorGroups } = facts;
  const olm = {
    ...facts,
    operatorGroups:
      operatorGroups &&
      ((namespace: string) =>
        operatorGroups.filter(({ metadata }) => metadata.namespace === namespace).length),
  };
  const described = describeSubscription(object, olm);
  const known = facts.packages?.find((row) => subscribes(described, row));
  const csv = sceneOf(object, olm);
  const neighbours = (facts.subscriptions ?? []).filter(
    ({ metadata, spec }) =>
      metadata.namespace === described.namespace &&
      metadata.uid !== described.uid &&
      spec.installPlanApproval === 'Manual',
  );
  const { namespace, name, uid, status, installedVersion, newVersion, channel, approval, createdAt } =
    described;
  return {
    kind: 'Subscription',
    uid,
    namespace,
    name,
    displayName:
      known?.displayName ||
      (csv.target ?? csv.running)?.spec?.displayName?.slice(0, 200) ||
      described.package ||
      name,
    provider: known?.provider ?? '',
    operator: refOf(described.catalogNamespace, described.catalog, described.package),
    offered: facts.offered?.some((row) => subscribes(described, row)),
    status,
    installedVersion,
    newVersion,
    channel,
    approval,
    manualBecauseOf: approval === 'Automatic' ? neighbours.map(({ metadata }) => metadata.name) : [],
    deprecations: known
      ? [...new Set(partsOf(described, known))]
      : described.deprecations.map((one) => one.part),
    watches: watchedFrom(namespace, operatorGroups),
    createdAt,
  };
}

/** The package counts wherever it is installed; its default channel only for those who install it. */
function partsOf(described: Parameters<typeof deprecationsOf>[0], known: PackageRow) {
  const ofPackage = known.deprecations.includes('package') ? (['package'] as const) : [];
  return [...ofPackage, ...deprecationsOf(described, known.deprecated)];
}

function ofVersion(object: ClusterServiceVersionObject, facts: InstalledFacts): InstalledOperator {
  const { metadata, spec } = object;
  const namespace = metadata.namespace ?? '';
  const properties = annotationOf(object, 'operatorframework.io/properties');
  const known = facts.packages?.filter(({ name }) => name === packageProperty(properties).package) ?? [];
  const [only] = known;
  return {
    kind: 'ClusterServiceVersion',
    uid: metadata.uid,
    namespace,
    name: metadata.name,
    displayName: spec?.displayName?.slice(0, 200) || metadata.name,
    provider: only?.provider ?? '',
    // Two catalogs may have the package; nothing tells which one this came from.
    operator: only && known.length === 1 ? refOf(only.catalogNamespace, only.catalog, only.name) : undefined,
    offered: known.length > 0 || undefined,
    status: statusOf(object),
    installedVersion: spec?.version || versionOfName(metadata.name),
    manualBecauseOf: [],
    deprecations: [],
    watches: watchedFrom(namespace, facts.operatorGroups),
    createdAt: metadata.creationTimestamp,
  };
}

function statusOf({ metadata, status }: ClusterServiceVersionObject): OperatorStatus {
  if (metadata.deletionTimestamp) return 'Uninstalling';
  const phases: Record<string, OperatorStatus> = {
    Succeeded: 'Installed',
    Failed: 'Failed',
    Replacing: 'Upgrading',
    Deleting: 'Uninstalling',
  };
  return phases[status?.phase ?? ''] ?? 'Installing';
}

function watchedFrom(
  namespace: string,
  groups: readonly OperatorGroupObject[] | undefined,
): string[] | undefined {
  const own = groups?.filter(({ metadata }) => metadata.namespace === namespace) ?? [];
  const [group] = own;
  return group?.status && own.length === 1 ? targetNamespacesOf(group) : undefined;
}

function refOf(catalogNamespace: string, catalog: string, name: string): OperatorRef {
  return { catalogNamespace, catalog, name };
}
