'use client';

import type { AccessQuestion } from '@/lib/clusters/contract';
import type { Leftover, LeftoverKind, UninstallApi } from '@/lib/operators/uninstall-contract';
import { useAccess } from './use-access';

const olm = (verb: string, resource: string, namespace: string): AccessQuestion => ({
  verb,
  group: 'operators.coreos.com',
  resource,
  namespace,
});

/** Why the user can not uninstall in a namespace. */
export function useUninstallAccess(cluster: string, namespace: string | undefined) {
  return useAccess(
    cluster,
    namespace === undefined
      ? []
      : [olm('delete', 'subscriptions', namespace), olm('delete', 'clusterserviceversions', namespace)],
  );
}

/** Why the user can not change the Subscriptions of a namespace. */
export function useChangeAccess(cluster: string, namespace: string | undefined) {
  return useAccess(cluster, namespace === undefined ? [] : [olm('patch', 'subscriptions', namespace)]);
}

/** Why the user can not delete the instances that were found. */
export function useInstanceAccess(cluster: string, apis: readonly UninstallApi[]) {
  const questions = apis
    .filter(({ instances }) => instances.length > 0)
    .map(({ group, resource, namespaces }): AccessQuestion => {
      const [only] = namespaces ?? [];
      return {
        verb: 'delete',
        group,
        resource,
        ...(only && namespaces?.length === 1 ? { namespace: only } : {}),
      };
    });
  // One access review answers at most fifty questions.
  return useAccess(cluster, questions.slice(0, 50));
}

const resources: Record<LeftoverKind, { group: string; resource: string }> = {
  CustomResourceDefinition: { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' },
  ValidatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    resource: 'validatingwebhookconfigurations',
  },
  MutatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    resource: 'mutatingwebhookconfigurations',
  },
  InstallPlan: { group: 'operators.coreos.com', resource: 'installplans' },
  OperatorGroup: { group: 'operators.coreos.com', resource: 'operatorgroups' },
  Namespace: { group: '', resource: 'namespaces' },
};

/** Why the user can not delete leftovers, by kind. */
export function useLeftoverAccess(
  cluster: string,
  namespace: string,
  leftovers: readonly Leftover[],
): Partial<Record<LeftoverKind, string>> {
  const kinds = new Set(leftovers.map(({ kind }) => kind));
  const ask = (kind: LeftoverKind): AccessQuestion[] => {
    if (!kinds.has(kind)) return [];
    const within = kind === 'InstallPlan' || kind === 'OperatorGroup' || kind === 'Namespace';
    return [{ verb: 'delete', ...resources[kind], ...(within ? { namespace } : {}) }];
  };
  return {
    CustomResourceDefinition: useAccess(cluster, ask('CustomResourceDefinition')).reason,
    ValidatingWebhookConfiguration: useAccess(cluster, ask('ValidatingWebhookConfiguration')).reason,
    MutatingWebhookConfiguration: useAccess(cluster, ask('MutatingWebhookConfiguration')).reason,
    InstallPlan: useAccess(cluster, ask('InstallPlan')).reason,
    OperatorGroup: useAccess(cluster, ask('OperatorGroup')).reason,
    Namespace: useAccess(cluster, ask('Namespace')).reason,
  };
}
