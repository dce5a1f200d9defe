import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { Step } from '../../features-contract';
import { componentKey } from '../../rules/features/component';
import { isFinished, keyOf, type RunState } from '../../rules/features/run-state';
import { decodeRun, fitsIntoRun, slotOf } from '../../rules/features/stored-run';
import { waitAfter } from './patience';
import { configMaps, type RunPlace } from './run-place';
import { type ConfigMapObject, newRunData, type RunStore, storedRun, unstoredRun } from './run-store';

const MAX_ROUNDS = 10;

/** Stores a new run, or joins the one that is not finished. */
export async function storeRun(context: Context, place: RunPlace, steps: readonly Step[]): Promise<RunStore> {
  const run = { startedBy: context.user.name, startedAt: new Date(context.kube.now()).toISOString() };
  const nothing = steps.every(({ state }) => state === 'skipped');
  const unstored = (why: string) =>
    unstoredRun(
      {
        ...run,
        id: randomUUID(),
        steps: new Map(steps.map((step, index) => [slotOf(index), step])),
        drivers: new Map(),
      },
      why,
    );
  if (nothing) return unstored('Nothing of it can be upgraded.');
  if (!fitsIntoRun(steps)) return unstored('It is too large for one ConfigMap.');
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      const known = await findRun(context, place);
      if (known && !isFinished(decodeRun(known.metadata.uid, known.data ?? {}))) {
        const store = storedRun(context.kube, place, known);
        let fits = true;
        await store.update((state) => {
          const more = joined(state, steps);
          fits = fitsIntoRun(new Map([...state.steps, ...more]).values());
          return fits ? { steps: more } : {};
        });
        return fits ? store : unstored('The run that is under way has no room for more.');
      }
      if (known) await removeRun(context, place, known);
      return storedRun(context.kube, place, await createRun(context, place, newRunData(run, steps)));
    } catch (error) {
      if (error instanceof KubeError && (error.status === 403 || error.status === 404))
        return unstored(error.message);
      // Somebody else has stored, replaced or deleted a run in this moment, or the cluster is busy: look again.
      const wait = error instanceof ProblemError ? 0 : waitAfter(error, round);
      if (wait === undefined) throw error;
      await pause(wait, undefined, { signal: context.signal });
    }
  }
  return unstored('Others keep on changing the stored run.');
}

/** The steps that a run does not have yet, or has no more to do about. */
function joined(state: RunState, steps: readonly Step[]): Map<string, Step> {
  const slots = new Map([...state.steps].map(([slot, step]) => [keyOf(slot, step), slot]));
  const changes = new Map<string, Step>();
  let next = 0;
  for (const step of steps) {
    if (step.state === 'skipped') continue;
    const slot = slots.get(componentKey(step));
    const known = slot === undefined ? undefined : state.steps.get(slot);
    if (known?.state === 'waiting' || known?.state === 'running') continue;
    while (slot === undefined && (state.steps.has(slotOf(next)) || changes.has(slotOf(next)))) next++;
    changes.set(slot ?? slotOf(next), step);
  }
  return changes;
}

export async function findRun(
  context: Context,
  { namespace, name }: RunPlace,
): Promise<ConfigMapObject | undefined> {
  try {
    return await context.kube.get<ConfigMapObject>(configMaps, name, { namespace });
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

export async function readRun(context: Context, place: RunPlace): Promise<ConfigMapObject> {
  const known = await findRun(context, place);
  if (known) return known;
  throw new ProblemError('not-found', `No run is stored on cluster "${context.cluster.name}".`, {
    cluster: context.cluster.name,
    resource: 'configmaps',
    ...place,
  });
}

async function removeRun(context: Context, { namespace, name }: RunPlace, known: ConfigMapObject) {
  try {
    await context.kube.delete(configMaps, name, { namespace, uid: known.metadata.uid, unrecorded: true });
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 404) throw error;
  }
}

async function createRun(
  context: Context,
  { namespace, name }: RunPlace,
  data: Record<string, string>,
): Promise<ConfigMapObject> {
  return context.kube.create<ConfigMapObject>(
    configMaps,
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'marketplace-console' } },
      data,
    },
    { namespace },
  );
}
