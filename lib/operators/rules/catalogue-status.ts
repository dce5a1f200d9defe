import {
  type DeprecatedPart,
  deprecatedParts,
  type OperatorRow,
  type OperatorStatus,
  type Subscription,
} from '../contract';
import type { PackageRow } from './package-manifest';
import { highest } from './version';

/** What a reader has to see first comes first: trouble, then what waits for them, then what moves. */
const precedence: readonly OperatorStatus[] = [
  'Failed',
  'Awaiting approval',
  'Upgrade available',
  'Uninstalling',
  'Upgrading',
  'Installing',
  'Unpacking',
  'Resolving',
  'Installed',
  'Ready',
  'Absent',
];

/** The one status of a package that is subscribed in several namespaces; `Ready` when it is in none. */
export function aggregateStatus(statuses: readonly OperatorStatus[]): OperatorStatus {
  return precedence.find((status) => statuses.includes(status)) ?? 'Ready';
}

/** Completes a row of the catalogue with what the cluster runs of it, in any namespace. */
export function withStatus(packageRow: PackageRow, subscriptions: readonly Subscription[]): OperatorRow {
  const { deprecated: known, ...row } = packageRow;
  const own = subscriptions.filter((subscription) => subscribes(subscription, row));
  const deprecated = new Set([...row.deprecations, ...own.flatMap((one) => deprecationsOf(one, known))]);
  const defined = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);
  return {
    ...row,
    status: aggregateStatus(own.map(({ status }) => status)),
    installedVersion: highest(defined(own.map(({ installedVersion }) => installedVersion))),
    newVersion: highest(defined(own.map(({ newVersion }) => newVersion))),
    deprecations: deprecatedParts.filter((part) => deprecated.has(part)),
  };
}

/** What is deprecated of one Subscription: OLM's conditions, and what the catalog says before OLM has repeated it. */
export function deprecationsOf(
  { deprecations, channel, clusterServiceVersion, installedCSV }: Subscription,
  known: PackageRow['deprecated'],
): DeprecatedPart[] {
  const runs = clusterServiceVersion?.name ?? installedCSV ?? '';
  return [
    ...deprecations.map(({ part }) => part),
    ...(known.channels.includes(channel) ? (['channel'] as const) : []),
    ...(known.clusterServiceVersions.includes(runs) ? (['version'] as const) : []),
  ];
}

/** Whether a Subscription is of this package of this catalog: names are not unique over catalogs. */
export function subscribes(
  subscription: Pick<Subscription, 'package' | 'catalog' | 'catalogNamespace'>,
  { name, catalog, catalogNamespace }: Pick<OperatorRow, 'name' | 'catalog' | 'catalogNamespace'>,
): boolean {
  return (
    subscription.package === name &&
    subscription.catalog === catalog &&
    subscription.catalogNamespace === catalogNamespace
  );
}
