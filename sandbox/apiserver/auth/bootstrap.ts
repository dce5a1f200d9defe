import type { KubeObject } from '../../client/types.ts';
import type { Rule } from './rbac.ts';
import { rbacGroup } from './rbac.ts';

const apiVersion = `${rbacGroup}/v1`;
const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };

const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const rule = (verbs: string[], group: string | string[], ...resources: string[]): Rule => ({
  verbs,
  apiGroups: Array.isArray(group) ? group : [group],
  resources,
});

const workloads = [
  'daemonsets',
  'deployments',
  'deployments/scale',
  'replicasets',
  'replicasets/scale',
  'statefulsets',
  'statefulsets/scale',
];
const legacyWorkloads = [
  'daemonsets',
  'deployments',
  'deployments/scale',
  'ingresses',
  'networkpolicies',
  'replicasets',
  'replicasets/scale',
  'replicationcontrollers/scale',
];

const viewRules: Rule[] = [
  rule(
    read,
    '',
    'configmaps',
    'endpoints',
    'persistentvolumeclaims',
    'persistentvolumeclaims/status',
    'pods',
    'replicationcontrollers',
    'replicationcontrollers/scale',
    'serviceaccounts',
    'services',
    'services/status',
  ),
  rule(
    read,
    '',
    'bindings',
    'limitranges',
    'namespaces/status',
    'pods/log',
    'pods/status',
    'replicationcontrollers/status',
    'resourcequotas',
    'resourcequotas/status',
  ),
  rule(read, '', 'namespaces'),
  rule(read, ['', 'events.k8s.io'], 'events'),
  rule(read, 'discovery.k8s.io', 'endpointslices'),
  rule(
    read,
    'apps',
    'controllerrevisions',
    'daemonsets',
    'daemonsets/status',
    'deployments',
    'deployments/scale',
    'deployments/status',
    'replicasets',
    'replicasets/scale',
    'replicasets/status',
    'statefulsets',
    'statefulsets/scale',
    'statefulsets/status',
  ),
  rule(read, 'autoscaling', 'horizontalpodautoscalers', 'horizontalpodautoscalers/status'),
  rule(read, 'batch', 'cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'),
  rule(
    read,
    'extensions',
    'daemonsets',
    'daemonsets/status',
    'deployments',
    'deployments/scale',
    'deployments/status',
    'ingresses',
    'ingresses/status',
    'networkpolicies',
    'replicasets',
    'replicasets/scale',
    'replicasets/status',
    'replicationcontrollers/scale',
  ),
  rule(read, 'policy', 'poddisruptionbudgets', 'poddisruptionbudgets/status'),
  rule(read, 'networking.k8s.io', 'ingresses', 'ingresses/status', 'networkpolicies'),
  rule(read, 'resource.k8s.io', 'resourceclaims', 'resourceclaims/status', 'resourceclaimtemplates'),
];

const editRules: Rule[] = [
  rule(read, '', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'),
  rule(['impersonate'], '', 'serviceaccounts'),
  rule(write, '', 'pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'),
  rule(['create'], '', 'pods/eviction'),
  rule(
    write,
    '',
    'configmaps',
    'persistentvolumeclaims',
    'replicationcontrollers',
    'replicationcontrollers/scale',
    'secrets',
    'serviceaccounts',
    'services',
    'services/proxy',
  ),
  rule(['create'], '', 'serviceaccounts/token'),
  rule(write, ['', 'events.k8s.io'], 'events'),
  rule(write, 'apps', 'daemonsets', 'deployments', 'deployments/rollback', ...workloads.slice(2)),
  rule(write, 'autoscaling', 'horizontalpodautoscalers'),
  rule(write, 'batch', 'cronjobs', 'jobs'),
  rule(write, 'extensions', 'daemonsets', 'deployments', 'deployments/rollback', ...legacyWorkloads.slice(2)),
  rule(write, 'policy', 'poddisruptionbudgets'),
  rule(write, 'networking.k8s.io', 'ingresses', 'networkpolicies'),
  rule([...write.slice(0, 3), 'get', 'list', 'patch', 'update', 'watch'], 'coordination.k8s.io', 'leases'),
  rule(write, 'resource.k8s.io', 'resourceclaims', 'resourceclaimtemplates'),
];

const adminRules: Rule[] = [
  rule(['create'], 'authorization.k8s.io', 'localsubjectaccessreviews'),
  rule([...write.slice(0, 3), 'get', 'list', 'patch', 'update', 'watch'], rbacGroup, 'rolebindings', 'roles'),
];

const aggregateTo = (role: string) => ({ [`rbac.authorization.k8s.io/aggregate-to-${role}`]: 'true' });

function clusterRole(
  name: string,
  rules: Rule[],
  extra: { labels?: Record<string, string>; from?: string } = {},
): KubeObject {
  return {
    apiVersion,
    kind: 'ClusterRole',
    metadata: { name, labels: { ...labels, ...extra.labels }, annotations },
    ...(extra.from
      ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo(extra.from) }] } }
      : {}),
    rules,
  };
}

function binding(name: string, ...groups: string[]): KubeObject {
  return {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name, labels, annotations },
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name },
    subjects: groups.map((group) => ({ kind: 'Group', apiGroup: rbacGroup, name: group })),
  };
}

const health = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discovery = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
  '/version/',
];

/** The roles and bindings that every Kubernetes cluster starts with (`plugin/pkg/auth/authorizer/rbac/bootstrappolicy`). */
export function bootstrapObjects(): { clusterRoles: KubeObject[]; clusterRoleBindings: KubeObject[] } {
  return {
    clusterRoles: [
      clusterRole('cluster-admin', [rule(['*'], '*', '*'), { verbs: ['*'], nonResourceURLs: ['*'] }]),
      clusterRole('system:discovery', [{ verbs: ['get'], nonResourceURLs: discovery }]),
      clusterRole('system:public-info-viewer', [{ verbs: ['get'], nonResourceURLs: health }]),
      clusterRole('system:service-account-issuer-discovery', [
        { verbs: ['get'], nonResourceURLs: ['/.well-known', '/.well-known/*'] },
      ]),
      clusterRole('system:basic-user', [
        rule(['create'], 'authorization.k8s.io', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'),
        rule(['create'], 'authentication.k8s.io', 'selfsubjectreviews'),
      ]),
      clusterRole('admin', [...adminRules, ...editRules, ...viewRules], { from: 'admin' }),
      clusterRole('edit', [...editRules, ...viewRules], { from: 'edit', labels: aggregateTo('admin') }),
      clusterRole('view', viewRules, { from: 'view', labels: aggregateTo('edit') }),
      clusterRole('system:aggregate-to-admin', adminRules, { labels: aggregateTo('admin') }),
      clusterRole('system:aggregate-to-edit', editRules, { labels: aggregateTo('edit') }),
      clusterRole('system:aggregate-to-view', viewRules, { labels: aggregateTo('view') }),
    ],
    clusterRoleBindings: [
      binding('cluster-admin', 'system:masters'),
      binding('system:basic-user', 'system:authenticated'),
      binding('system:discovery', 'system:authenticated'),
      binding('system:public-info-viewer', 'system:authenticated', 'system:unauthenticated'),
      binding('system:service-account-issuer-discovery', 'system:authenticated', 'system:serviceaccounts'),
    ],
  };
}
