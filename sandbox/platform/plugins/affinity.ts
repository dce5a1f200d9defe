import type { ClusterSelector, PluginAffinity } from './api.ts';

type Labels = Record<string, string>;
type Expression = NonNullable<ClusterSelector['matchExpressions']>[number];

/**
 * Why a plugin may not go to a cluster with these labels, one sentence per requirement that fails; empty when it may.
 * `neighbours` are the plugins installed on that cluster, without the plugin itself.
 */
export function affinityFailures(
  affinity: PluginAffinity | undefined,
  cluster: { name: string; labels: Labels },
  neighbours: Iterable<string> = [],
): string[] {
  const failures = failedRequirements(affinity?.clusterAffinity, cluster.labels).map(
    (requirement) => `cluster ${cluster.name} does not match the cluster affinity: ${requirement}`,
  );
  const anti = affinity?.clusterAntiAffinity;
  if (anti && !isEmpty(anti) && failedRequirements(anti, cluster.labels).length === 0) {
    failures.push(`cluster ${cluster.name} matches the cluster anti-affinity: ${inWords(anti).join(', ')}`);
  }
  const excluded = new Set(affinity?.pluginAntiAffinity ?? []);
  for (const neighbour of neighbours) {
    if (excluded.has(neighbour)) {
      failures.push(
        `plugin ${neighbour} on cluster ${cluster.name} excludes this plugin (plugin anti-affinity)`,
      );
    }
  }
  return failures;
}

function isEmpty(selector: ClusterSelector): boolean {
  return inWords(selector).length === 0;
}

function failedRequirements(selector: ClusterSelector | undefined, labels: Labels): string[] {
  if (!selector) return [];
  const byLabel = Object.entries(selector.matchLabels ?? {})
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) => `${key}=${value}`);
  const byExpression = (selector.matchExpressions ?? []).filter((it) => !matches(it, labels)).map(words);
  return [...byLabel, ...byExpression];
}

/** One expression against labels, by the rules of Kubernetes' node selectors: an absent key satisfies NotIn. */
function matches({ key, operator, values = [] }: Expression, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return compared(value, values) > 0;
    case 'Lt':
      return compared(value, values) < 0;
    default:
      return false;
  }
}

/** `NaN`, so neither greater nor less, unless both are whole numbers. */
function compared(value: string | undefined, values: string[]): number {
  const wanted = values[0];
  if (
    value === undefined ||
    wanted === undefined ||
    !/^-?\d{1,15}$/.test(value) ||
    !/^-?\d{1,15}$/.test(wanted)
  ) {
    return Number.NaN;
  }
  return Number(value) - Number(wanted);
}

function inWords(selector: ClusterSelector): string[] {
  return [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(selector.matchExpressions ?? []).map(words),
  ];
}

function words({ key, operator, values }: Expression): string {
  return values && values.length > 0 ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`;
}
