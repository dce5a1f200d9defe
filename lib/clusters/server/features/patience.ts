import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionError, KubeError } from '@/lib/kube/errors';

const ATTEMPTS = 8;

/** Milliseconds to wait before trying once more; undefined where trying again can't help. */
export function waitAfter(error: unknown, attempt: number): number | undefined {
  if (error instanceof ConnectionError) return backoff(attempt);
  if (!(error instanceof KubeError)) return undefined;
  if (error.status === 409) return Math.min(backoff(attempt), 500);
  if (error.status !== 429 && error.status < 500) return undefined;
  return Math.max(backoff(attempt), Math.min(error.retryAfterSeconds ?? 0, 10) * 1000);
}

/** Does again what may pass by itself: conflicts, refusals of a busy server, lost connections. Only for what may be done twice. */
export async function patiently<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const wait = attempt < ATTEMPTS && !signal?.aborted ? waitAfter(error, attempt) : undefined;
      if (wait === undefined) throw error;
      await pause(wait, undefined, { signal });
    }
  }
}

/** Randomised, so that two who ran into each other do not meet again. */
function backoff(attempt: number): number {
  return Math.min(5_000, 100 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2);
}
