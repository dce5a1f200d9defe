import type { ResourceRef } from '../client/types.ts';

const v1alpha1 = (resource: string): ResourceRef => ({
  group: 'operators.coreos.com',
  version: 'v1alpha1',
  resource,
});

/** The resources that OLM's controllers read and write, by Kubernetes' plural names. */
export const refs = {
  subscriptions: v1alpha1('subscriptions'),
  installPlans: v1alpha1('installplans'),
  clusterServiceVersions: v1alpha1('clusterserviceversions'),
  catalogSources: v1alpha1('catalogsources'),
  operatorGroups: { group: 'operators.coreos.com', version: 'v1', resource: 'operatorgroups' },
  operators: { group: 'operators.coreos.com', version: 'v1', resource: 'operators' },
  olmConfigs: { group: 'operators.coreos.com', version: 'v1', resource: 'olmconfigs' },
  operatorConditions: { group: 'operators.coreos.com', version: 'v2', resource: 'operatorconditions' },
  crds: { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' },
  deployments: { group: 'apps', version: 'v1', resource: 'deployments' },
  jobs: { group: 'batch', version: 'v1', resource: 'jobs' },
  namespaces: { group: '', version: 'v1', resource: 'namespaces' },
  configMaps: { group: '', version: 'v1', resource: 'configmaps' },
  serviceAccounts: { group: '', version: 'v1', resource: 'serviceaccounts' },
  services: { group: '', version: 'v1', resource: 'services' },
  events: { group: '', version: 'v1', resource: 'events' },
  roles: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'roles' },
  roleBindings: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings' },
  clusterRoles: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' },
  clusterRoleBindings: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'clusterrolebindings',
  },
} satisfies Record<string, ResourceRef>;
