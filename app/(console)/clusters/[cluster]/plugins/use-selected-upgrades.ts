'use client';

import { useQueries } from '@tanstack/react-query';
import type { Obstacle, Plugin, UpgradeTarget } from '@/lib/plugins/contract';
import { pluginFormQuery, pluginQuery } from '@/lib/plugins/queries';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { validate } from '@/lib/plugins/rules/form/validate';
import { initialValue } from '@/lib/plugins/rules/form/values';

/** A plugin that was chosen to be upgraded with others. */
export interface SelectedUpgrade {
  plugin: Plugin;
  target: UpgradeTarget;
  /** What keeps it out of the run. */
  obstacles: Obstacle[];
  /** Its new version's form wants values that it can't have by itself. */
  asks: boolean;
}

/** What is to be known of several plugins before they are upgraded, each to its newest version. */
export function useSelectedUpgrades(cluster: string, names: readonly string[]) {
  const details = useQueries({ queries: names.map((name) => pluginQuery(cluster, name)) });
  const forms = useQueries({
    queries: details.map(({ data }) => ({
      ...pluginFormQuery(cluster, data?.name ?? '', data?.upgradeTargets[0]?.version ?? ''),
      enabled: data?.upgradeTargets[0]?.upgradeForm === true,
    })),
  });
  const upgrades = details.flatMap(({ data: plugin }, index): SelectedUpgrade[] => {
    const target = plugin?.upgradeTargets[0];
    const definition = forms[index]?.data?.definition;
    if (!plugin?.installation || !target || (target.upgradeForm && !definition)) return [];
    const form = definition && buildForm(definition, 'upgrade', 'en');
    return [
      {
        plugin,
        target,
        obstacles: target.obstacles.filter((obstacle) => !isBrought(obstacle, names, cluster)),
        asks: form !== undefined && validate(form, initialValue(form, plugin.installation.config)).length > 0,
      },
    ];
  });
  const failed = [...details, ...forms].find(({ isError }) => isError);
  const isReading = [...details, ...forms].some(({ isLoading }) => isLoading);
  return {
    upgrades,
    reading:
      failed || isReading
        ? {
            error: failed?.error,
            retry: () =>
              void Promise.all([...details, ...forms].map(({ isError, refetch }) => isError && refetch())),
          }
        : undefined,
  };
}

/** Whether what is missing is another of the plugins, which the run upgrades first. */
function isBrought(
  { code, dependencies = [] }: Obstacle,
  names: readonly string[],
  cluster: string,
): boolean {
  return (
    code === 'missing-dependency' &&
    dependencies.every(({ anyOf }) =>
      anyOf.some((one) => one.cluster === cluster && names.includes(one.plugin)),
    )
  );
}
