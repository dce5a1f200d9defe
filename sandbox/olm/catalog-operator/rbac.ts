import type { KubeObject, OwnerReference } from '../../client/types.ts';
import type { ClusterServiceVersion, Permission } from '../api.ts';
import { olmVersion } from '../api.ts';
import { hashOf, nameWithHash } from '../text.ts';

const rbacVersion = 'rbac.authorization.k8s.io/v1';

/** The ServiceAccounts, Roles, bindings, ClusterRoles and their bindings that a CSV's permissions ask for. */
export function rbacOf(csv: ClusterServiceVersion, namespace: string): KubeObject[] {
  const { permissions = [], clusterPermissions = [] } = csv.spec.install.spec ?? {};
  const name = csv.metadata.name ?? '';
  const accounts = [
    ...new Set([...permissions, ...clusterPermissions].map(({ serviceAccountName }) => serviceAccountName)),
  ];
  const objects: KubeObject[] = [];
  for (const account of accounts) {
    const mine = ({ serviceAccountName }: Permission) => serviceAccountName === account;
    // Every namespace has a ServiceAccount `default`; OLM does not make that one.
    if (account !== 'default') objects.push(serviceAccount(account, namespace, csv));
    const roles = permissions.filter(mine).map((permission) => {
      // The Role's name begins with the account's too, the ClusterRole's only with the CSV's.
      const generated = nameWithHash(`${name}-${account}`, [permission, namespace, 'Role']);
      return pair('Role', generated, permission, namespace, csv);
    });
    const clusterRoles = clusterPermissions.filter(mine).map((permission) => {
      const generated = nameWithHash(name, [permission, namespace, 'ClusterRole']);
      return pair('ClusterRole', generated, permission, namespace, csv);
    });
    objects.push(...roles.map(([role]) => role), ...roles.map(([, binding]) => binding));
    objects.push(...clusterRoles.map(([role]) => role), ...clusterRoles.map(([, binding]) => binding));
  }
  return objects;
}

/** The labels by which OLM finds what belongs to a CSV where owner references can't say it (cluster scope). */
export function ownerLabels(csv: ClusterServiceVersion, namespace: string): Record<string, string> {
  return {
    'olm.owner': csv.metadata.name ?? '',
    'olm.owner.kind': 'ClusterServiceVersion',
    'olm.owner.namespace': namespace,
  };
}

export function ownerReference(csv: ClusterServiceVersion): OwnerReference {
  return {
    apiVersion: olmVersion,
    kind: 'ClusterServiceVersion',
    name: csv.metadata.name ?? '',
    uid: csv.metadata.uid ?? '',
    controller: false,
    blockOwnerDeletion: false,
  };
}

function serviceAccount(name: string, namespace: string, csv: ClusterServiceVersion): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace,
      ownerReferences: [ownerReference(csv)],
    },
  };
}

function pair(
  kind: 'Role' | 'ClusterRole',
  name: string,
  permission: Permission,
  namespace: string,
  csv: ClusterServiceVersion,
): [KubeObject, KubeObject] {
  const namespaced = kind === 'Role';
  const metadata = (hashed: unknown) => ({
    name,
    ...(namespaced ? { namespace, ownerReferences: [ownerReference(csv)] } : {}),
    labels: {
      ...ownerLabels(csv, namespace),
      'olm.permissions.hash': hashOf(hashed),
    },
  });
  const subjects = [{ kind: 'ServiceAccount', name: permission.serviceAccountName, namespace }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name };
  return [
    { apiVersion: rbacVersion, kind, metadata: metadata(permission.rules), rules: permission.rules },
    {
      apiVersion: rbacVersion,
      kind: `${kind}Binding`,
      // OLM writes the namespace into ClusterRoleBindings too.
      metadata: { ...metadata([subjects, roleRef]), namespace },
      subjects,
      roleRef,
    },
  ];
}
