'use client';

import { useRunNotes } from '@/app/(console)/use-run-notes';
import { useUpgradeRun } from '@/app/(console)/use-upgrade-run';
import { RunPanel } from '@/components/features/run-panel';

/** The run of one of several clusters, where there is one that is under way or was started here. */
export function ClusterRun({ cluster }: { cluster: string }) {
  const upgrade = useUpgradeRun(cluster);
  const { missing } = useRunNotes(cluster, upgrade);
  const { run, isRecent } = upgrade;
  if (!run || (run.finished && !isRecent)) return null;
  return (
    <RunPanel
      run={run}
      isHere={upgrade.isHere}
      notStored={upgrade.notStored}
      problem={upgrade.problem}
      listSteps
      missing={missing}
      onContinue={() => upgrade.goOn()}
      onStop={upgrade.stop}
    />
  );
}
