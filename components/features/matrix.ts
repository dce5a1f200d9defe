import type { PlacedComponent } from '@/components/features/feature-rows';

/** One operator or plugin, with what of it is installed on each cluster. */
export interface MatrixRow {
  key: string;
  displayName: PlacedComponent['displayName'];
  /** The package of an operator, or the plugin's own name. */
  name: string;
  /** By cluster; an operator may be installed in several namespaces of one. */
  cells: ReadonlyMap<string, PlacedComponent[]>;
}

export interface MatrixFilter {
  q: string;
  /** Only what has an upgrade that can be started. */
  upgradable: boolean;
  /** Only what is not everywhere in the same version. */
  differing: boolean;
}

/** Operators or plugins by clusters. */
export function matrixRows(
  components: readonly PlacedComponent[],
  kind: PlacedComponent['kind'],
): MatrixRow[] {
  const rows = new Map<
    string,
    { displayName: PlacedComponent['displayName']; name: string; cells: Map<string, PlacedComponent[]> }
  >();
  for (const component of components) {
    if (component.kind !== kind) continue;
    const { operator, name, cluster, displayName } = component;
    const key = operator ? [operator.catalogNamespace, operator.catalog, operator.name].join('/') : name;
    const row = rows.get(key) ?? { displayName, name: operator?.name ?? name, cells: new Map() };
    row.cells.set(cluster, [...(row.cells.get(cluster) ?? []), component]);
    rows.set(key, row);
  }
  return [...rows]
    .map(([key, row]) => ({ key, ...row }))
    .sort((a, b) => a.displayName.en.localeCompare(b.displayName.en, 'en'));
}

export function filterMatrix(
  rows: readonly MatrixRow[],
  { q, upgradable, differing }: MatrixFilter,
): MatrixRow[] {
  const wanted = q.trim().toLowerCase();
  return rows.filter(({ displayName, name, cells }) => {
    const all = [...cells.values()].flat();
    if (upgradable && !all.some(({ selectable }) => selectable)) return false;
    if (differing && new Set(all.map(({ from }) => from)).size < 2) return false;
    return [displayName.en, displayName.zh, name].some((text) => text.toLowerCase().includes(wanted));
  });
}
