import type { ApiDescription, ClusterServiceVersion, StrategyDeployment } from '../api.ts';
import { withGoName } from '../catalog/manifests.ts';

type Spec = ClusterServiceVersion['spec'];

/**
 * A CSV's spec as it looks after OLM has read it into its types and written it again: fields that the CRD demands and
 * manifests like to leave out are there, empty.
 */
export function normaliseSpec(raw: Spec): Spec {
  const spec = withGoName(withoutNulls(raw) as Spec, 'minKubeVersion');
  const { customresourcedefinitions, apiservicedefinitions, install } = spec;
  return {
    ...spec,
    apiservicedefinitions: both(apiservicedefinitions ?? {}) ?? {},
    cleanup: spec.cleanup ?? { enabled: false },
    customresourcedefinitions: both(customresourcedefinitions ?? {}) ?? {},
    install: install?.spec
      ? {
          ...install,
          spec: { ...install.spec, deployments: (install.spec.deployments ?? []).map(deployment) },
        }
      : install,
  };
}

/** Go's types know no null: a field without value is a field that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((it) => it !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, it]) => it !== null)
      .map(([key, it]) => [key, withoutNulls(it)]),
  );
}

function both<T extends { owned?: ApiDescription[]; required?: ApiDescription[] }>(descriptions: T): T {
  const { owned, required } = descriptions;
  return {
    ...descriptions,
    ...(owned ? { owned: owned.map(description) } : {}),
    ...(required ? { required: required.map(description) } : {}),
  };
}

function description(described: ApiDescription): ApiDescription {
  const { resources, ...rest } = described as ApiDescription & { resources?: Record<string, unknown>[] };
  if (!Array.isArray(resources) || resources.length === 0) return rest as ApiDescription;
  const complete = resources.map((it) => ({ kind: '', name: '', version: '', ...it }));
  return { ...described, resources: complete } as ApiDescription;
}

function deployment(wanted: StrategyDeployment): StrategyDeployment {
  const { template } = wanted.spec;
  return {
    ...wanted,
    spec: {
      ...wanted.spec,
      strategy: wanted.spec.strategy ?? {},
      template: {
        ...template,
        spec: {
          ...template.spec,
          containers: (template.spec.containers ?? []).map((it) => ({
            ...it,
            resources: it.resources ?? {},
          })),
        },
      },
    },
  };
}
