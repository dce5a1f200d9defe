import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';
import {
  catalogSources,
  clusterServiceVersions,
  installPlans,
  namespaces,
  operatorGroups,
  subscriptions,
} from '@/lib/operators/server/refs';
import { artifactVersions } from '@/lib/packages/refs';
import { moduleConfigs, moduleInfos, modulePlugins } from '@/lib/plugins/refs';
import type { LiveKind } from '../contract';

/** A kind whose changes are told. */
export interface Watched {
  kind: LiveKind;
  ref: ResourceRef;
  namespaced: boolean;
}

/** On every cluster. */
export const ofCluster: readonly Watched[] = [
  { kind: 'Subscription', ref: subscriptions, namespaced: true },
  { kind: 'InstallPlan', ref: installPlans, namespaced: true },
  { kind: 'ClusterServiceVersion', ref: clusterServiceVersions, namespaced: true },
  { kind: 'CatalogSource', ref: catalogSources, namespaced: true },
  { kind: 'OperatorGroup', ref: operatorGroups, namespaced: true },
  { kind: 'ArtifactVersion', ref: artifactVersions, namespaced: true },
  { kind: 'Namespace', ref: namespaces, namespaced: false },
];

/** On the global cluster, whichever cluster they are about. */
export const ofPlatform: readonly Watched[] = [
  { kind: 'ModulePlugin', ref: modulePlugins, namespaced: false },
  { kind: 'ModuleConfig', ref: moduleConfigs, namespaced: false },
  { kind: 'ModuleInfo', ref: moduleInfos, namespaced: false },
];
