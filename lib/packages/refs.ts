import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';

/** The namespace that the platform keeps uploads in, on every cluster. */
export const uploadNamespace = 'cpaas-system';

/** What was uploaded to a cluster, and on `global` everything that the platform knows. */
export const artifacts: ResourceRef = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' };
export const artifactVersions: ResourceRef = { ...artifacts, resource: 'artifactversions' };
export const charts: ResourceRef = { ...artifacts, version: 'v1beta1', resource: 'charts' };
export const productBases: ResourceRef = {
  group: 'product.alauda.io',
  version: 'v1alpha2',
  resource: 'productbases',
};
export const subscriptions: ResourceRef = {
  group: 'operators.coreos.com',
  version: 'v1alpha1',
  resource: 'subscriptions',
};
