import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import type { Step } from '../../features-contract';
import type { RunState } from '../../rules/features/run-state';
import { decodeRun, driverKey, encodeHeader, encodeStep, slotOf } from '../../rules/features/stored-run';
import { patiently, waitAfter } from './patience';
import { configMaps, type RunPlace } from './run-place';

export interface ConfigMapObject extends KubeObject {
  data?: Record<string, string>;
}

/** What changes of a run in one write; `null` takes a driver away. */
export interface RunChange {
  steps?: ReadonlyMap<string, Step>;
  drivers?: Readonly<Record<string, { user: string; until: number } | null>>;
}

/** Where a run is kept while it is carried out. */
export interface RunStore {
  readonly notStored?: string;
  /** The run as it was last seen. */
  state(): RunState;
  /**
   * Changes the run. What to change is decided anew whenever somebody else has changed it meanwhile, so that a step is
   * claimed by one driver only.
   * @throws ProblemError `not-found` when the run was deleted; KubeError or ConnectionError when the cluster did not
   * take the change within a minute
   */
  update(decide: (state: RunState) => RunChange, signal?: AbortSignal): Promise<RunState>;
}

const PATIENCE_MS = 60_000;

/** A run in a ConfigMap, whose resourceVersion keeps two drivers apart. */
export function storedRun(kube: KubeClient, place: RunPlace, first: ConfigMapObject): RunStore {
  let object = first;
  let state = decodeRun(first.metadata.uid, first.data ?? {});
  const take = (next: ConfigMapObject) => {
    if (next.metadata.uid !== object.metadata.uid) throw deleted(kube, place);
    object = next;
    state = decodeRun(next.metadata.uid, next.data ?? {});
    return state;
  };
  // One after the other: a second change of the same page would only run into the first one's conflict.
  let queue: Promise<unknown> = Promise.resolve();
  const apply = async (decide: (state: RunState) => RunChange, signal?: AbortSignal) => {
    const deadline = Date.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt++) {
      const data = dataOf(decide(state));
      if (Object.keys(data).length === 0) return state;
      const { uid, resourceVersion } = object.metadata;
      const options = { namespace: place.namespace, signal, unrecorded: true };
      try {
        const patch = { metadata: { uid, resourceVersion }, data };
        return take(await kube.mergePatch<ConfigMapObject>(configMaps, place.name, patch, options));
      } catch (error) {
        if (error instanceof KubeError && error.status === 404) throw deleted(kube, place);
        const wait = waitAfter(error, attempt);
        if (wait === undefined || Date.now() + wait > deadline) throw error;
        await pause(wait, undefined, { signal });
        // The change may have been made although no answer said so.
        take(await readAgain(kube, place, signal));
      }
    }
  };
  return {
    state: () => state,
    update: (decide, signal) => {
      const turn = queue.then(() => apply(decide, signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** A run that lives as long as the request that carries it out. */
export function unstoredRun(first: RunState, notStored: string): RunStore {
  let state = first;
  return {
    notStored,
    state: () => state,
    update: async (decide) => {
      const { steps = new Map() } = decide(state);
      state = { ...state, steps: new Map([...state.steps, ...steps]) };
      return state;
    },
  };
}

/** The data of a new run. */
export function newRunData(
  run: Pick<RunState, 'startedBy' | 'startedAt'>,
  steps: readonly Step[],
): Record<string, string> {
  const slots = steps.map((step, index) => [slotOf(index), encodeStep(step)]);
  return { ...encodeHeader(run), ...Object.fromEntries(slots) };
}

function dataOf({ steps = new Map(), drivers = {} }: RunChange): Record<string, string | null> {
  return {
    ...Object.fromEntries([...steps].map(([slot, step]) => [slot, encodeStep(step)])),
    ...Object.fromEntries(
      Object.entries(drivers).map(([id, driver]) => [driverKey(id), driver && JSON.stringify(driver)]),
    ),
  };
}

async function readAgain(kube: KubeClient, place: RunPlace, signal?: AbortSignal): Promise<ConfigMapObject> {
  const { name, namespace } = place;
  try {
    return await patiently(() => kube.get<ConfigMapObject>(configMaps, name, { namespace, signal }), signal);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) throw deleted(kube, place);
    throw error;
  }
}

function deleted(kube: KubeClient, { namespace, name }: RunPlace): ProblemError {
  return new ProblemError(
    'not-found',
    `The run was deleted: ConfigMap "${name}" is not there any more. Nothing new is started; what was started goes on in the cluster.`,
    { cluster: kube.cluster, resource: 'configmaps', namespace, name },
  );
}
