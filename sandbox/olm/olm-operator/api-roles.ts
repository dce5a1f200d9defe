import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import { isCopied, type PolicyRule } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

const verbs = {
  admin: ['*'],
  edit: ['create', 'update', 'patch', 'delete'],
  view: ['get', 'list', 'watch'],
};

/**
 * For every API that an operator owns: ClusterRoles that Kubernetes aggregates into `admin`, `edit` and `view`, so
 * that whoever may edit a namespace may use the operators' APIs in it.
 */
export function runApiRoles(olm: OlmContext): void {
  const { cluster, csvs } = olm;
  const roles = cluster.informers.of(refs.clusterRoles);
  const crds = cluster.informers.of(refs.crds);
  runController({
    name: 'api-roles',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(csvs, ({ object, previous }) =>
        isCopied(object) || object.status?.phase === previous?.status?.phase ? [] : [keyOf(object)],
      ),
    ],
    reconcile: async (key) => {
      const csv = csvs.get(key);
      // Only where the group has accepted the CSV.
      if (!csv?.metadata.annotations?.['olm.operatorGroup']) return;
      const owned = (csv.spec.customresourcedefinitions?.owned ?? []).filter(({ name }) => crds.get(name));
      const served = csv.spec.apiservicedefinitions?.owned ?? [];
      const wanted = [
        ...owned.flatMap(({ name, version }) => [...rolesFor(name, version), crdView(name, version)]),
        ...served.flatMap(({ name, group, version }) => rolesFor(`${name}.${group}`, version)),
      ];
      for (const role of wanted) {
        if (roles.get(role.metadata.name ?? '')) continue;
        try {
          await cluster.client.create(refs.clusterRoles, role, { fieldManager: 'olm' });
        } catch (error) {
          if (!hasReason(error, 'AlreadyExists')) throw error;
        }
      }
    },
  });
}

/** @param api the plural name of the resource with its group, which is what a CRD is called */
function rolesFor(api: string, version: string): KubeObject[] {
  const dot = api.indexOf('.');
  const [resource, group] = [api.slice(0, dot), api.slice(dot + 1)];
  return Object.entries(verbs).map(([suffix, list]) =>
    role(`${api}-${version}-${suffix}`, `rbac.authorization.k8s.io/aggregate-to-${suffix}`, {
      verbs: list,
      apiGroups: [group],
      resources: [resource],
    }),
  );
}

function crdView(crd: string, version: string): KubeObject {
  return role(`${crd}-${version}-crdview`, 'rbac.authorization.k8s.io/aggregate-to-view', {
    verbs: ['get'],
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    resourceNames: [crd],
  });
}

function role(name: string, aggregation: string, rule: PolicyRule): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'olm.managed': 'true', [aggregation]: 'true' } },
    rules: [rule],
  };
}
