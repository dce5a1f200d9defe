import { describe, expect, test } from 'vitest';
import { advanceUpgrades, isFinished, planUpgrades, type UpgradeStep } from './upgrade-run';

const wanted = (name: string, upgradeBefore: string[] = [], needs: string[] = []) => ({
  name,
  target: {
    version: 'v2.0.0',
    upgradeBefore,
    dependencies: needs.map((plugin) => ({
      anyOf: [{ plugin, cluster: 'business', versions: ['>= v2.0.0'] }],
      satisfied: false,
      words: '',
    })),
  },
});
const names = (list: readonly { name: string; after: string[] }[]) =>
  list.map(({ name, after }) => (after.length > 0 ? `${name} after ${after}` : name));

describe('several upgrades at once', () => {
  test('keep their order where nobody cares', () => {
    expect(names(planUpgrades([wanted('b'), wanted('a')], 'business'))).toEqual(['b', 'a']);
  });

  test('follow what their authors want, over several steps', () => {
    const order = planUpgrades(
      [wanted('a'), wanted('b', ['a']), wanted('c', ['b', 'elsewhere'])],
      'business',
    );
    expect(names(order)).toEqual(['c', 'b after c', 'a after b']);
  });

  test('wait for the version that they depend on', () => {
    const order = planUpgrades([wanted('a', [], ['b']), wanted('b')], 'business');
    expect(names(order)).toEqual(['b', 'a after b']);
  });

  test('do not wait for each other in a circle', () => {
    const order = planUpgrades([wanted('a', ['b']), wanted('b', ['a']), wanted('c', ['a'])], 'business');
    expect(names(order)).toEqual(['c', 'a after c', 'b after a']);
  });
});

describe('a run of upgrades', () => {
  const row = (name: string, version: string, status: string, blockReasons: string[] = []) => ({
    name,
    version,
    status,
    blockReasons,
  });
  const step = (name: string, state: UpgradeStep['state'], after: string[] = []): UpgradeStep => ({
    name,
    version: 'v2.0.0',
    after,
    state,
  });
  const states = (steps: readonly UpgradeStep[]) => steps.map(({ state }) => state);

  test('begins with everything that waits for nothing', () => {
    const { steps, send } = advanceUpgrades([step('a', 'waiting'), step('b', 'waiting', ['a'])], []);
    expect(send).toEqual(['a']);
    expect(states(steps)).toEqual(['sending', 'waiting']);
  });

  test('goes on when the wanted version runs, and not before', () => {
    const run = [step('a', 'running'), step('b', 'waiting', ['a'])];
    for (const before of [row('a', 'v1.0.0', 'Running'), row('a', 'v2.0.0', 'Upgrading')]) {
      expect(advanceUpgrades(run, [before])).toEqual({ steps: run, send: [] });
    }
    const { steps, send } = advanceUpgrades(run, [row('a', 'v2.0.0', 'Running')]);
    expect(states(steps)).toEqual(['done', 'sending']);
    expect(send).toEqual(['b']);
  });

  test('leaves out what waits for something that failed, and goes on with the rest', () => {
    const run = [
      step('a', 'running'),
      step('b', 'waiting', ['a']),
      step('c', 'waiting', ['b']),
      step('d', 'running'),
    ];
    const { steps, send } = advanceUpgrades(run, [
      row('a', 'v2.0.0', 'Failed', ['no room']),
      row('d', 'v2.0.0', 'Running'),
    ]);
    expect(states(steps)).toEqual(['failed', 'skipped', 'skipped', 'done']);
    expect(steps[0]?.detail).toBe('no room');
    expect(send).toEqual([]);
    expect(isFinished(steps)).toBe(true);
  });

  test('fails for a plugin that is gone', () => {
    expect(states(advanceUpgrades([step('a', 'running')], []).steps)).toEqual(['failed']);
  });
});
