import type { InstanceProgress, Uninstallation } from '@/lib/operators/uninstall-contract';

/** What this browser is doing of an uninstallation; everything else is read from the cluster. */
export interface UninstallRun {
  doing: 'instances' | 'operator' | 'ended';
  progress?: InstanceProgress;
  error?: Error;
  /** Ends the wait for instances; what is being deleted goes on by itself. */
  stop?: () => void;
}

export const uninstallSteps = ['instances', 'subscription', 'version', 'leftovers'] as const;
export type UninstallStep = (typeof uninstallSteps)[number];
export type UninstallState = 'todo' | 'current' | 'waiting' | 'failed' | 'done' | 'kept';

/** Where each step stands: `kept` are instances that stay, `waiting` what finalizers or the reader hold up. */
export function stagesOf(
  review: Uninstallation,
  run: UninstallRun | undefined,
): { step: UninstallStep; state: UninstallState }[] {
  return [
    { step: 'instances', state: instancesState(review, run) },
    { step: 'subscription', state: objectState(review.subscription ? [review.subscription] : [], run) },
    { step: 'version', state: objectState(review.clusterServiceVersions, run) },
    { step: 'leftovers', state: leftoversState(review) },
  ];
}

function instancesState({ apis }: Uninstallation, run: UninstallRun | undefined): UninstallState {
  const instances = apis.flatMap((api) => api.instances);
  if (run?.doing === 'instances') return 'current';
  if (run?.progress?.state === 'refused' && instances.length > 0) return 'failed';
  if (instances.some(({ deleting }) => deleting)) return 'waiting';
  if (instances.length > 0) return 'kept';
  return apis.some(({ unread }) => unread !== undefined) ? 'kept' : 'done';
}

function objectState(
  objects: readonly { deleting: boolean }[],
  run: UninstallRun | undefined,
): UninstallState {
  if (objects.length === 0) return 'done';
  if (objects.some(({ deleting }) => deleting)) return 'waiting';
  if (run?.doing === 'operator') return 'current';
  return run?.doing === 'ended' && run.error ? 'failed' : 'todo';
}

function leftoversState({ leftovers }: Uninstallation): UninstallState {
  if (leftovers === undefined) return 'todo';
  return leftovers.some(({ keep }) => keep === undefined) ? 'waiting' : 'done';
}
