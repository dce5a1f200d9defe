import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject } from '../json.ts';
import { add, larger, parseQuantity, type Quantity } from './quantity.ts';

export type Amounts = Map<string, Quantity>;
type Field = 'requests' | 'limits';

/** What all containers of a pod ask for together; an init container runs alone before them. */
export function podResources(pod: KubeObject, field: Field): Amounts {
  const total: Amounts = new Map();
  for (const container of arrayAt(pod, 'spec', 'containers')) merge(total, resources(container, field), add);
  for (const container of arrayAt(pod, 'spec', 'initContainers'))
    merge(total, resources(container, field), larger);
  return total;
}

/** What one container asks for. */
export function resources(container: unknown, field: Field): Amounts {
  const amounts: Amounts = new Map();
  const values = at(container, 'resources', field);
  for (const [name, value] of Object.entries(isObject(values) ? values : {})) {
    const quantity = parseQuantity(value);
    if (quantity) amounts.set(name, quantity);
  }
  return amounts;
}

function merge(total: Amounts, more: Amounts, combine: (a: Quantity, b: Quantity) => Quantity): void {
  for (const [name, quantity] of more) {
    const known = total.get(name);
    total.set(name, known ? combine(known, quantity) : quantity);
  }
}

/** `status.qosClass`: every container with equal requests and limits is `Guaranteed`, none with any is `BestEffort`. */
export function qosClass(pod: KubeObject): string {
  const containers = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')];
  const amounts = (container: unknown, field: Field) =>
    ['cpu', 'memory'].map((name) => resources(container, field).get(name)?.nanos ?? 0n);
  const asked = containers.map((container) => ({
    requests: amounts(container, 'requests'),
    limits: amounts(container, 'limits'),
  }));
  if (asked.every(({ requests, limits }) => [...requests, ...limits].every((nanos) => nanos === 0n)))
    return 'BestEffort';
  const isGuaranteed = asked.every(({ requests, limits }) =>
    limits.every((limit, index) => limit > 0n && limit === requests[index]),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
