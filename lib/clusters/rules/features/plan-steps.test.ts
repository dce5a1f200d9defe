import { describe, expect, test } from 'vitest';
import { blocked } from './component';
import { inOrder, orderOf, withoutCircles } from './order';
import { planSteps } from './plan-steps';
import { component, plugin } from './testing';

const known = [component('harbor'), component('redis'), plugin('logs'), plugin('storage')];

/** What becomes of each: its state, and why where it does not wait. */
function outcomes(chosen: Parameters<typeof planSteps>[0], components = known): string[] {
  return planSteps(chosen, components, 'business').map(({ name, state, code }) =>
    [name, state, code].filter(Boolean).join(' '),
  );
}

describe('the steps of a batch', () => {
  test('are those that were chosen, with the plan that waits now', () => {
    const [harbor] = planSteps(
      [{ kind: 'operator', namespace: 'demo', name: 'harbor', from: '1.0.0', to: '1.1.0' }],
      known,
      'business',
    );
    expect(harbor).toMatchObject({ state: 'waiting', plan: { uid: 'uid-of-harbor' }, after: [] });
  });

  test.each([
    ['that does not exist', { ...component('nothing') }, 'nothing skipped notFound'],
    ['of another cluster', { ...component('harbor'), cluster: 'edge' }, 'harbor skipped otherCluster'],
    [
      'whose version does not wait any more',
      { ...component('harbor'), to: '1.0.5' },
      'harbor skipped changed',
    ],
    [
      'whose plan is another one by now',
      {
        ...component('harbor'),
        plan: { name: 'install-x', uid: 'other', clusterServiceVersionNames: ['x'] },
      },
      'harbor skipped changed',
    ],
  ])('skip a component %s', (_, chosen, expected) => {
    expect(outcomes([chosen, component('redis')])).toEqual([expected, 'redis waiting']);
  });

  test('skip what stands there twice, once', () => {
    expect(outcomes([component('harbor'), component('harbor')])).toEqual([
      'harbor waiting',
      'harbor skipped duplicate',
    ]);
  });

  test('do not count a component of another cluster as the same', () => {
    const elsewhere = { ...component('harbor'), cluster: 'edge' };
    expect(outcomes([elsewhere, component('harbor')])).toEqual([
      'harbor skipped otherCluster',
      'harbor waiting',
    ]);
  });

  test('tell that somebody else was faster', () => {
    const done = component('harbor', { from: '1.1.0', to: '' });
    expect(outcomes([component('harbor')], [done])).toEqual(['harbor skipped alreadyUpgraded']);
  });

  test('skip what can not join, with the reason', () => {
    const core = blocked(plugin('dns'), { code: 'core', values: { version: '1.1.0' } });
    const [step] = planSteps([plugin('dns')], [core], 'business');
    expect(step).toMatchObject({ state: 'skipped', code: 'blocked', block: { code: 'core' } });
    expect(step?.detail).toContain('upgrade the cluster');
  });

  test('refuse a plugin without the upgrade that it needs', () => {
    const components = [plugin('ui', { after: ['engine'], needs: ['engine'] }), plugin('engine')];
    expect(outcomes([plugin('ui')], components)).toEqual(['ui skipped blocked']);
    const both = planSteps([plugin('ui'), plugin('engine')], components, 'business');
    expect(both.map(({ state, after }) => ({ state, after }))).toEqual([
      { state: 'waiting', after: ['plugin/engine'] },
      { state: 'waiting', after: [] },
    ]);
  });
});

describe('the order of a batch', () => {
  test('leaves out what was not chosen', () => {
    expect(orderOf([plugin('a', { after: ['b', 'c'] }), plugin('b')])).toEqual(
      new Map([
        ['plugin/a', ['plugin/b']],
        ['plugin/b', []],
      ]),
    );
  });

  test('opens a circle where it would close', () => {
    const order = orderOf([
      plugin('a', { after: ['c'] }),
      plugin('b', { after: ['a'] }),
      plugin('c', { after: ['b'] }),
    ]);
    expect(order.get('plugin/a')).toEqual(['plugin/c']);
    expect(order.get('plugin/c')).toEqual(['plugin/b']);
    expect(order.get('plugin/b')).toEqual([]);
  });

  test('is the one of the choice where nobody cares, and that of the authors over several steps', () => {
    const names = (after: Record<string, string[]>) =>
      inOrder(Object.entries(after).map(([name, wishes]) => plugin(name, { after: wishes }))).map(
        ({ name }) => name,
      );
    expect(names({ b: [], a: [] })).toEqual(['b', 'a']);
    expect(names({ a: ['b'], b: ['c', 'elsewhere'], c: [], d: [] })).toEqual(['c', 'b', 'a', 'd']);
    expect(names({ a: ['b'], b: ['a'], c: ['a'] })).toEqual(['b', 'a', 'c']);
  });

  test('takes no longer for wishes without end', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `plugin/p${index}`);
    const order = withoutCircles(new Map(keys.map((key) => [key, keys])));
    expect(order.size).toBe(1_000);
    expect(order.get([...order.keys()][0] ?? '')).toEqual([]);
  });
});
