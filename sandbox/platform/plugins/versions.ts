import semver from 'semver';

/**
 * Orders versions such as `v4.0.15` and `v4.2.0-beta.10.g2f73247e`, older first. What is no semantic version comes
 * before everything that is, in the order of `sort -V`.
 */
export function compareVersions(a: string, b: string): number {
  const left = semver.parse(a, { loose: true });
  const right = semver.parse(b, { loose: true });
  if (left && right) return semver.compareBuild(left, right);
  if (left || right) return left ? 1 : -1;
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The newest of these versions. */
export function newestVersion(versions: Iterable<string>): string | undefined {
  return [...versions].sort(compareVersions).at(-1);
}

/**
 * Whether `version` lies in a range as plugins write it: `>= v1.0.0`, `*`, a list joined by commas (as Go's semver
 * libraries have it) or by `||`. A range that doesn't parse admits nothing; an empty one admits everything. Unlike
 * npm's rule a pre-release counts by its order, because platform builds are pre-releases.
 */
export function inRange(version: string, range: string | undefined): boolean {
  if (range === undefined || range.trim() === '') return true;
  if (range.length > 200) return false;
  const parsed = semver.parse(version, { loose: true });
  if (!parsed) return range.trim() === '*' || range.trim() === version;
  try {
    // Go's libraries join requirements by commas; the v in front of a version is taken off by the loose parser.
    return new semver.Range(range.replaceAll(',', ' '), { loose: true, includePrerelease: true }).test(
      parsed,
    );
  } catch {
    return false;
  }
}

/**
 * Whether a plugin version made for `targets` may be put on a cluster of that platform version. No targets fits
 * everything; a target fits its whole minor release (`v4.2` and `v4.2.0` both fit a cluster at v4.2.3).
 */
export function fitsPlatform(platform: string | undefined, targets: string[] | undefined): boolean {
  if (!targets || targets.length === 0 || !platform) return true;
  const cluster = semver.coerce(platform);
  return targets.some((target) => {
    const wanted = semver.coerce(target);
    if (!cluster || !wanted) return target === platform;
    return wanted.major === cluster.major && wanted.minor === cluster.minor;
  });
}
