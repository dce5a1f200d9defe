/**
 * A queue of keys, each at most once waiting and at most once in work: a key that changes while it is worked on is
 * worked on once more afterwards. (client-go `util/workqueue` semantics.)
 */
export class WorkQueue {
  readonly #waiting = new Set<string>();
  readonly #working = new Set<string>();
  readonly #dirty = new Set<string>();
  #sleepers: (() => void)[] = [];
  #closed = false;

  add(key: string): void {
    if (this.#closed) return;
    if (this.#working.has(key)) this.#dirty.add(key);
    else this.#waiting.add(key);
    this.#sleepers.shift()?.();
  }

  /** The next key; waits for one; `undefined` when the queue is closed. Call `done` with it afterwards. */
  async take(): Promise<string | undefined> {
    while (!this.#closed) {
      const next = this.#waiting.values().next();
      if (!next.done) {
        this.#waiting.delete(next.value);
        this.#working.add(next.value);
        return next.value;
      }
      await new Promise<void>((resolve) => {
        this.#sleepers.push(resolve);
      });
    }
    return undefined;
  }

  done(key: string): void {
    this.#working.delete(key);
    if (this.#dirty.delete(key)) this.add(key);
  }

  close(): void {
    this.#closed = true;
    for (const wake of this.#sleepers.splice(0)) wake();
  }
}
