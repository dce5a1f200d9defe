import { type OperatorRow, type OperatorStatus, operatorSources } from '@/lib/operators/contract';

export const facetNames = ['source', 'status', 'category', 'provider', 'capability', 'catalog'] as const;
export type FacetName = (typeof facetNames)[number];
/** The ticked values of each facet; a facet with none ticked lets everything through. */
export type Ticked = Record<FacetName, readonly string[]>;

export interface FacetValue {
  value: string;
  /** Rows that ticking it would leave, given what is ticked in the other facets. */
  count: number;
}

const valuesOf: Record<FacetName, (row: OperatorRow) => readonly string[]> = {
  source: (row) => [row.source],
  status: (row) => [row.status],
  category: (row) => row.categories,
  provider: (row) => (row.provider ? [row.provider] : []),
  capability: (row) => (row.capabilityLevel ? [row.capabilityLevel] : []),
  catalog: (row) => [row.catalogDisplayName || row.catalog],
};

// What needs the reader first, then what runs, then what could.
const statusOrder: readonly string[] = [
  'Upgrade available',
  'Awaiting approval',
  'Failed',
  'Resolving',
  'Unpacking',
  'Installing',
  'Upgrading',
  'Uninstalling',
  'Installed',
  'Ready',
  'Absent',
] satisfies OperatorStatus[];
const capabilityOrder = [
  'Basic Install',
  'Seamless Upgrades',
  'Full Lifecycle',
  'Deep Insights',
  'Auto Pilot',
];

/** The rows that every facet lets through: within a facet one ticked value is enough. */
export function filterRows(rows: readonly OperatorRow[], ticked: Ticked): OperatorRow[] {
  return rows.filter((row) => facetNames.every((name) => passes(row, name, ticked)));
}

/** The values of each facet with their counts. Values that no row has any more stay while they are ticked. */
export function countFacets(
  all: readonly OperatorRow[],
  found: readonly OperatorRow[],
  ticked: Ticked,
): Record<FacetName, FacetValue[]> {
  const count = (name: FacetName): FacetValue[] => {
    const counts = new Map<string, number>();
    for (const value of ticked[name]) counts.set(value, 0);
    for (const row of all) for (const value of valuesOf[name](row)) counts.set(value, 0);
    for (const row of found) {
      if (!facetNames.every((other) => other === name || passes(row, other, ticked))) continue;
      for (const value of new Set(valuesOf[name](row))) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, number]) => ({ value, count: number }))
      .sort((a, b) => compareValues(name, a.value, b.value));
  };
  return {
    source: count('source'),
    status: count('status'),
    category: count('category'),
    provider: count('provider'),
    capability: count('capability'),
    catalog: count('catalog'),
  };
}

/** Orders rows: `relevance` keeps a search's own order, and without a search puts first what needs the reader. */
export function sortRows(
  rows: readonly OperatorRow[],
  sort: 'relevance' | 'name' | 'status',
  searching: boolean,
): OperatorRow[] {
  if (sort === 'relevance' && searching) return [...rows];
  const byName = (a: OperatorRow, b: OperatorRow) => collator.compare(a.displayName, b.displayName);
  if (sort === 'name') return rows.toSorted(byName);
  return rows.toSorted((a, b) => compareValues('status', a.status, b.status) || byName(a, b));
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function passes(row: OperatorRow, name: FacetName, ticked: Ticked): boolean {
  return ticked[name].length === 0 || valuesOf[name](row).some((value) => ticked[name].includes(value));
}

function compareValues(name: FacetName, a: string, b: string): number {
  const order: readonly string[] =
    name === 'status'
      ? statusOrder
      : name === 'source'
        ? operatorSources
        : name === 'capability'
          ? capabilityOrder
          : [];
  const rank = (value: string) => (order.includes(value) ? order.indexOf(value) : order.length);
  return rank(a) - rank(b) || collator.compare(a, b);
}
