import type { Clock } from '../clock.ts';
import type { Informer, InformerEvent } from './informer.ts';
import { hasReason } from './status-error.ts';
import type { KubeObject } from './types.ts';
import { WorkQueue } from './work-queue.ts';

export interface ControllerWatch<T extends KubeObject = KubeObject> {
  informer: Informer<T>;
  /** The keys (of whatever the controller reconciles) that this event concerns. */
  keysOf: (event: InformerEvent<T>) => Iterable<string>;
}

export interface ReconcileResult {
  /** Reconcile this key again after that time, divided by the clock's speed. */
  requeueAfterMs?: number;
}

export interface ControllerOptions {
  name: string;
  watches: ControllerWatch[];
  /** Brings the world closer to what the key's object asks. Throwing means: try again later. */
  // biome-ignore lint/suspicious/noConfusingVoidType: an async function without a return is the usual reconciler.
  reconcile: (key: string) => Promise<ReconcileResult | void>;
  signal: AbortSignal;
  clock: Clock;
  /** How many different keys may be in work at the same time; a single key never is twice. */
  concurrency?: number;
}

export interface Controller {
  enqueue(key: string): void;
}

/** Ties the types of one watch together; a list of watches of different kinds loses them. */
export function watchOf<T extends KubeObject>(
  informer: Informer<T>,
  keysOf: (event: InformerEvent<T>) => Iterable<string>,
): ControllerWatch {
  return { informer, keysOf } as ControllerWatch<T> & ControllerWatch;
}

/**
 * Runs a controller until `signal` aborts: one work queue fed by its informers, per-key serialisation, retry with
 * exponential back-off. Reconciling begins when all its informers have synced.
 */
export function runController(options: ControllerOptions): Controller {
  const { name, watches, reconcile, signal, clock, concurrency = 4 } = options;
  const queue = new WorkQueue();
  const failures = new Map<string, number>();
  const wakeAt = new Map<string, () => void>();

  const later = (key: string, ms: number) => {
    wakeAt.get(key)?.();
    const cancel = clock.after(ms, () => {
      wakeAt.delete(key);
      queue.add(key);
    });
    wakeAt.set(key, cancel);
  };

  const work = async () => {
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
      try {
        const result = await reconcile(key);
        failures.delete(key);
        if (result && result.requeueAfterMs !== undefined) later(key, result.requeueAfterMs);
      } catch (error) {
        if (!signal.aborted) {
          const count = (failures.get(key) ?? 0) + 1;
          failures.set(key, count);
          report(name, key, count, error);
          later(key, Math.min(20 * 2 ** count, 30_000));
        }
      } finally {
        queue.done(key);
      }
    }
  };

  for (const { informer, keysOf } of watches) {
    informer.on((event) => {
      for (const key of keysOf(event)) queue.add(key);
    });
  }
  signal.addEventListener(
    'abort',
    () => {
      queue.close();
      for (const cancel of wakeAt.values()) cancel();
    },
    { once: true },
  );
  void Promise.all(watches.map(({ informer }) => informer.synced)).then(() => {
    for (let worker = 0; worker < concurrency; worker++) void work();
  });
  return { enqueue: (key) => queue.add(key) };
}

function report(name: string, key: string, count: number, error: unknown): void {
  // Conflicts and races with deletion are the normal life of a controller; only what stays broken is worth a line.
  if (count < 5 || hasReason(error, 'Conflict') || hasReason(error, 'AlreadyExists')) return;
  if (count > 5 && count % 20 !== 0) return;
  process.stderr.write(
    `sandbox: controller ${name}, ${key}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
}
