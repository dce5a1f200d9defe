import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';

/** The namespace that the platform keeps uploads in, on every cluster. */
export const uploadNamespace = 'cpaas-system';

export const artifacts: ResourceRef = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' };
export const artifactVersions: ResourceRef = { ...artifacts, resource: 'artifactversions' };
export const charts: ResourceRef = { group: 'app.alauda.io', version: 'v1beta1', resource: 'charts' };
export const subscriptions: ResourceRef = {
  group: 'operators.coreos.com',
  version: 'v1alpha1',
  resource: 'subscriptions',
};
export const productBases: ResourceRef = {
  group: 'product.alauda.io',
  version: 'v1alpha2',
  resource: 'productbases',
};
const modules = (resource: string): ResourceRef => ({
  group: 'cluster.alauda.io',
  version: 'v1alpha1',
  resource,
});
export const modulePlugins = modules('moduleplugins');
export const moduleConfigs = modules('moduleconfigs');
export const moduleInfos = modules('moduleinfoes');
