import { compare, valid } from 'semver';

/** Descending by semantic version; what is not one comes after, as text with its numbers in order. */
export function newestFirst(left: string, right: string): number {
  const [a, b] = [valid(left), valid(right)];
  if (a && b) return compare(b, a) || right.localeCompare(left, 'en', { numeric: true });
  if (a || b) return a ? -1 : 1;
  return right.localeCompare(left, 'en', { numeric: true });
}

/** The highest of some versions. */
export function highest(versions: readonly string[]): string | undefined {
  return [...versions].sort(newestFirst)[0];
}

/**
 * The version in the name of a ClusterServiceVersion, which by OLM's convention is `<package>.v<version>`;
 * the whole name where it does not follow it.
 */
export function versionOfName(clusterServiceVersion: string): string {
  const dot = /\.v?\d/.exec(clusterServiceVersion.slice(0, 253));
  return dot ? clusterServiceVersion.slice(dot.index + 1).replace(/^v/, '') : clusterServiceVersion;
}
