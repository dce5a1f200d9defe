import { describe, expect, test } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
import { readPackageDetail } from '../package-manifest';
import { upgradePath } from './path';

const entry = (version: string) => ({ name: `a.v${version}`, version });
const channel = {
  currentCSV: 'a.v1.10.0',
  entries: ['1.10.0', '1.2.0', '1.1.0', '1.0.0'].map(entry),
  minKubeVersion: '1.25.0',
};
const installed = { name: 'a.v1.0.0', version: '1.0.0' };

describe('the path', () => {
  test('goes from the installed version to the newest, and leaves to OLM which hops it takes', () => {
    const path = upgradePath({ installed, channel, approval: 'Manual' });
    expect(path).toMatchObject({ state: 'open', decidedByOlm: true });
    expect(path.steps.map(({ version, stop }) => [version, stop])).toEqual([
      ['1.1.0', 'possible'],
      ['1.2.0', 'possible'],
      ['1.10.0', 'head'],
    ]);
    expect(path.steps.at(-1)?.needs).toEqual({ approval: true, minKubeVersion: '1.25.0' });
    expect(path.steps[0]?.needs.minKubeVersion).toBeUndefined();
  });

  test('knows the next stop from the plan that waits, and what it passes by', () => {
    const path = upgradePath({ installed, channel, approval: 'Manual', next: 'a.v1.2.0' });
    expect(path.steps.map(({ stop }) => stop)).toEqual(['skipped', 'next', 'head']);
    expect(path.decidedByOlm).toBe(false);
  });

  test('goes straight to the newest from all that it replaces at once', () => {
    const skipping = { ...channel, skipRange: '>=1.1.0 <1.10.0' };
    const stops = (next?: string) =>
      upgradePath({ installed, channel: skipping, approval: 'Manual', next }).steps.map(({ stop }) => stop);
    expect(stops()).toEqual(['possible', 'possible', 'head']);
    expect(stops('a.v1.1.0')).toEqual(['next', 'skipped', 'head']);
    const from110 = { installed: { name: 'a.v1.1.0' }, channel: skipping, approval: 'Manual' as const };
    expect(upgradePath(from110)).toMatchObject({
      decidedByOlm: false,
      steps: [{ version: '1.2.0', stop: 'skipped' }, { stop: 'head' }],
    });
    const odd = { ...channel, skipRange: `>=1.0.0 ${'x'.repeat(180)}` };
    expect(upgradePath({ ...from110, channel: odd }).steps[0]?.stop).toBe('possible');
  });

  test.each([
    ['is at its end', { name: 'a.v1.10.0' }, channel, 'upToDate'],
    ['starts outside the channel', { name: 'a.v0.5.0' }, channel, 'notInChannel'],
    ['is not known', { name: 'a.v1.0.0' }, { currentCSV: '', entries: [] }, 'unknown'],
  ])('%s', (_, from, through, state) => {
    expect(upgradePath({ installed: from, channel: through, approval: 'Manual' }).state).toBe(state);
  });

  realTest('of a real package has ten versions between its oldest and its newest', () => {
    const { body, ...rest } = JSON.parse(recording('real/packagemanifest-one.json'));
    const stable = readPackageDetail(body ?? rest)?.channels.find(({ name }) => name === 'stable');
    if (!stable) throw new Error('the recording has no channel stable');
    const path = upgradePath({
      installed: { name: 'kiali-operator.v1.26.0' },
      channel: stable,
      approval: 'Manual',
    });
    expect(path.steps).toHaveLength(10);
    expect(path.steps.at(-1)).toMatchObject({ version: '1.36.0', stop: 'head' });
  });
});
