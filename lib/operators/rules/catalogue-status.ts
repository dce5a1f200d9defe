import type { OperatorRow, OperatorStatus, Subscription } from '../contract';
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
export function withStatus(row: PackageRow, subscriptions: readonly Subscription[]): OperatorRow {
  const own = subscriptions.filter((subscription) => subscribes(subscription, row));
  const defined = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);
  return {
    ...row,
    status: aggregateStatus(own.map(({ status }) => status)),
    installedVersion: highest(defined(own.map(({ installedVersion }) => installedVersion))),
    newVersion: highest(defined(own.map(({ newVersion }) => newVersion))),
  };
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
