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
      for (const { name, version } of csv.spec.customresourcedefinitions?.owned ?? []) {
        for (const role of rolesFor(name, version)) {
          if (roles.get(role.metadata.name ?? '')) continue;
          try {
            await cluster.client.create(refs.clusterRoles, role, { fieldManager: 'olm' });
          } catch (error) {
            if (!hasReason(error, 'AlreadyExists')) throw error;
          }
        }
      }
    },
  });
}

function rolesFor(crd: string, version: string): KubeObject[] {
  const dot = crd.indexOf('.');
  const [resource, group] = [crd.slice(0, dot), crd.slice(dot + 1)];
  const apiRoles = Object.entries(verbs).map(([suffix, list]) =>
    role(`${crd}-${version}-${suffix}`, `rbac.authorization.k8s.io/aggregate-to-${suffix}`, {
      verbs: list,
      apiGroups: [group],
      resources: [resource],
    }),
  );
  const crdView = role(`${crd}-${version}-crdview`, 'rbac.authorization.k8s.io/aggregate-to-view', {
    verbs: ['get'],
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    resourceNames: [crd],
  });
  return [...apiRoles, crdView];
}

function role(name: string, aggregation: string, rule: PolicyRule): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'olm.managed': 'true', [aggregation]: 'true' } },
    rules: [rule],
  };
}
