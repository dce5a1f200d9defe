import { lifeCycles, type PluginRow, pluginStatuses } from '@/lib/plugins/contract';

export const pluginSorts = ['name', 'lifecycle', 'status'] as const;
export type PluginSort = (typeof pluginSorts)[number];

export const facetNames = ['lifecycle', 'status'] as const;
export type FacetName = (typeof facetNames)[number];
/** The ticked values of each facet; one with none ticked lets everything through. */
export type Ticked = Record<FacetName, readonly string[]>;

/** Not a state of its own: what runs may have an upgrade waiting. */
export const UPGRADE_AVAILABLE = 'Upgrade available';

// What needs the reader first, then what runs, then what could.
const statusOrder: readonly string[] = [
  UPGRADE_AVAILABLE,
  'Failed',
  'Installing',
  'Upgrading',
  'Deleting',
  'Running',
  'Ready',
  'Absent',
];

const valuesOf: Record<FacetName, (row: PluginRow) => string[]> = {
  lifecycle: (row) => [row.lifecycle],
  status: (row) => [row.status, ...(row.actions.includes('Upgrade') ? [UPGRADE_AVAILABLE] : [])],
};

/** The rows whose name, in either language, or description holds every word of the text. */
export function searchPlugins(rows: readonly PluginRow[], text: string): PluginRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ name, displayName, description }) => {
    const hay = [name, displayName.en, displayName.zh, description.en, description.zh]
      .join('\n')
      .toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/** The rows that every facet lets through: within a facet one ticked value is enough. */
export function filterPlugins(rows: readonly PluginRow[], ticked: Ticked): PluginRow[] {
  return rows.filter((row) => facetNames.every((name) => passes(row, name, ticked)));
}

/** The values of each facet and how many rows each would leave, given what is ticked in the other one. */
export function countPluginFacets(
  all: readonly PluginRow[],
  found: readonly PluginRow[],
  ticked: Ticked,
): Record<FacetName, { value: string; count: number }[]> {
  const count = (name: FacetName, first: readonly string[]) => {
    const counts = new Map<string, number>(
      [...first, ...ticked[name], ...all.flatMap(valuesOf[name])].map((value) => [value, 0]),
    );
    for (const row of found) {
      if (!facetNames.every((other) => other === name || passes(row, other, ticked))) continue;
      for (const value of valuesOf[name](row)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].map(([value, number]) => ({ value, count: number }));
  };
  return {
    lifecycle: count('lifecycle', lifeCycles),
    status: count('status', []).sort((a, b) => rankOf(a.value) - rankOf(b.value)),
  };
}

/** Orders rows by name, or by life cycle or status and then by name. */
export function sortPlugins(
  rows: readonly PluginRow[],
  sort: PluginSort,
  nameOf: (row: PluginRow) => string,
): PluginRow[] {
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const byName = (a: PluginRow, b: PluginRow) =>
    collator.compare(nameOf(a), nameOf(b)) || collator.compare(a.name, b.name);
  if (sort === 'name') return rows.toSorted(byName);
  const rank =
    sort === 'lifecycle'
      ? (row: PluginRow) => lifeCycles.indexOf(row.lifecycle)
      : (row: PluginRow) => Math.min(...valuesOf.status(row).map(rankOf));
  return rows.toSorted((a, b) => rank(a) - rank(b) || byName(a, b));
}

/** Installed in any state. */
export function isInstalled({ status, version }: PluginRow): boolean {
  return version !== '' || !pluginStatuses.slice(0, 2).some((one) => one === status);
}

function passes(row: PluginRow, name: FacetName, ticked: Ticked): boolean {
  return ticked[name].length === 0 || valuesOf[name](row).some((value) => ticked[name].includes(value));
}

function rankOf(status: string): number {
  return statusOrder.includes(status) ? statusOrder.indexOf(status) : statusOrder.length;
}
