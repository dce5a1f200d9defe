import { isReadyForDeploy, moduleVersionOf } from './labels';
import { lifeCycleOf } from './life-cycle';
import type { AvailableVersion, ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from './objects';
import { compareVersions, fitsPlatform, isInRange, isNewer } from './version';

/** A version to which an installation could be upgraded. */
export interface UpgradeCandidate {
  version: string;
  /** Absent when the platform offers a version whose ModuleConfig can't be found. */
  config?: ModuleConfigObject;
  /** What the platform itself says of it. */
  available?: AvailableVersion;
}

/**
 * Versions newer than the installed one, newest first. What the platform offers in
 * `status.availableVersions` is believed; where it offers nothing (it writes the list late, and not at
 * all in some releases), the ready ModuleConfigs count that name the installed version in
 * `supportedUpgradeVersions` and fit the platform's version.
 */
export function upgradeCandidates(
  info: ModuleInfoObject,
  configs: readonly ModuleConfigObject[],
  plugin: ModulePluginObject | undefined,
  platformVersion: string | undefined,
): UpgradeCandidate[] {
  // A Core plugin's next version comes with the platform's: it does not fit yet, and is worth telling.
  const isCore = lifeCycleOf([plugin, ...configs]) === 'Core';
  const wanted = info.spec?.version ?? '';
  const current = info.status?.version || wanted;
  // While one upgrade runs, another can only go beyond it.
  const installed = compareVersions(current, wanted) > 0 ? current : wanted;
  const configOf = (version: string) => configs.find((config) => moduleVersionOf(config) === version);
  const offered = (info.status?.availableVersions ?? []).filter(
    (available) => typeof available?.version === 'string' && isNewer(available.version, installed),
  );
  const candidates: UpgradeCandidate[] =
    offered.length > 0
      ? offered.map((available) => ({
          version: available.version,
          available,
          config: configOf(available.version),
        }))
      : configs
          .filter(
            (config) =>
              isNewer(moduleVersionOf(config), installed) &&
              isReadyForDeploy(config, plugin) &&
              isInRange(installed, config.spec?.supportedUpgradeVersions ?? '') &&
              (isCore || fitsPlatform(platformVersion, config.spec?.targetClusterVersions)),
          )
          .map((config) => ({ version: moduleVersionOf(config), config }));
  return candidates.sort((a, b) => compareVersions(b.version, a.version));
}
