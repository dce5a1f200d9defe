import { coerce, compare, parse, Range, type SemVer } from 'semver';

const MAX_LENGTH = 256;

/** Versions of plugins carry a `v`, and some have only two numbers. */
function semver(version: string): SemVer | null {
  const plain = version.trim().slice(0, MAX_LENGTH).replace(/^v/i, '');
  return parse(plain) ?? (/^\d+(\.\d+)?$/.test(plain) ? coerce(plain) : null);
}

/** Ascending by semantic version; what is none comes first, by its text with numbers in order. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [semver(left), semver(right)];
  if (a && b) return compare(a, b) || left.localeCompare(right, 'en', { numeric: true });
  if (a || b) return a ? 1 : -1;
  return left.localeCompare(right, 'en', { numeric: true });
}

/** Whether a version comes after another one in the order of `compareVersions`. */
export function isNewer(version: string, than: string): boolean {
  return compareVersions(version, than) > 0;
}

/**
 * Whether a version lies in a range such as `>= v1.0.0`. Pre-releases count as what they are: ranges of
 * `supportedUpgradeVersions` are meant to hold for builds such as `v4.2.0-beta.10` too. An empty range
 * and `*` hold for everything; a range that can't be read only for the version that it spells.
 */
export function isInRange(version: string, range: string): boolean {
  const wanted = range.trim();
  if (wanted === '' || wanted === '*') return true;
  if (wanted === version.trim()) return true;
  const candidate = semver(version);
  if (!candidate || wanted.length > MAX_LENGTH) return false;
  try {
    const plain = wanted.replace(/(^|[\s=<>~^|,-])v(?=\d)/gi, '$1').replaceAll(',', ' ');
    return new Range(plain, { includePrerelease: true }).test(candidate);
  } catch {
    return false;
  }
}

/** Any of the ranges; none at all means any version. */
export function isInAnyRange(version: string, ranges: readonly string[] | undefined): boolean {
  return !ranges || ranges.length === 0 || ranges.some((range) => isInRange(version, range));
}

/**
 * Whether a plugin's version may be put on a cluster of a platform version. Nothing published says how
 * exactly `targetClusterVersions` is meant; a target holds for its whole minor release here, because a
 * false refusal would stand in the way while the platform itself still judges.
 */
export function fitsPlatform(
  platformVersion: string | undefined,
  targets: readonly string[] | undefined,
): boolean {
  if (!targets || targets.length === 0 || !platformVersion) return true;
  return targets.some((target) => {
    if (isInRange(platformVersion, target)) return true;
    const [a, b] = [semver(platformVersion), semver(target)];
    return a !== null && b !== null && a.major === b.major && a.minor === b.minor;
  });
}
