import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject, stringAt } from '../json.ts';
import type { GroupResource } from '../status.ts';
import { type Amounts, qosClass } from './pod-resources.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';

/** `spec.hard`, `status.hard` or `status.used` of a ResourceQuota. */
export function amountsAt(quota: KubeObject, ...path: string[]): Amounts {
  const amounts: Amounts = new Map();
  const values = at(quota, ...path);
  for (const [name, value] of Object.entries(isObject(values) ? values : {})) {
    const quantity = parseQuantity(value);
    if (quantity) amounts.set(name, quantity);
  }
  return amounts;
}

/** Whether a quota counts an object: those with scopes count only pods that are in all of them. */
export function isInScope(
  quota: KubeObject,
  { group, resource }: GroupResource,
  object: KubeObject,
): boolean {
  const scopes = arrayAt(quota, 'spec', 'scopes').map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const wanted = [...scopes, ...arrayAt(quota, 'spec', 'scopeSelector', 'matchExpressions')];
  if (wanted.length === 0) return true;
  return group === '' && resource === 'pods' && wanted.every((scope) => matchesScope(scope, object));
}

function matchesScope(scope: unknown, pod: KubeObject): boolean {
  const ends = typeof at(pod, 'spec', 'activeDeadlineSeconds') === 'number';
  switch (stringAt(scope, 'scopeName')) {
    case 'Terminating':
      return ends;
    case 'NotTerminating':
      return !ends;
    case 'BestEffort':
      return qosClass(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(pod) !== 'BestEffort';
    case 'PriorityClass':
      return matchesValue(scope, stringAt(pod, 'spec', 'priorityClassName'));
    default:
      return false;
  }
}

function matchesValue(scope: unknown, value: string | undefined): boolean {
  const values = arrayAt(scope, 'values');
  switch (stringAt(scope, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'DoesNotExist':
      return value === undefined;
    default:
      return value !== undefined;
  }
}

/** Amounts as JSON, in the order of their names. */
export function written(amounts: Amounts): Record<string, string> {
  return Object.fromEntries(
    [...amounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, quantity]) => [name, formatQuantity(quantity)]),
  );
}
