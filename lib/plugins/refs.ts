import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';

const modules = (resource: string): ResourceRef => ({
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  resource,
});

export const modulePlugins = modules('moduleplugins');
export const moduleConfigs = modules('moduleconfigs');
export const moduleInfos = modules('moduleinfoes');
export const clusterModules = modules('clustermodules');
export const platformClusters: ResourceRef = {
  group: 'platform.tkestack.io',
  version: 'v1',
  resource: 'clusters',
};
