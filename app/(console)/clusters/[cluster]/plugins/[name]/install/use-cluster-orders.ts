'use client';

import { useTranslations } from 'next-intl';
import { configTextWords, fieldErrorWords, obstacleWords } from '@/components/plugins/words';
import type { Obstacle } from '@/lib/plugins/contract';
import { readConfigText } from '@/lib/plugins/rules/form/config-text';
import type { PluginForm } from '@/lib/plugins/rules/form/form';
import { validate } from '@/lib/plugins/rules/form/validate';
import { toConfig } from '@/lib/plugins/rules/form/values';
import { type Json, mergePatched, record } from '@/lib/plugins/rules/json';
import type { ClusterOrder } from './use-install-plugins';
import type { InstallTarget } from './use-targets';

/** What is chosen on the page, for every cluster alike. */
interface Choice {
  form: PluginForm;
  value: Json;
  version: string;
  valuesOverride: Json | undefined;
}

/** One cluster's order, and what is wrong with it. */
interface DraftOrder extends ClusterOrder {
  obstacles: Obstacle[];
  /** Why what is overridden for the cluster can't be sent. */
  overrideProblem: string | undefined;
}

/**
 * One order per cluster: the same version and configuration, but for what is overridden there.
 * @param overrides YAML by cluster, a merge patch (RFC 7396) over the configuration
 */
export function useClusterOrders(
  { form, value, version, valuesOverride }: Choice,
  targets: readonly InstallTarget[],
  chosen: readonly string[],
  overrides: Readonly<Record<string, string>>,
): DraftOrder[] {
  const t = useTranslations('plugins');
  return chosen.map((cluster) => {
    const override = readConfigText(overrides[cluster] ?? '');
    const own = record(mergePatched(value, override.value ?? {}));
    const isOverridden = Object.keys(override.value ?? {}).length > 0;
    const errors = isOverridden ? validate(form, own) : [];
    const obstacles = targets.find((target) => target.cluster === cluster)?.obstacles ?? [];
    return {
      cluster,
      obstacles,
      overrideProblem: override.error
        ? configTextWords(t, override.error)
        : errors.map((error) => `${error.label}: ${fieldErrorWords(t, error)}`).join(' ') || undefined,
      input: {
        version,
        config: toConfig(form, own),
        ...(Object.keys(valuesOverride ?? {}).length > 0 ? { valuesOverride } : {}),
      },
      ...(obstacles.length > 0
        ? { refused: obstacles.map((obstacle) => obstacleWords(t, obstacle)).join(' ') }
        : {}),
    };
  });
}
