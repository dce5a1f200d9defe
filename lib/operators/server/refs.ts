import 'server-only';
import type { ResourceRef } from '@/lib/kube/types';

const olm = (resource: string, version = 'v1alpha1'): ResourceRef => ({
  group: 'operators.coreos.com',
  version,
  resource,
});

export const packageManifests: ResourceRef = {
  group: 'packages.operators.coreos.com',
  version: 'v1',
  resource: 'packagemanifests',
};
export const subscriptions = olm('subscriptions');
export const installPlans = olm('installplans');
export const clusterServiceVersions = olm('clusterserviceversions');
export const catalogSources = olm('catalogsources');
export const operatorGroups = olm('operatorgroups', 'v1');
export const namespaces: ResourceRef = { group: '', version: 'v1', resource: 'namespaces' };
export const events: ResourceRef = { group: '', version: 'v1', resource: 'events' };

/** The platform's own: what was uploaded to this cluster, and on `global` everything that it knows. */
export const artifacts: ResourceRef = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' };
export const artifactVersions: ResourceRef = { ...artifacts, resource: 'artifactversions' };
export const productBases: ResourceRef = {
  group: 'product.alauda.io',
  version: 'v1alpha2',
  resource: 'productbases',
};
export const pods: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
export const jobs: ResourceRef = { group: 'batch', version: 'v1', resource: 'jobs' };
export const deployments: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };
export const replicaSets: ResourceRef = { group: 'apps', version: 'v1', resource: 'replicasets' };
export const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
export const customResourceDefinitions: ResourceRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};
const admission = (resource: string): ResourceRef => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource,
});
export const validatingWebhooks = admission('validatingwebhookconfigurations');
export const mutatingWebhooks = admission('mutatingwebhookconfigurations');
