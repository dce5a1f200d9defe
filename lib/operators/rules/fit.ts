import { coerce, compare } from 'semver';
import type { Operator } from '../contract';

/**
 * Whether a cluster is as new as a ClusterServiceVersion's `minKubeVersion` asks; undefined where either says nothing
 * that can be compared. Builds such as `v1.33.5+k3s1` or `v1.33.5-eks-1` count as what comes before.
 */
export function isNewEnough(minimum: string | undefined, version: string | undefined): boolean | undefined {
  const [least, runs] = [coerce(minimum?.slice(0, 50)), coerce(version?.slice(0, 50))];
  return least && runs ? compare(runs, least) >= 0 : undefined;
}

/** The nodes' architectures, as the platform labels its clusters (`cpaas.io/arch-arm64`). */
export function architecturesOf(labels: Readonly<Record<string, string>>): string[] {
  const prefix = 'cpaas.io/arch-';
  return Object.entries(labels)
    .filter(([label, value]) => label.startsWith(prefix) && value === 'true')
    .map(([label]) => label.slice(prefix.length));
}

/** The nodes' architectures that an operator does not name; none where either says nothing. */
export function missingArchitectures(
  { architectures }: Pick<Operator, 'architectures'>,
  nodes: readonly string[],
): string[] {
  return architectures.length === 0 ? [] : nodes.filter((node) => !architectures.includes(node));
}
