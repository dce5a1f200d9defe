import type { LifeCycle, Obstacle } from '../contract';
import { type AffinityTarget, checkAffinity } from './affinity';
import { checkDependencies, type InstalledPlugin } from './dependencies';
import { isReadyForDeploy, moduleVersionOf } from './labels';
import type { ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from './objects';
import { compareVersions, fitsPlatform } from './version';

/** A cluster as the rules need it. */
export interface TargetCluster extends AffinityTarget {
  name: string;
  /** Version of the platform on it, where it is known. */
  platformVersion?: string;
  /** What is installed on all clusters. */
  installed: readonly InstalledPlugin[];
}

/**
 * Why a version can't be installed on a cluster; empty when it can.
 * @param values what it would be installed with; without them, its defaults
 */
export function installObstacles(
  plugin: ModulePluginObject | undefined,
  config: ModuleConfigObject,
  cluster: TargetCluster,
  info: ModuleInfoObject | undefined,
  values?: unknown,
): Obstacle[] {
  const version = moduleVersionOf(config);
  const obstacles: Obstacle[] = [];
  if (info) {
    obstacles.push(
      info.metadata.deletionTimestamp
        ? beingDeleted(info, cluster.name)
        : alreadyInstalled(info, cluster.name),
    );
  }
  if (!isReadyForDeploy(config, plugin)) {
    obstacles.push(notReady(version));
  }
  return [
    ...obstacles,
    ...placementObstacles(config, cluster),
    ...dependencyObstacles(config, cluster, values),
  ];
}

/** Where the affinity and the versions of the platform keep a version from a cluster. */
export function placementObstacles(config: ModuleConfigObject, cluster: TargetCluster): Obstacle[] {
  const obstacles: Obstacle[] = [];
  const failed = checkAffinity(config.spec?.affinity, cluster).filter(({ satisfied }) => satisfied === false);
  const near = failed.filter(({ kind }) => kind === 'cluster');
  const far = failed.filter(({ kind }) => kind !== 'cluster');
  if (near.length > 0) {
    obstacles.push({
      code: 'affinity',
      message: `Cluster "${cluster.name}" does not fit the plugin's affinity, which requires: ${wordsOf(near).join('; ')}.`,
      items: wordsOf(near),
      facts: { cluster: cluster.name },
      requirements: near,
    });
  }
  if (far.length > 0) {
    obstacles.push({
      code: 'anti-affinity',
      message: `Cluster "${cluster.name}" is excluded by the plugin's anti-affinity, which requires: ${wordsOf(far).join('; ')}.`,
      items: wordsOf(far),
      facts: { cluster: cluster.name },
      requirements: far,
    });
  }
  const targets = config.spec?.targetClusterVersions;
  if (!fitsPlatform(cluster.platformVersion, targets)) {
    obstacles.push({
      code: 'platform-version',
      message: `It is made for platform version ${targets?.join(', ')}; cluster "${cluster.name}" has ${cluster.platformVersion}.`,
      items: targets ?? [],
      facts: { cluster: cluster.name, platform: cluster.platformVersion ?? '' },
    });
  }
  return obstacles;
}

/** Dependencies that are nowhere; those that are still being installed are waited for by the platform. */
export function dependencyObstacles(
  config: ModuleConfigObject,
  cluster: TargetCluster,
  values?: unknown,
): Obstacle[] {
  const missing = checkDependencies(config.spec, cluster.name, cluster.installed, values).filter(
    ({ found }) => found === undefined,
  );
  if (missing.length === 0) return [];
  return [
    {
      code: 'missing-dependency',
      message: `It needs ${wordsOf(missing).join('; ')}: install that first.`,
      items: wordsOf(missing),
      facts: {},
      dependencies: missing,
    },
  ];
}

/** Why an installation can't be upgraded to a version; empty when it can. */
export function upgradeObstacles(
  lifecycle: LifeCycle,
  info: ModuleInfoObject,
  version: string,
  candidates: readonly { version: string; config?: ModuleConfigObject }[],
  configs: readonly ModuleConfigObject[],
  cluster: TargetCluster,
): Obstacle[] {
  if (info.metadata.deletionTimestamp) {
    return [beingDeleted(info, cluster.name)];
  }
  if (lifecycle === 'Core') {
    return [
      {
        code: 'core-life-cycle',
        message: 'Plugins of the Core life cycle are upgraded with the cluster, not on their own.',
        items: [],
        facts: {},
      },
    ];
  }
  const candidate = candidates.find((one) => one.version === version);
  if (candidate) return candidate.config ? dependencyObstacles(candidate.config, cluster) : [];
  const installed = info.spec?.version ?? '';
  const config = configs.find((one) => moduleVersionOf(one) === version);
  if (!config) {
    return [unknownVersion(version, configs)];
  }
  if (compareVersions(version, installed) <= 0) {
    return [
      {
        code: 'not-newer',
        message: `Version ${version} is not newer than ${installed}; a plugin cannot be downgraded.`,
        items: [version, installed],
        facts: { version, installed },
      },
    ];
  }
  const placement = placementObstacles(config, cluster);
  if (placement.length > 0) return placement;
  if (!isReadyForDeploy(config)) {
    return [notReady(version)];
  }
  return [
    {
      code: 'unsupported-upgrade',
      message: `The platform does not offer an upgrade from ${installed} to ${version}, which supports upgrades from ${config.spec?.supportedUpgradeVersions || '*'}.`,
      items: [version, installed],
      facts: { version, installed, range: config.spec?.supportedUpgradeVersions || '*' },
    },
  ];
}

/**
 * Why a plugin can't be uninstalled; empty when it can.
 * @param inTheWay objects of `resourcesBlockRemove` that exist on the cluster, as `Kind namespace/name`;
 * `undefined` where that is not known, so that only the platform's word counts, which it writes late
 */
export function uninstallObstacles(
  info: ModuleInfoObject,
  spec: { deleteable?: boolean } | undefined,
  inTheWay: readonly string[] | undefined,
): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (spec?.deleteable === false) {
    obstacles.push({
      code: 'not-deleteable',
      message: 'Its author marked it as part of the platform: it cannot be uninstalled.',
      items: [],
      facts: {},
    });
  }
  if (inTheWay && inTheWay.length > 0) {
    obstacles.push({
      code: 'resources-in-the-way',
      message: `These objects use it and have to be deleted first: ${inTheWay.join(', ')}.`,
      items: [...inTheWay],
      facts: {},
    });
  } else if (!inTheWay && info.status?.removeIsPrevented) {
    const reasons = info.status.blockReasons ?? [];
    obstacles.push({
      code: 'removal-prevented',
      message: `The platform prevents its removal${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}.`,
      items: reasons,
      facts: {},
    });
  }
  return obstacles;
}

function alreadyInstalled({ metadata, spec }: ModuleInfoObject, cluster: string): Obstacle {
  const version = spec?.version ?? '';
  return {
    code: 'already-installed',
    message: `It is already installed on cluster "${cluster}" in version ${version}; a cluster can have a plugin only once.`,
    items: [metadata.name],
    facts: { cluster, version },
  };
}

/** The platform is still removing the installation. */
export function beingDeleted({ metadata }: ModuleInfoObject, cluster: string): Obstacle {
  return {
    code: 'being-deleted',
    message: `It is still being removed from cluster "${cluster}".`,
    items: [metadata.name],
    facts: { cluster },
  };
}

/** Nothing can be changed or removed where nothing is installed. */
export function notInstalled(cluster: string): Obstacle {
  return {
    code: 'not-installed',
    message: `It is not installed on cluster "${cluster}".`,
    items: [],
    facts: { cluster },
  };
}

function notReady(version: string): Obstacle {
  return {
    code: 'not-ready',
    message: `Version ${version} is not ready: the platform is still synchronising it, which takes 10 to 15 minutes after an upload.`,
    items: [version],
    facts: { version },
  };
}

/** A version that is asked for and not there; without any, the package is not uploaded. */
export function unknownVersion(version: string, configs: readonly ModuleConfigObject[]): Obstacle {
  if (configs.length === 0) {
    return {
      code: 'not-uploaded',
      message: 'Its package is not uploaded. Upload it with violet or under Upload Packages.',
      items: [],
      facts: {},
    };
  }
  const known = configs.map(moduleVersionOf);
  return {
    code: 'unknown-version',
    message: `There is no version ${version} of it; there is ${known.join(', ')}.`,
    items: known,
    facts: { version },
  };
}

function wordsOf(parts: readonly { words: string }[]): string[] {
  return parts.map(({ words }) => words);
}
