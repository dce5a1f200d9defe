import 'server-only';
import { randomBytes } from 'node:crypto';
import type { PlatformContext } from '@/lib/kube/context';
import type { Component, RunLine, Step } from '../../features-contract';
import { componentKey } from '../../rules/features/component';
import { isSent, judgeStep } from '../../rules/features/judge-step';
import { refusalOf } from '../../rules/features/plan-steps';
import {
  type Doing,
  isAlive,
  isFinished,
  type RunState,
  showSteps,
  startable,
} from '../../rules/features/run-state';
import type { ClusterView } from './cluster-view';
import { diagnoseStep } from './diagnose-step';
import { type Performed, performStep } from './perform-step';
import type { RunChange, RunStore } from './run-store';

/** How many components of a cluster are upgraded at the same time. */
const AT_ONCE = 10;
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** Changes come in bursts; one look serves those of this time. */
const BURST_MS = 100;

/**
 * Carries a run out on behalf of one page: claims what may start, sends its write, follows it to its end. Several
 * drivers, also of other replicas, may carry out the same run: a step belongs to who has claimed it, and is taken over
 * when that one's lease has ended.
 */
export class RunDriver {
  readonly #context: PlatformContext;
  readonly #store: RunStore;
  readonly #components: ReadonlyMap<string, Component>;
  readonly #id = randomBytes(8).toString('hex');
  /** What became of the writes that this driver has sent; `undefined` while one is on its way. */
  readonly #writes = new Map<string, Performed | undefined>();
  readonly #doing = new Map<string, Doing>();
  readonly #diagnosed = new Set<string>();
  readonly #told = new Map<string, string>();
  #view: ClusterView | undefined;
  #renewed = 0;
  #fatal: unknown;
  #changed = false;
  #wake = () => {};

  /** @param components what the user may upgrade on the cluster now: a stored run is not believed */
  constructor(context: PlatformContext, store: RunStore, components: readonly Component[]) {
    this.#context = context;
    this.#store = store;
    this.#components = new Map(components.map((component) => [componentKey(component), component]));
  }

  /** Called when something has changed. */
  readonly notice = (): void => {
    this.#changed = true;
    this.#wake();
  };

  /**
   * A line per step whenever it changes, until nothing is left to be done or the context's signal aborts. The run
   * itself goes on in whatever was started by then.
   * @throws KubeError 401 when the user's token is not accepted any more; ProblemError when the run was deleted
   */
  async *drive(view: ClusterView): AsyncGenerator<RunLine> {
    this.#view = view;
    const { signal } = this.#context;
    try {
      for (;;) {
        await this.#advance();
        yield* this.#news();
        if (this.#fatal) throw this.#fatal;
        if (this.#isAtEnd() || signal.aborted) return;
        await this.#pause();
        if (signal.aborted) return;
      }
    } finally {
      await this.#leave();
    }
  }

  async #advance(): Promise<void> {
    this.#changed = false;
    const { signal } = this.#context;
    const state = await this.#store.update((now) => this.#decide(now), signal);
    for (const [slot, step] of state.steps) {
      if (step.state === 'running' && step.claimedBy === this.#id && !this.#writes.has(slot))
        this.#send(slot, step);
    }
    await this.#diagnose();
  }

  /** What of the run changes now; nothing is done here, so that it can be decided anew after a conflict. */
  #decide(state: RunState): RunChange {
    const now = this.#context.kube.now();
    const steps = new Map<string, Step>();
    for (const [slot, step] of state.steps) {
      if (step.state !== 'running') continue;
      if (step.claimedBy === this.#id) {
        const next = this.#settle(slot, step);
        if (next) steps.set(slot, next);
      } else if (!isAlive(state.drivers.get(step.claimedBy ?? ''), now) && this.#isAllowed(step)) {
        steps.set(slot, this.#skipped(step, now) ?? { ...step, claimedBy: this.#id });
      }
    }
    const running = [...state.steps].filter(
      ([slot, step]) => step.state === 'running' && !isOver(steps.get(slot)),
    );
    let free = AT_ONCE - running.length;
    for (const slot of startable(state)) {
      const step = state.steps.get(slot);
      if (!step || !this.#isAllowed(step)) continue;
      const skipped = this.#skipped(step, now);
      if (skipped) steps.set(slot, skipped);
      else if (free-- > 0) {
        this.#writes.delete(slot);
        this.#diagnosed.delete(slot);
        steps.set(slot, { ...step, state: 'running', claimedBy: this.#id, startedAt: timeOf(now) });
      }
    }
    const isDue = now - this.#renewed >= RENEW_MS || (steps.size > 0 && this.#renewed === 0);
    if (!isDue && steps.size === 0) return {};
    this.#renewed = now;
    const lease = { user: this.#context.user.name, until: now + LEASE_MS };
    return { steps, drivers: { [this.#id]: lease } };
  }

  /**
   * The step as it ends where it can't be carried out as it is stored; undefined where it can. One that is tried again
   * or taken over may have been sent long ago: then there is only its end to wait for.
   */
  #skipped(step: Step, now: number): Step | undefined {
    if (this.#view && isSent(step, this.#view.facts())) return undefined;
    const refusal = refusalOf(step, this.#components.get(componentKey(step)));
    return refusal && { ...step, ...refusal, state: 'skipped', endedAt: timeOf(now) };
  }

  /** Whether this user may carry a step out; others may. */
  #isAllowed(step: Step): boolean {
    return this.#components.get(componentKey(step))?.block?.code !== 'permission';
  }

  /** What a step of this driver has come to; undefined while it is under way. */
  #settle(slot: string, step: Step): Step | undefined {
    const write = this.#writes.get(slot);
    if (!write || !this.#view) return undefined;
    const endedAt = timeOf(this.#context.kube.now());
    if (!write.sent) return { ...step, state: 'failed', code: write.code, detail: write.detail, endedAt };
    const judgement = judgeStep(step, this.#view.facts());
    if (judgement.state === 'running') {
      this.#doing.set(slot, { progress: judgement.progress, doing: judgement.doing });
      return undefined;
    }
    if (judgement.state === 'succeeded') return { ...step, state: 'succeeded', endedAt };
    return { ...step, state: 'failed', code: judgement.code, detail: judgement.detail, endedAt };
  }

  #send(slot: string, step: Step): void {
    this.#writes.set(slot, undefined);
    const facts = () => this.#view?.facts() ?? noFacts();
    performStep(this.#context, step, facts)
      .then((performed) => void this.#writes.set(slot, performed))
      .catch((error: unknown) => {
        this.#fatal ??= error;
      })
      .finally(this.notice);
  }

  /** Asks once, for each of this driver's steps that has failed, what the cluster around it says. */
  async #diagnose(): Promise<void> {
    for (const [slot, step] of this.#store.state().steps) {
      const isMine = step.claimedBy === this.#id && step.state === 'failed' && this.#writes.get(slot)?.sent;
      if (!isMine || step.stuck || this.#diagnosed.has(slot)) continue;
      this.#diagnosed.add(slot);
      const stuck = await diagnoseStep(this.#context, step);
      if (!stuck) continue;
      await this.#store.update((now) => {
        const known = now.steps.get(slot);
        return known?.state === 'failed' ? { steps: new Map([[slot, { ...known, stuck }]]) } : {};
      });
    }
  }

  *#news(): Generator<RunLine> {
    const { id } = this.#store.state();
    const run = { id, stored: this.#store.notStored === undefined, notStored: this.#store.notStored };
    for (const step of showSteps(this.#store.state(), this.#context.cluster.name, this.#doing)) {
      const text = JSON.stringify(step);
      if (this.#told.get(step.key) === text) continue;
      this.#told.set(step.key, text);
      yield { ...step, run };
    }
  }

  /** Nothing runs that somebody follows, and nothing can start that this user may start. */
  #isAtEnd(): boolean {
    const state = this.#store.state();
    if (isFinished(state)) return true;
    const now = this.#context.kube.now();
    const followed = [...state.steps.values()].some(
      (step) =>
        step.state === 'running' &&
        (step.claimedBy === this.#id || isAlive(state.drivers.get(step.claimedBy ?? ''), now)),
    );
    const mine = startable(state).some((slot) => {
      const step = state.steps.get(slot);
      return step !== undefined && this.#isAllowed(step);
    });
    return !followed && !mine;
  }

  async #pause(): Promise<void> {
    const { signal } = this.#context;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, RENEW_MS);
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
      if (this.#changed || signal.aborted) wake();
    });
    this.#wake = () => {};
    if (this.#changed && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, BURST_MS));
  }

  /** Gives the lease back, so that others need not wait for its end. */
  async #leave(): Promise<void> {
    const signal = AbortSignal.timeout(LEASE_MS);
    await this.#store
      .update(() => ({ drivers: { [this.#id]: null } }), signal)
      // It ends by itself: nothing is lost when the cluster can't be reached now.
      .catch(() => undefined);
  }
}

function isOver(step: Step | undefined): boolean {
  return step !== undefined && step.state !== 'running';
}

function timeOf(now: number): string {
  return new Date(now).toISOString();
}

function noFacts() {
  return {
    subscriptions: [],
    installPlans: [],
    clusterServiceVersions: [],
    moduleInfos: [],
    now: Date.now(),
  };
}
