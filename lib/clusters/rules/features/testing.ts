import type { Component, Step } from '../../features-contract';

/** An Alauda operator in namespace `demo` whose upgrade from 1.0.0 to 1.1.0 waits, unless told otherwise. */
export function component(name: string, changes: Partial<Component> = {}): Component {
  return {
    kind: 'operator',
    namespace: changes.kind === 'plugin' ? undefined : 'demo',
    name,
    displayName: { en: name, zh: name },
    from: '1.0.0',
    to: '1.1.0',
    selectable: true,
    status: 'Upgrade available',
    origin: 'Alauda',
    plan: { name: `install-${name}`, uid: `uid-of-${name}`, clusterServiceVersionNames: [`${name}.v1.1.0`] },
    sharedWith: [],
    after: [],
    needs: [],
    blockReasons: [],
    ...changes,
  };
}

export function plugin(name: string, changes: Partial<Component> = {}): Component {
  return component(name, {
    kind: 'plugin',
    plan: undefined,
    status: 'Running',
    origin: 'Agnostic',
    ...changes,
  });
}

export function step(name: string, changes: Partial<Step> = {}): Step {
  return {
    kind: 'plugin',
    name,
    displayName: { en: name, zh: name },
    from: '1.0.0',
    to: '1.1.0',
    after: [],
    state: 'waiting',
    ...changes,
  };
}
