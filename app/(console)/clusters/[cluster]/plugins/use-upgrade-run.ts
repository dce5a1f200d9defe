'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useProblemWords } from '@/components/plugins/words';
import { pluginsQuery, upgradePlugin } from '@/lib/plugins/queries';
import { advanceUpgrades, type PlannedUpgrade, type UpgradeStep } from '@/lib/plugins/rules/upgrade-run';

/**
 * Several upgrades, each sent when those before it run. The list of plugins, which is told live, takes it
 * further; what has not been sent when the page is left is not upgraded.
 */
export function useUpgradeRun(cluster: string): {
  /** Empty until it is started. */
  steps: readonly UpgradeStep[];
  start: (planned: readonly PlannedUpgrade[]) => void;
} {
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const query = pluginsQuery(cluster);
  const rows = useQuery(query).data?.items;
  const [steps, setSteps] = useState<readonly UpgradeStep[]>([]);
  const sent = useRef(new Set<string>());

  const send = async ({ name, version }: PlannedUpgrade) => {
    // An effect may run twice; an upgrade is sent once.
    if (sent.current.has(name)) return;
    sent.current.add(name);
    const become = (change: Pick<UpgradeStep, 'state' | 'detail'>) =>
      setSteps((current) => current.map((step) => (step.name === name ? { ...step, ...change } : step)));
    try {
      await upgradePlugin(cluster, name, { version });
      become({ state: 'running' });
    } catch (error) {
      become({ state: 'failed', detail: problemWords(error) });
    }
    await client.invalidateQueries({ queryKey: query.queryKey });
  };

  useEffect(() => {
    if (!rows || steps.length === 0) return;
    const next = advanceUpgrades(steps, rows);
    if (next.steps === steps) return;
    setSteps(next.steps);
    for (const step of next.steps) if (next.send.includes(step.name)) void send(step);
  });

  return { steps, start: (planned) => setSteps(planned.map((one) => ({ ...one, state: 'waiting' }))) };
}
