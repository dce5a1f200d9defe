import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { paced } from './paced';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** When it was run, each run taking `takesMs`. */
function recorded(takesMs: number, paceMs = 1_000): { ask: () => void; runs: number[] } {
  const begin = Date.now();
  const runs: number[] = [];
  const ask = paced(() => {
    runs.push(Date.now() - begin);
    return new Promise((resolve) => setTimeout(resolve, takesMs));
  }, paceMs);
  return { ask, runs };
}

describe('what is asked for in bursts', () => {
  test('runs at once when it is asked once, and not again', async () => {
    const { ask, runs } = recorded(10);
    ask();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual([0]);
  });

  test('runs once more after the last of many', async () => {
    const { ask, runs } = recorded(10);
    for (let index = 0; index < 5; index++) {
      ask();
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual([0, 1_000]);
  });

  test('of 300 changes in half a minute runs once in a second, the last time after all of them', async () => {
    const { ask, runs } = recorded(200);
    for (let index = 0; index < 300; index++) {
      ask();
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toHaveLength(31);
    expect(runs.at(-1)).toBe(30_000);
  });

  test('never runs twice at a time, however long it takes', async () => {
    const { ask, runs } = recorded(5_000);
    for (let index = 0; index < 100; index++) {
      ask();
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual([0, 5_000, 10_000]);
  });

  test('runs at once again after a pause', async () => {
    const { ask, runs } = recorded(10);
    ask();
    await vi.advanceTimersByTimeAsync(5_000);
    ask();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs).toEqual([0, 5_000]);
  });
});
