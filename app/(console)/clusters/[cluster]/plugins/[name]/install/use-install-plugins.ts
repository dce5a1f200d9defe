'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf } from '@/components/ui/problem-of';
import type { InstallPluginInput } from '@/lib/plugins/contract-inputs';
import { installPlugin, pluginsQuery } from '@/lib/plugins/queries';

export interface InstallOutcome {
  cluster: string;
  /** Why it was refused; undefined when it is on its way. */
  problem?: string;
}

/** Installs one plugin on several clusters, one after the other; a refusal on one does not stop the rest. */
export function useInstallPlugins(plugin: string) {
  const common = useTranslations('common');
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (orders: readonly { cluster: string; input: InstallPluginInput }[]) => {
      const outcomes: InstallOutcome[] = [];
      for (const { cluster, input } of orders) {
        try {
          await installPlugin(cluster, plugin, input);
          outcomes.push({ cluster });
        } catch (error) {
          outcomes.push({ cluster, problem: problemOf(error)?.detail ?? common('unknownError') });
        }
      }
      return outcomes;
    },
    onSettled: (_data, _error, orders) =>
      Promise.all(
        orders.map(({ cluster }) => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey })),
      ),
  });
}
