'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblemWords } from '@/components/plugins/words';
import type { InstallPluginInput } from '@/lib/plugins/contract-inputs';
import { installPlugin, pluginsQuery } from '@/lib/plugins/queries';

export interface InstallOutcome {
  cluster: string;
  /** Why it was refused; undefined when it is on its way. */
  problem?: string;
}

/** One cluster's part of an installation. */
export interface ClusterOrder {
  cluster: string;
  input: InstallPluginInput;
  /** Why it is not sent at all. */
  refused?: string;
}

/** Installs one plugin on several clusters, one after the other; a refusal on one does not stop the rest. */
export function useInstallPlugins(plugin: string) {
  const client = useQueryClient();
  const problemWords = useProblemWords();
  return useMutation({
    mutationFn: async (orders: readonly ClusterOrder[]) => {
      const outcomes: InstallOutcome[] = [];
      for (const { cluster, input, refused } of orders) {
        if (refused !== undefined) {
          outcomes.push({ cluster, problem: refused });
          continue;
        }
        try {
          await installPlugin(cluster, plugin, input);
          outcomes.push({ cluster });
        } catch (error) {
          outcomes.push({ cluster, problem: problemWords(error) });
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
