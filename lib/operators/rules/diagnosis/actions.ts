import type { Action, Cause, CauseId, Stage } from './cause';

/** What a page offers against each cause, the likeliest cure first. */
const actions: Record<CauseId, readonly Action[]> = {
  none: [],
  slow: [],
  waitsForApproval: [safe('approve'), safe('reviewPlan')],
  heldUpByPlan: [safe('reviewPlan')],
  heldUpBySubscription: [safe('showSubscription')],
  noOperatorGroup: [safe('createOperatorGroup')],
  severalOperatorGroups: [unsafe('chooseOperatorGroup')],
  modeNotSupported: [unsafe('changeOperatorGroup'), unsafe('uninstall')],
  servedFromElsewhere: [unsafe('uninstall')],
  apiConflict: [unsafe('uninstall')],
  packageNotFound: [safe('showCatalog'), unsafe('changeSubscription'), unsafe('uninstall')],
  channelNotFound: [safe('changeChannel')],
  versionNotFound: [safe('changeChannel'), unsafe('reinstall')],
  catalogMissing: [safe('showCatalog'), unsafe('changeSubscription')],
  catalogDead: [safe('restartCatalog'), safe('showCatalog')],
  dependencyNotFound: [safe('installDependency')],
  orphanClusterServiceVersion: [unsafe('deleteClusterServiceVersion')],
  resolutionConflict: [safe('showSubscription')],
  unpackFailed: [safe('retryUnpack'), safe('showEvents')],
  planMissing: [unsafe('reinstall')],
  planSuperseded: [safe('deletePlan'), safe('reviewPlan')],
  planOrphaned: [safe('deletePlan')],
  planWithoutStatus: [safe('reviewPlan'), safe('deletePlan')],
  planFailed: [safe('reviewPlan'), unsafe('reinstall')],
  apiNotServed: [safe('changeChannel'), unsafe('uninstall')],
  storedVersionAtRisk: [safe('reviewPlan')],
  existingObjectsInvalid: [safe('reviewPlan')],
  webhookRefused: [safe('showEvents')],
  quotaExceeded: [safe('showQuota')],
  rightMissing: [safe('showEvents')],
  requirementMissing: [safe('installDependency'), safe('showEvents')],
  deploymentUnavailable: [safe('showLog'), safe('showEvents')],
  upgradeNotAllowed: [safe('showEvents')],
  clusterServiceVersionMissing: [unsafe('reinstall')],
  operatorFailed: [safe('showLog'), safe('showEvents')],
};

// Seen on clusters with real OLM: rate limits of its controllers make most of it.
const usualSeconds: Record<Stage, number> = {
  resolving: 10,
  unpacking: 30,
  planning: 5,
  executing: 15,
  requirements: 15,
  deploying: 60,
  uninstalling: 30,
};

export function actionsFor(cause: Cause): readonly Action[] {
  // Without a newer plan, deleting this one leaves the Subscription waiting for it for ever.
  if (cause.id === 'planWithoutStatus' && !cause.newer) return [unsafe('reinstall')];
  // A missing ServiceAccount or an old Kubernetes is nothing that another operator brings.
  if (cause.id === 'requirementMissing' && cause.requirement !== 'crd' && cause.requirement !== 'api') {
    return [safe('showEvents')];
  }
  // Only a container that has run has written a log.
  if (
    cause.id === 'deploymentUnavailable' &&
    !['crash', 'outOfMemory', 'probe', 'notReady'].includes(cause.why)
  ) {
    return [safe('showEvents')];
  }
  return actions[cause.id];
}

/** How many seconds a stage takes where nothing is wrong. */
export function usualFor(cause: Cause): number | undefined {
  return cause.id === 'slow' ? usualSeconds[cause.stage] : undefined;
}

export function isOverdue(stage: Stage, since: string | undefined, now: number): boolean {
  const then = Date.parse(since ?? '');
  return !Number.isNaN(then) && now - then > usualSeconds[stage] * 3000;
}

function safe(id: Action['id']): Action {
  return { id, safe: true };
}

function unsafe(id: Action['id']): Action {
  return { id, safe: false };
}
