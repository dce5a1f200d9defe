/** What an installation waits for, in the order in which it is usually met. */
export type Cause =
  /** It runs; conditions that OLM has left behind are not trouble. */
  | { id: 'none' }
  | { id: 'slow'; stage: Stage; overdue: boolean }
  | { id: 'waitsForApproval'; plan: string; upgrade: boolean; others: string[]; becauseOf?: string }
  | { id: 'heldUpByPlan'; plan: string; operators: string[]; phase: string }
  | { id: 'heldUpBySubscription'; subscription: string; cause: CauseId }
  | { id: 'noOperatorGroup' }
  | { id: 'severalOperatorGroups'; operatorGroups: string[] }
  | { id: 'modeNotSupported'; mode?: string; supported: string[]; operatorGroup?: string }
  | { id: 'servedFromElsewhere'; clusterServiceVersion: string; namespace: string }
  | { id: 'apiConflict'; operatorGroup?: string }
  | { id: 'apisFixed'; operatorGroup: string }
  | { id: 'packageNotFound'; package: string; catalog: string }
  | { id: 'channelNotFound'; package: string; channel: string; channels: string[] }
  | { id: 'versionNotFound'; package: string; channel: string; version: string; versions: string[] }
  /** Not there, or `elsewhere`: in a namespace whose catalogs OLM does not offer to this one. */
  | { id: 'catalogMissing'; catalog: string; catalogNamespace: string; elsewhere?: boolean }
  | {
      id: 'catalogDead';
      catalog: string;
      catalogNamespace: string;
      state?: string;
      calledHealthy: boolean;
      own: boolean;
    }
  | { id: 'dependencyNotFound'; operator: string; needs: string }
  | { id: 'orphanClusterServiceVersion'; clusterServiceVersion: string }
  | { id: 'resolutionConflict' }
  | { id: 'unpackFailed'; image?: string; reason?: string; why?: PodTrouble; retries: boolean }
  | { id: 'planMissing'; plan: string }
  | { id: 'planSuperseded'; plan: string; by: string }
  | { id: 'planOrphaned'; plan: string }
  | { id: 'planWithoutStatus'; plan: string; newer?: string }
  | { id: 'planFailed'; plan: string; operator?: string }
  | { id: 'apiNotServed'; api: string; kind: string }
  | { id: 'storedVersionAtRisk'; crd: string; version?: string }
  | { id: 'existingObjectsInvalid'; crd: string; object?: string }
  | { id: 'webhookRefused'; webhook: string; unreachable: boolean }
  | {
      id: 'quotaExceeded';
      quota: string;
      requested?: string;
      /** What the quota counts and the refused pod does not say how much it wants of. */
      unspecified?: string;
    }
  | { id: 'rightMissing'; who?: string; what?: string }
  | { id: 'requirementMissing'; requirement: RequirementKind; name: string; needs?: string; more: number }
  | {
      id: 'deploymentUnavailable';
      deployment: string;
      pod?: string;
      why: PodTrouble;
      image?: string;
      container?: string;
    }
  | { id: 'upgradeNotAllowed'; clusterServiceVersion: string }
  | { id: 'clusterServiceVersionMissing'; clusterServiceVersion: string }
  | { id: 'operatorFailed'; reason: string };

export type CauseId = Cause['id'];

/** Where an installation stands while nothing is wrong. */
export type Stage =
  | 'resolving'
  | 'unpacking'
  | 'planning'
  | 'executing'
  | 'requirements'
  | 'deploying'
  | 'uninstalling';

export type RequirementKind =
  | 'crd'
  /** It is there, and the API server does not serve what is needed of it. */
  | 'unservedCrd'
  | 'api'
  | 'right'
  | 'serviceAccount'
  /** With whose rights OLM works, as the OperatorGroup says. */
  | 'groupServiceAccount'
  | 'kubernetesVersion'
  | 'other';

/** Why the pods of a Deployment do not serve. */
export type PodTrouble =
  | 'imagePull'
  | 'crash'
  | 'outOfMemory'
  | 'configuration'
  | 'unschedulable'
  | 'volume'
  | 'probe'
  | 'evicted'
  | 'refused'
  | 'noPods'
  | 'notReady';

/** The object that says so, and the field in which it does. */
export interface Witness {
  kind: string;
  namespace: string;
  name: string;
  /** For instance `status.conditions[ResolutionFailed]`. */
  field?: string;
}

/** Why an installation is where it is. */
export interface Diagnosis {
  cause: Cause;
  /** RFC 3339; absent where nothing tells it. */
  since?: string;
  says: Witness;
  /** The cluster's own words, at most 1,000 characters: foreign text. */
  detail?: string;
  /** How long this usually takes, in seconds, where it ends by itself. */
  usual?: number;
}

/** Whether an installation runs, or is on its way in good time. */
export function isWell(cause: Cause): boolean {
  return cause.id === 'none' || (cause.id === 'slow' && !cause.overdue);
}
