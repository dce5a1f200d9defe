import type { Component } from '../../features-contract';
import { componentKey } from './component';

type Ordered = Pick<Component, 'kind' | 'namespace' | 'name' | 'after'>;

/** Which chosen components come before which, by key. */
export function orderOf(chosen: readonly Ordered[]): Map<string, string[]> {
  return withoutCircles(
    new Map(
      chosen.map((component) => [
        componentKey(component),
        component.after.map((name) => componentKey({ kind: 'plugin', name })),
      ]),
    ),
  );
}

/** The chosen components as they are upgraded: each behind those that it waits for, otherwise as they were chosen. */
export function inOrder<T extends Ordered>(chosen: readonly T[]): T[] {
  const known = new Map(chosen.map((component) => [componentKey(component), component]));
  return [...orderOf(chosen).keys()].flatMap((key) => known.get(key) ?? []);
}

/**
 * Those who want to come after each other in a circle can't all have their way: the wish that would close the circle
 * is dropped, as is one for somebody who is not there. Linear in the number of wishes, whoever has written them.
 * @param wishes by key, the keys that come first
 * @returns the wishes that hold, in an order in which each key stands behind those that come first
 */
export function withoutCircles(wishes: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const order = new Map<string, string[]>();
  const open = new Set<string>();
  const visit = (key: string) => {
    if (order.has(key)) return;
    open.add(key);
    const kept: string[] = [];
    for (const other of wishes.get(key) ?? []) {
      if (!wishes.has(other) || open.has(other)) continue;
      visit(other);
      kept.push(other);
    }
    open.delete(key);
    order.set(key, kept);
  };
  for (const key of wishes.keys()) visit(key);
  return order;
}
