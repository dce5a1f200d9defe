import type { todoKeys } from '../../diagnosis-contract';
import type { Cause, CauseId, PodTrouble, RequirementKind } from './cause';

type Todo = (typeof todoKeys)[number];

const pods: Record<PodTrouble, Todo> = {
  imagePull: 'imagePull',
  crash: 'crash',
  outOfMemory: 'memory',
  configuration: 'configuration',
  unschedulable: 'room',
  volume: 'volume',
  probe: 'crash',
  evicted: 'room',
  refused: 'refused',
  noPods: 'refused',
  notReady: 'crash',
};

const requirements: Record<RequirementKind, Todo> = {
  crd: 'requiredApi',
  unservedCrd: 'unservedDefinition',
  api: 'requiredApi',
  right: 'requiredRight',
  serviceAccount: 'requiredRight',
  groupServiceAccount: 'olmRight',
  kubernetesVersion: 'kubernetes',
  other: 'failed',
};

const others: Partial<Record<CauseId, Todo>> = {
  none: 'nothing',
  heldUpByPlan: 'otherPlan',
  heldUpBySubscription: 'otherSubscription',
  noOperatorGroup: 'createGroup',
  severalOperatorGroups: 'oneGroup',
  modeNotSupported: 'mode',
  servedFromElsewhere: 'servedElsewhere',
  apiConflict: 'servedElsewhere',
  apisFixed: 'fixedApis',
  packageNotFound: 'package',
  catalogMissing: 'package',
  channelNotFound: 'channel',
  versionNotFound: 'version',
  dependencyNotFound: 'dependency',
  orphanClusterServiceVersion: 'orphan',
  resolutionConflict: 'conflict',
  planMissing: 'subscribeAgain',
  planSuperseded: 'leftPlan',
  planOrphaned: 'leftPlan',
  planWithoutStatus: 'stalledPlan',
  planFailed: 'failedPlan',
  apiNotServed: 'apiGone',
  storedVersionAtRisk: 'storedVersion',
  existingObjectsInvalid: 'existingObjects',
  rightMissing: 'olmRight',
  upgradeNotAllowed: 'upgradeBlocked',
  clusterServiceVersionMissing: 'subscribeAgain',
};

/** Which sentence says what to do: `messages/` has one for each, as `diagnosis.todo.<key>`. */
export function todoOf(cause: Cause): Todo {
  switch (cause.id) {
    case 'slow':
      return cause.overdue ? 'overdue' : 'wait';
    case 'waitsForApproval':
      return cause.becauseOf ? 'approveTogether' : 'approve';
    case 'catalogDead':
      return cause.own ? 'catalog' : 'otherCatalog';
    case 'unpackFailed':
      // What keeps the pod has its own cure; without a word of it, it is the image.
      if (cause.why && cause.why !== 'imagePull') return pods[cause.why];
      return cause.retries ? 'unpackRetries' : 'unpack';
    case 'quotaExceeded':
      return cause.unspecified ? 'quotaUnspecified' : 'quota';
    case 'webhookRefused':
      return cause.unreachable ? 'webhookDown' : 'webhook';
    case 'requirementMissing':
      return requirements[cause.requirement];
    case 'deploymentUnavailable':
      return pods[cause.why];
    default:
      return others[cause.id] ?? 'failed';
  }
}
