import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { OperatorRef } from '../contract';
import type { Api } from '../rules/uninstall/provided-apis';
import type { DeleteInstancesInput, InstanceProgress, UninstallApi } from '../uninstall-contract';
import { readApis } from './review-uninstallation';
import { readInstallation } from './uninstall/read-installation';
import { removeOne } from './uninstall/removal';
import { followApis } from './uninstall/wake';

const AT_ONCE = 10;

type Wanted = DeleteInstancesInput['instances'][number];
type Refused = InstanceProgress['refused'];

/**
 * Deletes exactly the instances that were shown, each with everything that it owns first, and waits a bounded time
 * until they are gone. Asked again it goes on: what is being deleted already is only waited for.
 * @returns a line at the start, one whenever something changed, and one that ends: `gone`; `waiting` when finalizers
 * still hold some as the time is over; `refused` when the cluster did not let some be deleted
 * @throws ProblemError `invalid-input` when an API is not one of the operator's
 */
export async function deleteInstances(
  context: Context,
  ref: OperatorRef,
  input: DeleteInstancesInput,
): Promise<AsyncGenerator<InstanceProgress>> {
  const installation = await readInstallation(context, ref, input, []);
  const apis = await readApis(context, installation, []);
  const names = new Set(input.instances.map(({ api }) => api));
  const foreign = [...names].find((name) => apis.every((api) => api.name !== name));
  if (foreign !== undefined) {
    throw new ProblemError(
      'invalid-input',
      `"${foreign}" is not an API that "${ref.name}" provides in namespace "${input.namespace}".`,
      { cluster: context.cluster.name, fields: [{ path: 'instances', message: `unknown API ${foreign}` }] },
    );
  }
  const used = apis.filter(({ name }) => names.has(name));
  return follow(context, used, input, () => readApis(context, installation, []));
}

async function* follow(
  context: Context,
  apis: readonly UninstallApi[],
  { instances, waitSeconds }: DeleteInstancesInput,
  read: () => Promise<UninstallApi[]>,
): AsyncGenerator<InstanceProgress> {
  const deadline = Date.now() + waitSeconds * 1000;
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const places = apis[0]?.namespaces ?? [undefined];
  try {
    const changes = followApis(context, apis, places, signal);
    const refused: Refused = [];
    const line = (state: InstanceProgress['state'], now: readonly UninstallApi[]): InstanceProgress => ({
      state,
      total: instances.length,
      remaining: remainingOf(instances, now),
      refused: [...refused],
    });
    yield line('deleting', apis);
    await deleteAll(context, apis, instances, refused);
    let known = apis;
    for (;;) {
      const found = await read();
      // A list that can't be read now does not say that they are gone.
      if (!found.some(({ name, unread }) => unread && apis.some((api) => api.name === name))) known = found;
      const now = line('deleting', known);
      if (now.remaining.length === 0) return yield { ...now, state: 'gone' };
      if (refused.length > 0) return yield { ...now, state: 'refused' };
      if (Date.now() >= deadline) return yield { ...now, state: 'waiting' };
      yield now;
      await changes.changed(deadline - Date.now());
      if (signal.aborted) return;
    }
  } finally {
    stop.abort();
  }
}

/** The instances that were asked for and still exist. */
function remainingOf(
  wanted: readonly Wanted[],
  apis: readonly UninstallApi[],
): InstanceProgress['remaining'] {
  const uids = new Set(wanted.map(({ uid }) => uid));
  return apis.flatMap(({ name: api, kind, instances }) =>
    instances
      .filter(({ uid }) => uids.has(uid))
      .map(({ createdAt: _, ...instance }) => ({ ...instance, api, kind })),
  );
}

async function deleteAll(
  context: Context,
  apis: readonly UninstallApi[],
  wanted: readonly Wanted[],
  refused: Refused,
): Promise<void> {
  const known = new Map(
    apis.flatMap((api) =>
      api.instances
        .filter(({ deleting }) => !deleting)
        .map((instance) => [instance.uid, { api: apiRef(api), instance }] as const),
    ),
  );
  const waiting = wanted.flatMap(({ uid }) => known.get(uid) ?? []);
  const work = async () => {
    for (let next = waiting.shift(); next && !context.signal.aborted; next = waiting.shift()) {
      const { api, instance } = next;
      const { name, namespace, uid } = instance;
      try {
        const object = { kind: api.kind, ref: api, name, namespace, uid };
        await removeOne(context, object, { propagationPolicy: 'Foreground' });
      } catch (error) {
        if (!(error instanceof KubeError) && !(error instanceof ConnectionError)) throw error;
        refused.push({ kind: api.kind, namespace, name, detail: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function apiRef({ group, version, resource, kind, name }: UninstallApi): Api {
  return { group, version, resource, kind, name };
}
