/**
 * The sandbox's waiting times. Real platforms take seconds to minutes for what the sandbox only pretends to do
 * (unpack an image, start a pod); `speed` divides those waits, and only those: timestamps stay real.
 */
export class Clock {
  #speed: number;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Waits that begin after this call use the new speed; seeding runs fast and then hands over the asked speed. */
  set speed(speed: number) {
    this.#speed = speed;
  }

  /** Resolves after `ms` divided by the speed, at once when `signal` aborts (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleepers = sleepersOf(signal);
      const done = () => {
        clearTimeout(timer);
        sleepers?.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms / this.#speed);
      sleepers?.add(done);
    });
  }

  /** Calls `fn` after `ms` divided by the speed; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void {
    const timer = setTimeout(fn, ms / this.#speed);
    timer.unref();
    return () => clearTimeout(timer);
  }
}

const sleeping = new WeakMap<AbortSignal, Set<() => void>>();

/** Who waits on a signal. It has one listener for all of them: adding one takes longer the more there are. */
function sleepersOf(signal: AbortSignal | undefined): Set<() => void> | undefined {
  if (!signal) return undefined;
  let sleepers = sleeping.get(signal);
  if (!sleepers) {
    const all = new Set<() => void>();
    signal.addEventListener(
      'abort',
      () => {
        for (const wake of [...all]) wake();
      },
      { once: true },
    );
    sleeping.set(signal, all);
    sleepers = all;
  }
  return sleepers;
}
