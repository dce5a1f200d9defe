import type { Cause, Stage } from './cause';

// Seen on clusters with real OLM: rate limits of its controllers make most of it.
const usualSeconds: Record<Stage, number> = {
  resolving: 10,
  unpacking: 30,
  planning: 5,
  executing: 15,
  requirements: 15,
  deploying: 60,
  uninstalling: 30,
};

/** How many seconds a stage takes where nothing is wrong. */
export function usualFor(cause: Cause): number | undefined {
  return cause.id === 'slow' ? usualSeconds[cause.stage] : undefined;
}

/** Whether a stage takes several times as long as it does where nothing is wrong. */
export function isOverdue(stage: Stage, since: string | undefined, now: number): boolean {
  const then = Date.parse(since ?? '');
  return !Number.isNaN(then) && now - then > usualSeconds[stage] * 3000;
}
