import { describe, expect, test } from 'vitest';
import { runsAsCsv, runsAsJson } from './run-file';
import { isFinished, showRun, startable } from './run-state';
import { decodeRun, encodeHeader, slotOf } from './stored-run';
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
