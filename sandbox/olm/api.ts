import type { KubeObject, ObjectMeta } from '../client/types.ts';

export const olmVersion = 'operators.coreos.com/v1alpha1';

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
}

export interface CatalogHealth {
  catalogSourceRef: Record<string, string>;
  healthy: boolean;
  lastUpdated: string;
}

export interface SubscriptionStatus {
  catalogHealth?: CatalogHealth[];
  conditions?: Condition[];
  currentCSV?: string;
  installPlanGeneration?: number;
  installPlanRef?: Record<string, string>;
  installedCSV?: string;
  installplan?: { apiVersion: string; kind: string; name: string; uuid: string };
  lastUpdated: string;
  state?: 'UpgradeAvailable' | 'UpgradePending' | 'AtLatestKnown' | 'UpgradeFailed';
}

export interface Subscription extends KubeObject {
  spec: {
    name: string;
    source: string;
    sourceNamespace: string;
    channel?: string;
    startingCSV?: string;
    installPlanApproval?: 'Automatic' | 'Manual';
    config?: DeploymentConfig;
  };
  status?: SubscriptionStatus;
}

/** `Subscription.spec.config`: what the subscriber changes in the operator's pods. */
export interface DeploymentConfig {
  env?: { name: string; value?: string }[];
  envFrom?: unknown[];
  nodeSelector?: Record<string, string>;
  tolerations?: unknown[];
  resources?: unknown;
  volumes?: { name: string }[];
  volumeMounts?: unknown[];
  affinity?: unknown;
  annotations?: Record<string, string>;
}

export interface StepResource {
  group: string;
  kind: string;
  name: string;
  version: string;
  sourceName: string;
  sourceNamespace: string;
  manifest?: string;
}

export type StepStatus = 'Unknown' | 'NotPresent' | 'Present' | 'Created' | 'WaitingForApi' | 'NotCreated';

export interface Step {
  resolving: string;
  resource: StepResource;
  status: StepStatus;
}

export interface BundleLookup {
  identifier: string;
  path: string;
  replaces: string;
  properties?: string;
  catalogSourceRef: { name: string; namespace: string };
  conditions?: Condition[];
}

export interface InstallPlan extends KubeObject {
  spec: {
    approval: 'Automatic' | 'Manual';
    approved: boolean;
    clusterServiceVersionNames: string[];
    generation?: number;
  };
  status?: {
    phase: 'Planning' | 'RequiresApproval' | 'Installing' | 'Complete' | 'Failed';
    catalogSources: string[];
    conditions?: Condition[];
    plan?: Step[];
    bundleLookups?: BundleLookup[];
    startTime?: string;
    message?: string;
  };
}

export interface CatalogSource extends KubeObject {
  spec: {
    sourceType: string;
    address?: string;
    image?: string;
    displayName?: string;
    publisher?: string;
    priority?: number;
  };
  status?: {
    connectionState?: { address?: string; lastConnect?: string; lastObservedState: string };
    registryService?: Record<string, string>;
  };
}

export interface OperatorGroup extends KubeObject {
  spec?: { targetNamespaces?: string[]; selector?: LabelSelector; upgradeStrategy?: string };
  status?: { namespaces?: string[]; lastUpdated: string; conditions?: Condition[] };
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface PolicyRule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Permission {
  serviceAccountName: string;
  rules: PolicyRule[];
}

export interface ApiDescription {
  name: string;
  version: string;
  kind: string;
  displayName?: string;
  description?: string;
}

export interface PodTemplate {
  metadata?: ObjectMeta;
  spec: {
    containers: { name: string; image: string; env?: { name: string }[]; [key: string]: unknown }[];
    initContainers?: { name: string; image: string; [key: string]: unknown }[];
    serviceAccountName?: string;
    [key: string]: unknown;
  };
}

export interface StrategyDeployment {
  name: string;
  label?: Record<string, string>;
  spec: { replicas?: number; template: PodTemplate; [key: string]: unknown };
}

export interface InstallStrategy {
  deployments: StrategyDeployment[];
  permissions?: Permission[];
  clusterPermissions?: Permission[];
}

export interface RequirementStatus {
  group: string;
  version: string;
  kind: string;
  name: string;
  status: string;
  message: string;
  uuid?: string;
  dependents?: { group: string; version: string; kind: string; status: string; message?: string }[];
}

export type CsvPhase =
  | ''
  | 'Pending'
  | 'InstallReady'
  | 'Installing'
  | 'Succeeded'
  | 'Failed'
  | 'Replacing'
  | 'Deleting';

export interface CsvCondition {
  phase: CsvPhase;
  reason: string;
  message: string;
  lastUpdateTime: string;
  lastTransitionTime: string;
}

export interface ClusterServiceVersion extends KubeObject {
  spec: {
    displayName: string;
    version?: string;
    replaces?: string;
    skips?: string[];
    minKubeVersion?: string;
    install: { strategy: string; spec?: InstallStrategy };
    installModes?: { type: string; supported: boolean }[];
    customresourcedefinitions?: { owned?: ApiDescription[]; required?: ApiDescription[] };
    apiservicedefinitions?: {
      owned?: (ApiDescription & { group: string; deploymentName?: string })[];
      required?: (ApiDescription & { group: string })[];
    };
    nativeAPIs?: { group: string; version: string; kind: string }[];
    [key: string]: unknown;
  };
  status?: {
    phase?: CsvPhase;
    reason?: string;
    message?: string;
    lastUpdateTime?: string;
    lastTransitionTime?: string;
    conditions?: CsvCondition[];
    requirementStatus?: RequirementStatus[];
    cleanup?: Record<string, unknown>;
  };
}

export const copiedFromLabel = 'olm.copiedFrom';

/** A copy that OLM made of a CSV so that users of a watched namespace see the operator. */
export function isCopied(csv: ClusterServiceVersion): boolean {
  return csv.metadata.labels?.[copiedFromLabel] !== undefined;
}
