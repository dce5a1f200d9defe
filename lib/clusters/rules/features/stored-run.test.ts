import { describe, expect, test } from 'vitest';
import { runsAsCsv, runsAsJson } from './run-file';
import { isFinished, showRun, startable } from './run-state';
import { decodeRun, encodeHeader, encodeStep, fitsIntoRun, slotOf } from './stored-run';
import { step } from './testing';

const startedAt = '2026-01-01T00:00:00.000Z';
const now = Date.parse(startedAt);

function stored(steps: readonly (ReturnType<typeof step> | string)[], more: Record<string, string> = {}) {
  return decodeRun('uid', {
    ...encodeHeader({ startedBy: 'admin', startedAt }),
    ...Object.fromEntries(
      steps.map((one, index) => [slotOf(index), typeof one === 'string' ? one : JSON.stringify(one)]),
    ),
    ...more,
  });
}

describe('a stored run', () => {
  test('is read as it was written', () => {
    const run = showRun(stored([step('a'), step('b', { after: ['plugin/a'] })]), 'business', now);
    expect(run).toMatchObject({ id: 'uid', startedBy: 'admin', startedAt, drivers: [], finished: false });
    expect(run.steps.map(({ key, waitsFor }) => [key, waitsFor])).toEqual([
      ['plugin/a', []],
      ['plugin/b', ['plugin/a']],
    ]);
  });

  test.each([
    ['no JSON', '{"kind":'],
    ['not a step', '{"kind":"virus","name":"x"}'],
    ['a name that is none', JSON.stringify(step('../../secrets'))],
    ['endless', `"${'x'.repeat(200_000)}"`],
    ['an attempt on prototypes', '{"__proto__":{"state":"waiting"}}'],
  ])('that was tampered with tells of a step that is %s, and the rest goes on', (_, text) => {
    const state = stored([text, step('b')]);
    const { steps } = showRun(state, 'business', now);
    expect(steps.map(({ state: one, code }) => [one, code])).toEqual([
      ['skipped', 'invalid'],
      ['waiting', undefined],
    ]);
    expect(startable(state)).toEqual([slotOf(1)]);
  });

  test('holds a component once', () => {
    const { steps } = showRun(stored([step('a'), step('a')]), 'business', now);
    expect(steps.map(({ code }) => code)).toEqual([undefined, 'duplicate']);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(2);
  });

  test('whose steps were made to wait for each other goes on all the same', () => {
    const state = stored([
      step('a', { after: ['plugin/b'] }),
      step('b', { after: ['plugin/a', 'plugin/b'] }),
    ]);
    expect(isFinished(state)).toBe(false);
    expect(startable(state)).toEqual([slotOf(1)]);
  });

  test('without its header still tells its steps', () => {
    const state = decodeRun('uid', { run: 'gone', [slotOf(0)]: JSON.stringify(step('a')), other: 'x' });
    expect(showRun(state, 'business', now)).toMatchObject({ startedBy: '', steps: [{ name: 'a' }] });
  });

  test.each([
    ['holds', now + 10_000, ['admin']],
    ['has ended', now - 1, []],
    ['is longer than any', now + 10 * 60_000, []],
  ])('counts a driver whose lease %s so', (_, until, drivers) => {
    const state = stored([step('a')], { 'driver-1': JSON.stringify({ user: 'admin', until }) });
    expect(showRun(state, 'business', now).drivers).toEqual(drivers);
  });
});

describe('the room of a run', () => {
  const stuck = {
    key: 'waitsForApproval' as const,
    values: {},
    says: { kind: 'InstallPlan', namespace: 'demo', name: 'install-1' },
  };

  test('is enough for 500 components that all fail at length', () => {
    const failed = Array.from({ length: 500 }, (_, index) =>
      step(`${'n'.repeat(50)}${index}`, {
        kind: 'operator',
        namespace: 'n'.repeat(60),
        plan: { name: 'install-abcde', uid: 'u'.repeat(36), clusterServiceVersionNames: ['n'.repeat(80)] },
        state: 'failed',
        detail: '"\n'.repeat(2_000),
        stuck: { ...stuck, detail: '满'.repeat(4_000) },
      }),
    );
    expect(fitsIntoRun(failed)).toBe(true);
    const bytes = failed.reduce((sum, one) => sum + Buffer.byteLength(encodeStep(one)), 0);
    expect(bytes).toBeLessThan(1024 * 1024);
  });

  test('is not enough for plans without end', () => {
    const names = Array.from({ length: 200 }, (_, index) => `${'n'.repeat(60)}.v${index}`);
    const shared = { name: 'install-1', uid: 'u', clusterServiceVersionNames: names };
    expect(fitsIntoRun(Array.from({ length: 100 }, () => step('a', { plan: shared })))).toBe(false);
  });

  test('keeps what the cluster said where it is short, and why an operator is stuck where it is not', () => {
    const said = step('a', { state: 'failed', code: 'failed', detail: 'no room', stuck });
    expect(JSON.parse(encodeStep(said))).toEqual(said);
    const { detail, ...kept } = JSON.parse(encodeStep({ ...said, detail: 'x'.repeat(4_000) }));
    expect(detail).toHaveLength(300);
    expect(kept).toMatchObject({ code: 'failed', stuck });
  });
});

describe('what a step waits for', () => {
  test('passes with what succeeded or was skipped', () => {
    const b = step('b', { after: ['plugin/a'] });
    expect(startable(stored([step('a', { state: 'succeeded' }), b]))).toEqual([slotOf(1)]);
    expect(startable(stored([step('a', { state: 'skipped' }), b]))).toEqual([slotOf(1)]);
    expect(startable(stored([step('a', { state: 'running' }), b]))).toEqual([]);
  });

  test('holds it, and those behind it, when it has failed; the run is finished then', () => {
    const state = stored([
      step('a', { state: 'failed' }),
      step('b', { after: ['plugin/a'] }),
      step('c', { after: ['plugin/b'] }),
    ]);
    expect(showRun(state, 'business', now).steps.map(({ held }) => held)).toEqual([false, true, true]);
    expect(isFinished(state)).toBe(true);
  });
});

describe('the result as a file', () => {
  const { steps } = showRun(
    stored([step('a', { state: 'failed', detail: '=HYPERLINK("x"), says "no"\nand more' })]),
    'business',
    now,
  );

  test('is CSV that no spreadsheet runs', () => {
    expect(runsAsCsv(steps).split('\r\n')[1]).toBe(
      `business,plugin,,a,1.0.0,1.1.0,failed,,"'=HYPERLINK(""x""), says ""no""\nand more",,`,
    );
  });

  test('is JSON', () => {
    const text = runsAsJson([{ id: 'uid', cluster: 'business', startedBy: 'admin', startedAt, steps }]);
    expect(JSON.parse(text)).toMatchObject({ runs: [{ startedBy: 'admin', steps: [{ state: 'failed' }] }] });
  });
});
