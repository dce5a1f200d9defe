import type { Installation, Plugin, PluginVersion, UpgradeTarget } from '../contract';
import { checkAffinity } from './affinity';
import {
  candidatesOf,
  hasForm,
  infoOn,
  lifeCycleOfEntry,
  type PluginEntry,
  pluginRow,
  specOf,
} from './catalogue';
import { checkDependencies } from './dependencies';
import { record } from './json';
import { clusterNameOf, isReadyForDeploy, moduleVersionOf } from './labels';
import type { ModuleConfigObject, ModuleInfoObject } from './objects';
import { installObstacles, type TargetCluster, uninstallObstacles, upgradeObstacles } from './obstacles';
import { deleteBlockOf, deleteRiskOf, upgradeRiskOf } from './risk';
import { installationStatusOf, installedVersionOf } from './status';
import type { UpgradeCandidate } from './upgrade-targets';

const MAX_MEMBERS = 200;

/**
 * One plugin, whole, as a cluster sees it.
 * @param all every plugin, to tell which upgrades should come first
 * @param inTheWay objects that keep it from being uninstalled; `undefined` where that is not known
 */
export function describePlugin(
  entry: PluginEntry,
  cluster: TargetCluster,
  all: Iterable<PluginEntry>,
  inTheWay: readonly string[] | undefined,
): Omit<Plugin, 'globalCluster' | 'partial'> {
  const info = infoOn(entry, cluster.name);
  const spec = specOf(entry, info);
  const lifecycle = lifeCycleOfEntry(entry);
  const candidates = candidatesOf(entry, info, cluster.platformVersion);
  const isCore = lifecycle === 'Core';
  const upgradeFirst = info ? waitingBefore(entry, all, cluster) : [];
  return {
    ...pluginRow(entry, cluster),
    versions: entry.configs.map((config) => describeVersion(entry, config, cluster, info)),
    ...(info ? { installation: describeInstallation(info) } : {}),
    upgradeTargets:
      info && !isCore
        ? candidates.map((candidate) => ({
            ...describeTarget(candidate, cluster),
            upgradeFirst,
            obstacles: upgradeObstacles(
              lifecycle,
              info,
              candidate.version,
              candidates,
              entry.configs,
              cluster,
            ),
          }))
        : [],
    ...(isCore && candidates[0] ? { coreReminder: candidates[0].version } : {}),
    uninstall: {
      obstacles: info ? uninstallObstacles(info, spec, inTheWay) : [],
      risk: deleteRiskOf(spec),
      blockText: deleteBlockOf(spec),
      blockedBy: (spec?.resourcesBlockRemove ?? []).map(({ apiVersion, kind, namespace, name }) =>
        [`${kind ?? ''} (${apiVersion ?? ''})`, [namespace, name].filter(Boolean).join('/')]
          .filter(Boolean)
          .join(' '),
      ),
    },
    elsewhere: entry.infos
      .filter((other) => clusterNameOf(other) !== cluster.name)
      .map((other) => ({
        cluster: clusterNameOf(other),
        version: installedVersionOf(other),
        status: installationStatusOf(other),
      })),
  };
}

function describeVersion(
  entry: PluginEntry,
  config: ModuleConfigObject,
  cluster: TargetCluster,
  info: ModuleInfoObject | undefined,
): PluginVersion {
  const { spec } = config;
  return {
    version: moduleVersionOf(config),
    moduleConfig: config.metadata.name,
    createdAt: config.metadata.creationTimestamp,
    ready: isReadyForDeploy(config, entry.plugin),
    obstacles: installObstacles(entry.plugin, config, cluster, info),
    affinity: checkAffinity(spec?.affinity, cluster),
    dependencies: checkDependencies(spec, cluster.name, cluster.installed),
    supportedUpgradeVersions: spec?.supportedUpgradeVersions ?? '',
    targetClusterVersions: spec?.targetClusterVersions ?? [],
    risk: upgradeRiskOf(spec),
    installForm: hasForm(spec, 'deploy'),
    upgradeForm: hasForm(spec, 'upgrade'),
  };
}

function describeTarget(
  { version, config, available }: UpgradeCandidate,
  cluster: TargetCluster,
): Omit<UpgradeTarget, 'upgradeFirst' | 'obstacles'> {
  const spec = available?.dependencies
    ? { ...config?.spec, dependencies: available.dependencies }
    : config?.spec;
  const before = available?.upgradeBefore ?? config?.spec?.upgradeBefore ?? [];
  return {
    version,
    risk: upgradeRiskOf(config?.spec, available),
    dependencies: checkDependencies(spec, cluster.name, cluster.installed),
    upgradeBefore: before.map(({ moduleName }) => moduleName),
    upgradeForm: hasForm(config?.spec, 'upgrade'),
  };
}

/** Plugins of the cluster with a waiting upgrade that wants to come before this plugin's. */
function waitingBefore(entry: PluginEntry, all: Iterable<PluginEntry>, cluster: TargetCluster): string[] {
  const names: string[] = [];
  for (const other of all) {
    const info = other.name === entry.name ? undefined : infoOn(other, cluster.name);
    const comesFirst = candidatesOf(other, info, cluster.platformVersion).some(({ config, available }) =>
      (available?.upgradeBefore ?? config?.spec?.upgradeBefore ?? []).some(
        ({ moduleName }) => moduleName === entry.name,
      ),
    );
    if (comesFirst) names.push(other.name);
  }
  return names;
}

function describeInstallation({ metadata, spec, status }: ModuleInfoObject): Installation {
  const entrypoint = spec?.entrypoint?.trim() ?? '';
  return {
    name: metadata.name,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    createdAt: metadata.creationTimestamp,
    targetVersion: spec?.version ?? '',
    currentVersion: status?.version ?? '',
    phase: status?.phase ?? '',
    config: record(spec?.config),
    valuesOverride: record(spec?.valuesOverride),
    ...(isLink(entrypoint) ? { entrypoint } : {}),
    releases: (status?.appReleases ?? []).slice(0, MAX_MEMBERS).map((release) => ({
      name: release.name,
      namespace: release.namespace ?? '',
      ready: release.ready === true,
      synced: release.synced === true,
      failed: release.failed === true,
      reason: release.reason ?? '',
      message: release.message ?? '',
      charts: (release.chartVersions ?? []).map(({ name, version = '' }) => ({ name, version })),
    })),
    conditions: (status?.conditions ?? []).slice(0, MAX_MEMBERS).map((condition) => ({
      type: condition.type,
      status: condition.status,
      ...(condition.reason ? { reason: condition.reason } : {}),
      ...(condition.message ? { message: condition.message } : {}),
      ...(condition.lastTransitionTime ? { lastTransitionTime: condition.lastTransitionTime } : {}),
    })),
    blockReasons: status?.blockReasons ?? [],
    ...(metadata.deletionTimestamp ? { deletingSince: metadata.deletionTimestamp } : {}),
    finalizers: metadata.finalizers ?? [],
  };
}

/** Only what a browser opens harmlessly: the web, or a path of the platform itself. */
function isLink(address: string): boolean {
  if (/^\/(?![/\\])/.test(address)) return true;
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}
