import type { KubeClient } from '../client/kube-client.ts';
import { createIfAbsent } from './install-crds.ts';
import { refs } from './refs.ts';

const group = 'operators.coreos.com';
const aggregateTo = (roles: string[]) =>
  Object.fromEntries(roles.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']));

/**
 * The ClusterRoles with which OLM widens Kubernetes' `admin`, `edit` and `view`: editors may subscribe and delete, but
 * nobody of these three may approve an InstallPlan.
 */
export async function installDefaultRoles(client: KubeClient): Promise<void> {
  const role = (name: string, labels: Record<string, string>, rules: unknown[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels },
    rules,
  });
  const removable = ['clusterserviceversions', 'catalogsources', 'installplans', 'subscriptions'];
  const edit = [
    { apiGroups: [group], resources: ['subscriptions'], verbs: ['create', 'update', 'patch', 'delete'] },
    { apiGroups: [group], resources: removable, verbs: ['delete'] },
  ];
  const packages = ['packagemanifests', 'packagemanifests/icon'];
  const read = ['get', 'list', 'watch'];
  const view = [
    { apiGroups: [group], resources: [...removable, 'operatorgroups'], verbs: read },
    { apiGroups: [`packages.${group}`], resources: packages, verbs: read },
  ];
  await createIfAbsent(
    client,
    refs.clusterRoles,
    role('aggregate-olm-edit', aggregateTo(['admin', 'edit']), edit),
  );
  await createIfAbsent(
    client,
    refs.clusterRoles,
    role('aggregate-olm-view', aggregateTo(['admin', 'edit', 'view']), view),
  );
}
