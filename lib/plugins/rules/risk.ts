import { type LocalizedText, type Risk, riskLevels } from '../contract';
import { text } from './json';
import { localized } from './localized-text';
import type { AvailableVersion, ModuleSpec } from './objects';

/** The risk of upgrading to a version. Levels are written in any case; Chinese is in the plain field. */
export function upgradeRiskOf(spec: ModuleSpec | undefined, available?: AvailableVersion): Risk {
  const level = text(available?.riskLevel || spec?.upgradeRiskLevel, 100);
  const known = riskLevels.find((one) => one === level.toLowerCase());
  return {
    ...(known ? { level: known } : level ? { otherLevel: level } : {}),
    text: localized(
      available?.descriptionEn || spec?.upgradeRiskDescriptionEn,
      available?.description || spec?.upgradeRiskDescription,
    ),
  };
}

/** What a plugin warns of before it is uninstalled. */
export function deleteRiskOf(spec: ModuleSpec | undefined): LocalizedText {
  return localized(spec?.deleteRiskDescriptionEn, spec?.deleteRiskDescription);
}

/** What a plugin says when something is in the way of uninstalling it. */
export function deleteBlockOf(spec: ModuleSpec | undefined): LocalizedText {
  return localized(spec?.deleteBlockDescriptionEn, spec?.deleteBlockDescription);
}
