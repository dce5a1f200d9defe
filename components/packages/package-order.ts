import type { PackageRow, UploadedVersion } from '@/lib/packages/list-contract';

export const packageSorts = ['name', 'uploaded'] as const;
export type PackageSort = (typeof packageSorts)[number];

/** What a package as a whole is at: what needs eyes first, over its versions and clusters. */
const urgency: readonly UploadedVersion['phase'][] = [
  'Failed',
  'Pending',
  'Unknown',
  'Deleting',
  'Present',
  'Deleted',
];

/** The places of all versions of a package, the one that needs eyes first at the front. */
export function placesOf({ versions }: PackageRow): UploadedVersion[] {
  return versions
    .flatMap(({ places }) => places)
    .toSorted((a, b) => urgency.indexOf(a.phase) - urgency.indexOf(b.phase));
}

/** When the newest upload of a package was; undefined where nothing says it. */
export function uploadedAt(row: PackageRow): string | undefined {
  return placesOf(row)
    .flatMap(({ uploaded }) => uploaded ?? [])
    .sort()
    .at(-1);
}

/** The clusters to which any version was uploaded. */
export function clustersOf(row: PackageRow): string[] {
  return [...new Set(placesOf(row).map(({ cluster }) => cluster))].sort();
}

/** Finds every word in the names, the description, the versions and the clusters of a package. */
export function searchPackages(rows: readonly PackageRow[], search: string): PackageRow[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = [
      row.name,
      row.packageName,
      ...Object.values(row.displayName),
      ...Object.values(row.description),
      row.repository ?? '',
      ...row.versions.map(({ version, csv }) => `${version} ${csv ?? ''}`),
      ...clustersOf(row),
    ]
      .join('\n')
      .toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** By the name that people know it by, or the latest upload first. */
export function sortPackages(
  rows: readonly PackageRow[],
  sort: PackageSort,
  nameOf: (row: PackageRow) => string,
): PackageRow[] {
  return rows.toSorted((a, b) => {
    const byName = nameOf(a).localeCompare(nameOf(b));
    if (sort === 'name') return byName;
    return (uploadedAt(b) ?? '').localeCompare(uploadedAt(a) ?? '') || byName;
  });
}
