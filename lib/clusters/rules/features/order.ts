import type { Component } from '../../features-contract';
import { componentKey } from './component';

/**
 * Which chosen components come before which, by key. Plugins that want to come before each other in a circle can't all
 * have their way: the wish that would close the circle is dropped.
 */
export function orderOf(
  chosen: readonly Pick<Component, 'kind' | 'namespace' | 'name' | 'after'>[],
): Map<string, string[]> {
  const keys = new Set(chosen.map(componentKey));
  const order = new Map<string, string[]>();
  for (const component of chosen) {
    const key = componentKey(component);
    const wanted = component.after
      .map((name) => componentKey({ kind: 'plugin', name }))
      .filter((other) => keys.has(other) && !reaches(order, other, key));
    order.set(key, wanted);
  }
  return order;
}

/** Whether `from` already waits, over any number of steps, for `target`. */
function reaches(order: ReadonlyMap<string, readonly string[]>, from: string, target: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === target) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(order.get(key) ?? []));
  }
  return false;
}
