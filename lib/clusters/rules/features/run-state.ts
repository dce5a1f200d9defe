import type { Run, ShownStep, Step } from '../../features-contract';
import { componentKey } from './component';

/** A run as it is kept: its steps by slot, and who carries it out. */
export interface RunState {
  id: string;
  startedBy: string;
  startedAt: string;
  steps: ReadonlyMap<string, Step>;
  drivers: ReadonlyMap<string, Driver>;
}

/** Somebody's page that carries a run out; `until` is the end of its lease in milliseconds since 1970. */
export interface Driver {
  user: string;
  until: number;
}

/** What is known of a running step beside what is stored. */
export interface Doing {
  progress: number;
  doing?: string;
}

/** Steps by what they wait for: a step is named by its slot, because a tampered run may hold a component twice. */
export function keyOf(slot: string, step: Step): string {
  return step.code === 'invalid' || step.code === 'duplicate'
    ? `${componentKey(step)}#${slot}`
    : componentKey(step);
}

/** Whether those that come after a step may start. What was skipped needs no waiting for. */
function isPassed({ state }: Step): boolean {
  return state === 'succeeded' || state === 'skipped';
}

/**
 * The steps that a step waits for, and whether it waits in vain until one of them is tried again.
 * @param lost by key, what is known of that already
 */
function waitOf(
  step: Step,
  byKey: ReadonlyMap<string, Step>,
  lost: Map<string, boolean>,
): { waitsFor: string[]; held: boolean } {
  if (step.state !== 'waiting') return { waitsFor: [], held: false };
  const waitsFor = step.after.filter((key) => {
    const other = byKey.get(key);
    return other !== undefined && !isPassed(other);
  });
  return { waitsFor, held: waitsFor.some((key) => isLost(key, byKey, lost)) };
}

function isLost(key: string, byKey: ReadonlyMap<string, Step>, lost: Map<string, boolean>): boolean {
  const known = lost.get(key);
  if (known !== undefined) return known;
  const step = byKey.get(key);
  const isSo =
    step?.state === 'failed' ||
    step?.state === 'stopped' ||
    (step?.state === 'waiting' && step.after.some((other) => isLost(other, byKey, lost)));
  lost.set(key, isSo);
  return isSo;
}

function stepsByKey(state: Pick<RunState, 'steps'>): Map<string, Step> {
  return new Map([...state.steps].map(([slot, step]) => [keyOf(slot, step), step]));
}

/** Slots of the steps that may start now. */
export function startable(state: Pick<RunState, 'steps'>): string[] {
  const byKey = stepsByKey(state);
  const lost = new Map<string, boolean>();
  return [...state.steps].flatMap(([slot, step]) =>
    step.state === 'waiting' && waitOf(step, byKey, lost).waitsFor.length === 0 ? [slot] : [],
  );
}

/** No lease is longer: one that says so was written by somebody else. */
const MAX_LEASE_MS = 60_000;

/** Whether a driver's lease holds. @param now milliseconds since 1970 */
export function isAlive(driver: Driver | undefined, now: number): boolean {
  return driver !== undefined && driver.until > now && driver.until <= now + MAX_LEASE_MS;
}

/** Whether nothing is under way and nothing can start. */
export function isFinished(state: Pick<RunState, 'steps'>): boolean {
  return (
    startable(state).length === 0 && [...state.steps.values()].every(({ state: step }) => step !== 'running')
  );
}

const progressOf: Record<Step['state'], number> = {
  waiting: 0,
  running: 5,
  succeeded: 100,
  failed: 100,
  skipped: 100,
  stopped: 0,
};

export function showSteps(
  state: RunState,
  cluster: string,
  doing: ReadonlyMap<string, Doing> = new Map(),
): ShownStep[] {
  const byKey = stepsByKey(state);
  const lost = new Map<string, boolean>();
  return [...state.steps].map(([slot, step]) => ({
    progress: progressOf[step.state],
    ...step,
    ...(step.state === 'running' ? doing.get(slot) : {}),
    ...waitOf(step, byKey, lost),
    cluster,
    key: keyOf(slot, step),
  }));
}

/** A run as pages see it. @param now milliseconds since 1970 */
export function showRun(state: RunState, cluster: string, now: number): Run {
  const { id, startedBy, startedAt } = state;
  const drivers = [...state.drivers.values()]
    .filter((driver) => isAlive(driver, now))
    .map(({ user }) => user);
  return {
    id,
    cluster,
    startedBy,
    startedAt,
    steps: showSteps(state, cluster),
    drivers: [...new Set(drivers)],
    finished: isFinished(state),
  };
}
