import { isRecord, members, strings } from './json';
import type { Affinity, LabelRequirement, LabelSelector } from './objects';

/** One requirement of a plugin on the cluster that it goes to, in words that a page can order by language. */
export interface Requirement {
  /** `cluster`: the label has to fit; `not-cluster`: it must not fit together with the others; `not-plugin`: see `values`. */
  kind: 'cluster' | 'not-cluster' | 'not-plugin';
  key: string;
  operator: string;
  values: string[];
  /** In English, such as `label is-global is "true"`. */
  words: string;
}

export interface CheckedRequirement extends Requirement {
  /** `undefined` where the labels of the cluster are not known. */
  satisfied: boolean | undefined;
  /** What the cluster has instead. */
  actual?: string;
}

/** What is known of the cluster that a plugin would go to. */
export interface AffinityTarget {
  /** `undefined` when they could not be read. */
  labels: Readonly<Record<string, string>> | undefined;
  /** Names of the plugins that are installed on it. */
  plugins: readonly string[];
}

/** The requirements of an affinity, one per label or plugin. */
export function requirementsOf(affinity: Affinity | undefined): Requirement[] {
  if (!affinity) return [];
  const plugins = strings(affinity.pluginAntiAffinity);
  return [
    ...selectorRequirements(affinity.clusterAffinity).map((one) => worded('cluster', one)),
    ...selectorRequirements(affinity.clusterAntiAffinity).map((one) => worded('not-cluster', one)),
    ...(plugins.length > 0
      ? [worded('not-plugin', { key: 'plugin', operator: 'NotIn', values: plugins })]
      : []),
  ];
}

/**
 * Holds each requirement against a cluster. An anti-affinity refuses a cluster that fits its whole
 * selector, so each of its requirements is satisfied as soon as one of them does not fit.
 */
export function checkAffinity(affinity: Affinity | undefined, target: AffinityTarget): CheckedRequirement[] {
  const requirements = requirementsOf(affinity);
  const { labels } = target;
  const anti = requirements.filter(({ kind }) => kind === 'not-cluster');
  const refused = labels !== undefined && anti.every((requirement) => matches(requirement, labels));
  return requirements.map((requirement) => {
    if (requirement.kind === 'not-plugin') {
      const present = requirement.values.filter((plugin) => target.plugins.includes(plugin));
      return {
        ...requirement,
        satisfied: present.length === 0,
        ...(present.length > 0 ? { actual: present.join(', ') } : {}),
      };
    }
    if (!labels) return { ...requirement, satisfied: undefined };
    const actual = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
    const satisfied = requirement.kind === 'cluster' ? matches(requirement, labels) : !refused;
    return { ...requirement, satisfied, ...(actual === undefined ? {} : { actual }) };
  });
}

function selectorRequirements(selector: LabelSelector | undefined): LabelRequirement[] {
  if (!selector) return [];
  const labels = isRecord(selector.matchLabels) ? selector.matchLabels : {};
  return [
    ...Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [String(value)] })),
    ...members(selector.matchExpressions, (expression) => {
      if (!isRecord(expression) || typeof expression.key !== 'string') return undefined;
      return {
        key: expression.key,
        operator: String(expression.operator ?? ''),
        values: strings(expression.values),
      };
    }),
  ];
}

/** Operators of Kubernetes' node selectors; one that does not exist fits nothing. */
function matches({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
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
      return compareIntegers(value, values[0]) > 0;
    case 'Lt':
      return compareIntegers(value, values[0]) < 0;
    default:
      return false;
  }
}

/** NaN, which is neither greater nor less, unless both are whole numbers. */
function compareIntegers(left: string | undefined, right: string | undefined): number {
  const isInteger = (value: string | undefined) => value !== undefined && /^-?\d{1,15}$/.test(value);
  return isInteger(left) && isInteger(right) ? Number(left) - Number(right) : Number.NaN;
}

function worded(kind: Requirement['kind'], { key, operator, values = [] }: LabelRequirement): Requirement {
  const quoted = values.map((value) => `"${value}"`).join(', ');
  if (kind === 'not-plugin') {
    return { kind, key, operator, values, words: `none of the plugins ${quoted} is on the cluster` };
  }
  const sentence = {
    In: values.length === 1 ? `label ${key} is ${quoted}` : `label ${key} is one of ${quoted}`,
    NotIn: values.length === 1 ? `label ${key} is not ${quoted}` : `label ${key} is none of ${quoted}`,
    Exists: `label ${key} is present`,
    DoesNotExist: `label ${key} is absent`,
    Gt: `label ${key} is greater than ${quoted}`,
    Lt: `label ${key} is less than ${quoted}`,
  }[operator];
  const words = sentence ?? `label ${key} fits the unknown operator ${operator}`;
  return { kind, key, operator, values, words: kind === 'cluster' ? words : `not: ${words}` };
}
