import type { OperatorStatus } from '@/lib/operators/contract';
import type { InstalledOperator } from '@/lib/operators/installed-contract';
import { newestFirst } from '@/lib/operators/rules/version';

export const installedSorts = ['name', 'namespace', 'status', 'version', 'created'] as const;
export type InstalledSort = (typeof installedSorts)[number];

/** What needs the reader first, then what moves, then what runs. */
const statusOrder: readonly OperatorStatus[] = [
  'Failed',
  'Awaiting approval',
  'Upgrade available',
  'Uninstalling',
  'Resolving',
  'Unpacking',
  'Installing',
  'Upgrading',
  'Installed',
];

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const comparisons: Record<InstalledSort, (a: InstalledOperator, b: InstalledOperator) => number> = {
  name: (a, b) => collator.compare(a.displayName, b.displayName),
  namespace: (a, b) => collator.compare(a.namespace, b.namespace),
  status: (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status),
  version: (a, b) => newestFirst(b.installedVersion ?? '', a.installedVersion ?? ''),
  created: (a, b) => a.createdAt.localeCompare(b.createdAt),
};

/** The rows whose names, namespace or version hold every word of the text. */
export function searchInstalled(rows: readonly InstalledOperator[], text: string): InstalledOperator[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const haystack = [
      row.displayName,
      row.operator?.name,
      row.name,
      row.namespace,
      row.provider,
      row.installedVersion,
      row.channel,
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** How many rows have each status, in the order of `statusOrder`. */
export function countStatuses(
  rows: readonly InstalledOperator[],
  ticked: readonly string[],
): { status: OperatorStatus; count: number }[] {
  return statusOrder
    .map((status) => ({ status, count: rows.filter((row) => row.status === status).length }))
    .filter(({ status, count }) => count > 0 || ticked.includes(status));
}

/** Orders rows; those that are equal in it by name, then by namespace. */
export function sortInstalled(
  rows: readonly InstalledOperator[],
  sort: { by: InstalledSort; descending: boolean },
): InstalledOperator[] {
  const direction = sort.descending ? -1 : 1;
  return rows.toSorted(
    (a, b) => direction * comparisons[sort.by](a, b) || comparisons.name(a, b) || comparisons.namespace(a, b),
  );
}
