import 'server-only';
import type { Context, PlatformContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type {
  ChosenComponent,
  Component,
  ContinueInput,
  RunAnswer,
  RunLine,
  Step,
} from '../../features-contract';
import { blockSentence } from '../../rules/features/component';
import { planSteps } from '../../rules/features/plan-steps';
import { keyOf, type RunState, showRun } from '../../rules/features/run-state';
import { decodeRun } from '../../rules/features/stored-run';
import { openClusterView } from './cluster-view';
import { readComponents } from './list-components';
import { findRun, readRun, storeRun } from './open-run';
import { patiently } from './patience';
import { RunDriver } from './run-driver';
import type { RunPlace } from './run-place';
import { type RunStore, storedRun } from './run-store';

/**
 * Upgrades components of a cluster: stores the run with the user's rights, then carries it out and answers a line per
 * step whenever it changes. A run that is not finished is joined: what it does not have yet is added to it. Where the
 * user may not store a run, it lives as long as the request.
 * @throws KubeError when the user may not read what is installed
 */
export async function upgradeComponents(
  context: PlatformContext,
  { components: chosen, place }: { components: readonly ChosenComponent[]; place: RunPlace },
): Promise<AsyncGenerator<RunLine>> {
  const components = await patiently(() => readComponents(context, chosen), context.signal);
  const steps = planSteps(chosen, components, context.cluster.name);
  refuseWithoutRights(context, steps);
  const store = await storeRun(context, place, steps);
  return carryOut(context, store, components);
}

/**
 * Goes on with the stored run of a cluster; steps that have failed and are named are tried again.
 * @throws ProblemError `not-found` when there is no run
 */
export async function continueRun(
  context: PlatformContext,
  { retry, place }: ContinueInput & { place: RunPlace },
): Promise<AsyncGenerator<RunLine>> {
  const store = storedRun(context.kube, place, await readRun(context, place));
  await store.update((state) => ({ steps: again(state, new Set(retry)) }));
  const steps = [...store.state().steps.values()];
  const components = await patiently(() => readComponents(context, steps), context.signal);
  return carryOut(context, store, components);
}

/** Keeps everything that has not started yet from starting. @throws ProblemError `not-found` when there is no run */
export async function stopRun(context: Context, place: RunPlace): Promise<RunAnswer> {
  const store = storedRun(context.kube, place, await readRun(context, place));
  const endedAt = new Date(context.kube.now()).toISOString();
  const state = await store.update(({ steps }) => ({
    steps: new Map(
      [...steps].flatMap(([slot, step]) =>
        step.state === 'waiting' ? [[slot, { ...step, state: 'stopped' as const, endedAt }] as const] : [],
      ),
    ),
  }));
  return { run: showRun(state, context.cluster.name, context.kube.now()), storage: place };
}

/** The run of a cluster, the last one where it is finished. @throws KubeError when the user may not read it */
export async function getRun(context: Context, place: RunPlace): Promise<RunAnswer> {
  const object = await findRun(context, place);
  const state = object && decodeRun(object.metadata.uid, object.data ?? {});
  return { run: state ? showRun(state, context.cluster.name, context.kube.now()) : null, storage: place };
}

async function carryOut(
  context: PlatformContext,
  store: RunStore,
  components: readonly Component[],
): Promise<AsyncGenerator<RunLine>> {
  const driver = new RunDriver(context, store, components);
  const open = [...store.state().steps.values()].filter(
    ({ state }) => state === 'waiting' || state === 'running',
  );
  return driver.drive(await openClusterView(context, open, driver.notice));
}

/** Somebody who may upgrade nothing of what was chosen is refused as a whole. */
function refuseWithoutRights(context: PlatformContext, steps: readonly Step[]): void {
  const denied = steps.flatMap(({ block }) => (block?.code === 'permission' ? [block] : []));
  const [first] = denied;
  if (!first || denied.length < steps.length) return;
  const { verb, resource, namespace } = first.values;
  throw new ProblemError('forbidden', blockSentence(first), {
    cluster: context.cluster.name,
    reason: 'Forbidden',
    verb,
    resource,
    namespace,
  });
}

function again({ steps }: RunState, keys: ReadonlySet<string>): Map<string, Step> {
  const retried = [...steps].filter(
    ([slot, step]) => keys.has(keyOf(slot, step)) && (step.state === 'failed' || step.state === 'stopped'),
  );
  return new Map(
    retried.map(
      ([
        slot,
        { claimedBy: _, startedAt: __, endedAt: ___, code: ____, detail: _____, stuck: ______, ...step },
      ]) => [slot, { ...step, state: 'waiting' as const }],
    ),
  );
}
