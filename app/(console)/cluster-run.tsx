'use client';

import { RunPanel } from '@/components/features/run-panel';
import { useMissingRunRight } from './run-notes';
import { useUpgradeRun } from './use-upgrade-run';

/** The run of a cluster with its steps, where it is under way or was started here. */
export function ClusterRun({ cluster }: { cluster: string }) {
  const upgrade = useUpgradeRun(cluster);
  const missing = useMissingRunRight(cluster);
  const { run, isRecent } = upgrade;
  if (!run || (run.finished && !isRecent)) return null;
  return <RunPanel run={run} upgrade={upgrade} listSteps missing={missing} />;
}
