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
export const pods: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
export const jobs: ResourceRef = { group: 'batch', version: 'v1', resource: 'jobs' };
export const deployments: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };
export const replicaSets: ResourceRef = { group: 'apps', version: 'v1', resource: 'replicasets' };
export const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
const rbac = (resource: string): ResourceRef => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource,
});
export const roles = rbac('roles');
export const clusterRoles = rbac('clusterroles');
