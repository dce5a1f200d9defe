import { setTimeout as wait } from 'node:timers/promises';

/** Waits so long, or until `signal` aborts, whichever is first; never throws. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
}
