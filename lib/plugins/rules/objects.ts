import type { Condition, KubeObject } from '@/lib/kube/types';
import type { Json } from './json';

/** What the rules read of any object of a Kubernetes API. */
export type ApiObject = KubeObject;

export interface LabelRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelRequirement[];
}

/** Where a plugin may run. Clusters are matched by the labels of `clusters.platform.tkestack.io`. */
export interface Affinity {
  clusterAffinity?: LabelSelector;
  clusterAntiAffinity?: LabelSelector;
  pluginAntiAffinity?: string[];
}

export interface Dependency {
  moduleName: string;
  instanceName?: string;
  /** Any of these ranges will do; none means any version. */
  versionsMatch?: string[];
}

export interface BlockingResource {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

/** The spec that ModulePlugin and ModuleConfig share (cluster.alauda.io/v1alpha1). */
export interface ModuleSpec {
  name?: string;
  version?: string;
  description?: { en?: string; zh?: string };
  logo?: string;
  deleteable?: boolean;
  affinity?: Affinity;
  /** Default values of the form, or the form itself where it is a JSON Schema. */
  config?: unknown;
  deployDescriptors?: unknown;
  editDescriptors?: unknown;
  upgradeDescriptors?: unknown;
  /** How the platform's own form looks; `sizeSettings` offers sizes. */
  uiContext?: unknown;
  dependencies?: Dependency[];
  pluginDependencies?: { crossCluster?: { oneOf?: { clusterName: string; pluginName: string }[] } };
  upgradeBefore?: { moduleName: string }[];
  /** Semantic version range of the versions that may be upgraded to this one. */
  supportedUpgradeVersions?: string;
  /** Versions of the platform on which it may be installed; absent means all. */
  targetClusterVersions?: string[];
  mustUpgrade?: boolean;
  upgradeRiskLevel?: string;
  upgradeRiskDescription?: string;
  upgradeRiskDescriptionEn?: string;
  deleteRiskDescription?: string;
  deleteRiskDescriptionEn?: string;
  deleteBlockDescription?: string;
  deleteBlockDescriptionEn?: string;
  resourcesBlockRemove?: BlockingResource[];
  entrypointTemplate?: string;
}

export interface ModulePluginObject extends ApiObject {
  spec?: ModuleSpec;
  status?: {
    latestVersion?: string;
    installed?: { cluster?: string; name?: string; phase?: string; version?: string }[];
    moduleConfigs?: { name?: string; version?: string; readyForDeploy?: boolean }[];
  };
}

export interface ModuleConfigObject extends ApiObject {
  spec?: ModuleSpec;
  status?: { readyForDeploy?: boolean; targetClusterVersions?: string[] };
}

export interface AvailableVersion {
  version: string;
  riskLevel?: string;
  description?: string;
  descriptionEn?: string;
  dependencies?: Dependency[];
  upgradeBefore?: { moduleName: string }[];
}

export interface AppReleaseStatus {
  name: string;
  namespace?: string;
  ready?: boolean;
  synced?: boolean;
  failed?: boolean;
  reason?: string;
  message?: string;
  chartVersions?: { name: string; releaseName?: string; version?: string }[];
}

export interface ModuleInfoObject extends ApiObject {
  spec?: { version?: string; config?: Json; valuesOverride?: Json; entrypoint?: string };
  status?: {
    /** Free text: the platform publishes no list of phases. */
    phase?: string;
    version?: string;
    availableVersions?: AvailableVersion[];
    appReleases?: AppReleaseStatus[];
    blockReasons?: string[];
    conditions?: Condition[];
    removeIsPrevented?: boolean;
  };
}

/** A package that the platform knows of, uploaded or not (`ProductBase.status.artifacts`). */
export interface ProductArtifact {
  name?: string;
  packageType?: string;
  channels?: { displayName?: unknown; description?: unknown; brief?: unknown; artifactStatus?: string }[];
}

export interface ProductBaseObject extends ApiObject {
  status?: { artifacts?: ProductArtifact[] };
}

/** The platform on one cluster, by the cluster's name. */
export interface ClusterModuleObject extends ApiObject {
  spec?: { version?: string };
}

/** `clusters.platform.tkestack.io`, whose labels affinity is about. */
export interface PlatformClusterObject extends ApiObject {
  spec?: { displayName?: string };
}
