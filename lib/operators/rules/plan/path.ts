import { satisfies } from 'semver';
import { newestFirst, versionOfName } from '../version';

/** A version that lies between the installed one and the newest. */
export interface PathStep {
  /** Name of the ClusterServiceVersion. */
  name: string;
  version: string;
  deprecation?: string;
  /**
   * `next`: the plan that waits leads there, so OLM stops there under Manual approval. `head`: where the path ends.
   * `possible`: OLM may go over it or skip it; only its resolver knows. `skipped`: the plan that waits passes it by, or
   * the newest version replaces at once (`olm.skipRange`) where the plan leads, or else what is installed.
   */
  stop: 'next' | 'head' | 'possible' | 'skipped';
  /** What the hop needs, as far as it is known before OLM makes its plan. */
  needs: { approval: boolean; minKubeVersion?: string };
}

/** The way from the installed version to the newest of a channel, in the order in which it is gone. */
export interface UpgradePath {
  /**
   * `upToDate`; `open` when there is something newer; `notInChannel` when the channel does not list the installed
   * version, so that OLM upgrades only if the newest one names it; `unknown` when the catalogue lists no versions.
   */
  state: 'upToDate' | 'open' | 'notInChannel' | 'unknown';
  steps: PathStep[];
  /** PackageManifests carry no upgrade edges: which of the possible steps are taken is OLM's decision. */
  decidedByOlm: boolean;
}

interface PathInput {
  /** Name of the installed ClusterServiceVersion, and its version where that is known. */
  installed: { name: string; version?: string };
  channel: {
    currentCSV: string;
    entries: readonly { name: string; version: string; deprecation?: string }[];
    minKubeVersion?: string;
    skipRange?: string;
  };
  approval: 'Manual' | 'Automatic';
  /** The ClusterServiceVersion that the plan named by the Subscription would bring. */
  next?: string;
}

/** The path from the installed version as far as the entries of the Subscription's channel tell it. */
export function upgradePath({ installed, channel, approval, next }: PathInput): UpgradePath {
  const ascending = [...channel.entries].sort((left, right) => newestFirst(right.version, left.version));
  if (ascending.length === 0) return { state: 'unknown', steps: [], decidedByOlm: false };
  const version = installed.version || versionOfName(installed.name);
  const listed = ascending.some(({ name }) => name === installed.name);
  const newer = ascending.filter(
    (entry) => entry.name !== installed.name && newestFirst(entry.version, version) < 0,
  );
  const target = newer.find(({ name }) => name === next);
  // OLM prefers the head of a channel to what lies before it.
  const straight = isIn(target?.version ?? version, channel.skipRange);
  const steps = newer.map((entry): PathStep => {
    const head = entry.name === channel.currentCSV;
    return {
      name: entry.name,
      version: entry.version,
      deprecation: entry.deprecation,
      stop: stopOf(entry, head, target, straight),
      needs: {
        approval: approval === 'Manual',
        minKubeVersion: head ? channel.minKubeVersion : undefined,
      },
    };
  });
  const possible = steps.some(({ stop }) => stop === 'possible');
  if (!listed) return { state: 'notInChannel', steps, decidedByOlm: steps.length > 0 };
  return { state: steps.length > 0 ? 'open' : 'upToDate', steps, decidedByOlm: possible };
}

function stopOf(
  entry: { name: string; version: string },
  head: boolean,
  target: { name: string; version: string } | undefined,
  straight: boolean,
): PathStep['stop'] {
  if (target && entry.name === target.name) return 'next';
  if (target && newestFirst(entry.version, target.version) > 0) return 'skipped';
  if (head) return 'head';
  return straight ? 'skipped' : 'possible';
}

/** As OLM reads the range, in which a pre-release counts like any other version. */
function isIn(version: string, range: string | undefined): boolean {
  return range !== undefined && satisfies(version, range, { includePrerelease: true });
}
