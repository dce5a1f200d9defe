import type { KubeObject, ResourceRef } from '../../client/types.ts';

const v1alpha1 = (resource: string): ResourceRef => ({
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  resource,
});

export const clusterApiVersion = 'cluster.alauda.io/v1alpha1';

/** What the plugin controllers read and write. */
export const refs = {
  modulePlugins: v1alpha1('moduleplugins'),
  moduleConfigs: v1alpha1('moduleconfigs'),
  moduleInfos: v1alpha1('moduleinfoes'),
  clusterModules: v1alpha1('clustermodules'),
  clusterPluginInstances: v1alpha1('clusterplugininstances'),
  clusters: { group: 'platform.tkestack.io', version: 'v1', resource: 'clusters' },
  appReleases: { group: 'operator.alauda.io', version: 'v1alpha1', resource: 'appreleases' },
  deployments: { group: 'apps', version: 'v1', resource: 'deployments' },
  namespaces: { group: '', version: 'v1', resource: 'namespaces' },
} satisfies Record<string, ResourceRef>;

export const labels = {
  cluster: 'cpaas.io/cluster-name',
  lifecycle: 'cpaas.io/lifecycle-type',
  module: 'cpaas.io/module-name',
  moduleCatalog: 'cpaas.io/module-catalog',
  moduleType: 'cpaas.io/module-type',
  moduleVersion: 'cpaas.io/module-version',
  product: 'cpaas.io/product',
} as const;

export const annotations = {
  builtIn: 'cpaas.io/built-in-plugin',
  displayName: 'cpaas.io/display-name',
  moduleName: 'cpaas.io/module-name',
  upgradedAt: 'cpaas.io/upgraded-at',
  upgradedEnd: 'cpaas.io/upgraded-end',
} as const;

export const finalizers = { moduleConfig: 'moduleconfig', moduleInfo: 'moduleinfo' } as const;

/** The namespace of the platform's own workloads, on every cluster. */
export const systemNamespace = 'cpaas-system';

export interface LocalizedText {
  en?: string;
  zh?: string;
}

export interface ClusterSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface PluginAffinity {
  clusterAffinity?: ClusterSelector;
  clusterAntiAffinity?: ClusterSelector;
  pluginAntiAffinity?: string[];
}

export interface ChartVersion {
  name: string;
  releaseName: string;
  version: string;
}

export interface ModuleDependency {
  moduleName: string;
  instanceName?: string;
  versionsMatch?: string[];
}

export interface ResourceReference {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

export interface Descriptor {
  path: string;
  displayName?: string;
  description?: string;
  'x-descriptors': string[];
}

/** The spec of a ModulePlugin and of a ModuleConfig: they are the same. */
export interface ModuleSpec {
  name: string;
  version?: string;
  description: LocalizedText;
  logo: string;
  deleteable: boolean;
  affinity?: PluginAffinity;
  appReleases?: {
    name: string;
    namespace?: string;
    installCondition?: string;
    chartVersions: ChartVersion[];
  }[];
  mainChart?: string;
  /** Another name for the chart's `scripts/plugin-config.yaml`. */
  cfgFilename?: string;
  config?: Record<string, unknown>;
  valuesTemplates?: Record<string, string>;
  deployDescriptors?: Descriptor[];
  editDescriptors?: Descriptor[];
  upgradeDescriptors?: Descriptor[];
  dependencies?: ModuleDependency[];
  pluginDependencies?: { crossCluster?: { oneOf?: { clusterName: string; pluginName: string }[] } };
  crossClusterDependencies?: string[];
  upgradeBefore?: { moduleName: string }[];
  supportedUpgradeVersions?: string;
  targetClusterVersions?: string[];
  upgradeRiskLevel?: string;
  upgradeRiskDescription?: string;
  upgradeRiskDescriptionEn?: string;
  resourcesBlockRemove?: ResourceReference[];
  entrypointTemplate?: string;
}

export interface ModulePlugin extends KubeObject {
  spec: ModuleSpec;
  status?: ModulePluginStatus;
}

export interface ModulePluginStatus {
  conditions?: unknown[];
  installed?: { cluster: string; name: string; phase: string; version: string }[];
  latestVersion?: string;
  moduleConfigs?: unknown[];
  specHash?: string;
  targetClusterVersions?: Record<string, { version: string }>;
}

export interface ModuleConfig extends KubeObject {
  spec: ModuleSpec;
  status?: { readyForDeploy?: boolean; targetClusterVersions?: string[] };
}

export interface ReleaseStatus {
  name: string;
  namespace?: string;
  ready: boolean;
  synced: boolean;
  failed: boolean;
  reason?: string;
  message?: string;
  lastProbeTime?: string;
  chartVersions?: ChartVersion[];
}

export interface ModuleCondition {
  type: string;
  status: string;
  reason: string;
  message: string;
  lastProbeTime?: string;
  lastTransitionTime?: string;
}

export interface AvailableVersion {
  version: string;
  riskLevel: string;
  description: string;
  descriptionEn?: string;
  dependencies?: ModuleDependency[];
  upgradeBefore?: { moduleName: string }[];
}

export interface ModuleInfoStatus {
  phase: string;
  /** The version that is there; empty until the first one runs. */
  version: string;
  appReleases?: ReleaseStatus[];
  availableVersions?: AvailableVersion[];
  blockReasons?: string[];
  conditions?: ModuleCondition[];
  removeIsPrevented?: boolean;
  specHash?: string;
  moduleconfigSpecHash?: string;
}

export interface ModuleInfo extends KubeObject {
  spec: {
    version: string;
    config?: Record<string, unknown>;
    valuesOverride?: Record<string, unknown>;
    entrypoint?: string;
  };
  status?: ModuleInfoStatus;
}

export interface AppRelease extends KubeObject {
  spec: {
    source?: { repoURL?: string; charts?: { name: string; releaseName: string; targetRevision: string }[] };
    destination?: { namespace?: string };
    values?: Record<string, unknown>;
  };
  status?: {
    /** The generation whose Deployments have been made. */
    observedGeneration?: number;
    charts?: Record<string, { installedRevision?: string; phase?: string; reason?: string }>;
    conditions?: {
      type: string;
      status: string;
      reason?: string;
      message?: string;
      lastTransitionTime?: string;
    }[];
  };
}

/** A cluster in the platform's registry of clusters (`clusters.platform.tkestack.io`). */
export interface PlatformCluster extends KubeObject {
  spec?: { displayName?: string; version?: string };
  status?: { phase?: string; version?: string };
}

export interface ClusterModule extends KubeObject {
  spec?: { version?: string };
}

/** `metadata.labels[key]`, or an empty string. */
export function labelOf(object: KubeObject, key: string): string {
  return object.metadata.labels?.[key] ?? '';
}
