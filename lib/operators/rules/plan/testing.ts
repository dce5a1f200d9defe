import type { InstallPlanObject } from '../objects';
import { installPlan } from '../testing';
import type { Json } from '../untrusted';

/** A small ClusterServiceVersion with one Deployment and these rights. */
export function bundleVersion(
  name: string,
  {
    clusterRules = [],
    rules = [],
    image = 'r.io/a/manager:1',
    replaces,
  }: { clusterRules?: unknown[]; rules?: unknown[]; image?: string; replaces?: string } = {},
): Json {
  const containers = [{ name: 'manager', image }];
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name, annotations: {} },
    spec: {
      version: name.replace(/^.*\.v/, ''),
      replaces,
      install: {
        spec: {
          clusterPermissions: [{ serviceAccountName: 'a', rules: clusterRules }],
          permissions: [{ serviceAccountName: 'a', rules }],
          deployments: [{ name: 'a', spec: { template: { spec: { containers } } } }],
        },
      },
    },
  };
}

export function rule(
  apiGroups: string[],
  resources: string[],
  verbs: string[],
  resourceNames?: string[],
): Json {
  return { apiGroups, resources, verbs, ...(resourceNames ? { resourceNames } : {}) };
}

export function crd(
  name: string,
  versions: { name: string; served?: boolean; storage?: boolean; schema?: unknown }[],
): Json {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      scope: 'Namespaced',
      names: { kind: 'Thing' },
      versions: versions.map(({ name: version, served = true, storage = false, schema }) => ({
        name: version,
        served,
        storage,
        schema: { openAPIV3Schema: schema ?? {} },
      })),
    },
  };
}

/** A step of `status.plan` that carries its object, or with `bundle` only refers to the ConfigMap `olm/<bundle>`. */
export function step(object: Json, { resolving = 'a.v1.0.0', status = 'Unknown', bundle = '' } = {}): Json {
  const [group, version] = String(object.apiVersion).includes('/')
    ? String(object.apiVersion).split('/')
    : ['', object.apiVersion];
  const reference = { kind: 'ConfigMap', name: bundle, namespace: 'olm', catalogSourceName: 'c' };
  return {
    resolving,
    status,
    resource: {
      group,
      version,
      kind: object.kind,
      name: (object.metadata as { name: string }).name,
      manifest: JSON.stringify(bundle ? reference : object),
    },
  };
}

export function planOf(
  steps: Json[],
  names = ['a.v1.0.0'],
  rest: Record<string, unknown> = {},
): InstallPlanObject {
  const plan = installPlan('p', { names });
  return { ...plan, status: { ...plan.status, ...{ plan: steps, ...rest } } };
}
