import { type AvailableVersion, labelOf, labels, type ModuleConfig } from './api.ts';
import { compareVersions, fitsPlatform, inRange } from './versions.ts';

/**
 * `status.availableVersions` of an installation: the ready versions that are newer, can be upgraded to from the one
 * that runs and fit the platform of the cluster, newest first. Core plugins move with the platform, so theirs are
 * listed before the platform fits. When nothing newer is there the running version stands alone: the product document
 * prints it in the column `NEW_VERSION`.
 */
export function availableVersions(
  current: string,
  configs: ModuleConfig[],
  platform: string | undefined,
): AvailableVersion[] {
  const offered = configs
    .filter(({ spec, status }) => spec.version !== undefined && status?.readyForDeploy === true)
    .filter((config) => isCore(config) || fitsPlatform(platform, config.spec.targetClusterVersions))
    .sort((a, b) => compareVersions(b.spec.version ?? '', a.spec.version ?? ''));
  const newer = offered.filter(
    ({ spec }) =>
      compareVersions(spec.version ?? '', current) > 0 && inRange(current, spec.supportedUpgradeVersions),
  );
  const shown = newer.length > 0 ? newer : configs.filter(({ spec }) => spec.version === current);
  return shown.map(availableVersion);
}

function isCore(config: ModuleConfig): boolean {
  return labelOf(config, labels.lifecycle).toLowerCase() === 'core';
}

function availableVersion({ spec }: ModuleConfig): AvailableVersion {
  return {
    version: spec.version ?? '',
    riskLevel: spec.upgradeRiskLevel ?? 'low',
    description: spec.upgradeRiskDescription ?? '',
    ...(spec.upgradeRiskDescriptionEn ? { descriptionEn: spec.upgradeRiskDescriptionEn } : {}),
    ...(spec.dependencies ? { dependencies: spec.dependencies } : {}),
    ...(spec.upgradeBefore ? { upgradeBefore: spec.upgradeBefore } : {}),
  };
}
