import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ConnectionError, cannotBeTried, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { ResourceRef } from '@/lib/kube/types';
import type { RemovalStep } from '../../uninstall-contract';

// Once deleting has begun it goes on, also when the reader has gone away.
const WRITE_TIMEOUT_MS = 60_000;

/** One object to delete, and only the very one of that uid. */
export interface Removable {
  kind: string;
  ref: ResourceRef;
  name: string;
  namespace?: string;
  uid: string;
}

/**
 * Deletes objects in their order, after a dry run of them all: a right that is missing for the second is known
 * before the first is gone.
 * @throws ProblemError with the code of the refusal, and `steps` telling what became of each object
 */
export async function removeInOrder(context: Context, objects: readonly Removable[]): Promise<RemovalStep[]> {
  for (const object of objects) await attempt(context, object, objects, [], true);
  const steps: RemovalStep[] = [];
  for (const object of objects) steps.push(await attempt(context, object, objects, steps, false));
  return steps;
}

/** Deletes one object and tells what became of it. @throws KubeError or ConnectionError */
export async function removeOne(
  context: Context,
  { kind, ref, name, namespace, uid }: Removable,
  options: { dryRun?: boolean; propagationPolicy?: 'Background' | 'Foreground' } = {},
): Promise<RemovalStep> {
  const step = { kind, namespace, name };
  const signal = AbortSignal.timeout(WRITE_TIMEOUT_MS);
  try {
    await context.kube.delete(ref, name, { namespace, uid, signal, ...options });
    if (options.dryRun) return { ...step, outcome: 'kept' };
    const there = await isThere(context, { ref, name, namespace });
    return { ...step, outcome: there ? 'deleting' : 'deleted' };
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) {
      return { ...step, outcome: 'gone' };
    }
    // Another object of that name: the one that was to go is gone. A conflict may have other causes.
    if (
      error instanceof KubeError &&
      error.status === 409 &&
      (await isReplaced(context, { ref, name, namespace, uid }))
    )
      return { ...step, outcome: 'gone' };
    throw error;
  }
}

/** Whether an object is still there; who may delete it but not read it is not told that it is gone. */
export async function isThere(
  context: Context,
  { ref, name, namespace }: Pick<Removable, 'ref' | 'name' | 'namespace'>,
): Promise<boolean> {
  try {
    await context.kube.get(ref, name, { namespace, signal: AbortSignal.timeout(WRITE_TIMEOUT_MS) });
    return true;
  } catch (error) {
    return !(error instanceof KubeError && error.status === 404);
  }
}

async function isReplaced(
  context: Context,
  { ref, name, namespace, uid }: Omit<Removable, 'kind'>,
): Promise<boolean> {
  const signal = AbortSignal.timeout(WRITE_TIMEOUT_MS);
  try {
    return (await context.kube.get(ref, name, { namespace, signal })).metadata.uid !== uid;
  } catch (error) {
    return error instanceof KubeError && (error.status === 404 || error.status === 403);
  }
}

async function attempt(
  context: Context,
  object: Removable,
  all: readonly Removable[],
  done: readonly RemovalStep[],
  dryRun: boolean,
): Promise<RemovalStep> {
  try {
    return await removeOne(context, object, { dryRun });
  } catch (error) {
    const { kind, name, namespace } = object;
    if (dryRun && cannotBeTried(error)) return { kind, namespace, name, outcome: 'kept' };
    if (!(error instanceof KubeError) && !(error instanceof ConnectionError)) throw error;
    const steps = all.map(
      (candidate, index): RemovalStep =>
        done[index] ?? {
          kind: candidate.kind,
          namespace: candidate.namespace,
          name: candidate.name,
          outcome: candidate === object ? 'refused' : 'kept',
          detail: candidate === object ? error.message : undefined,
        },
    );
    throw removalProblem(error, object, steps);
  }
}

function removalProblem(error: KubeError | ConnectionError, object: Removable, steps: RemovalStep[]) {
  const { cluster, resource } = error.place;
  const where = object.namespace ? ` in namespace "${object.namespace}"` : '';
  const gone = steps.filter(({ outcome }) => outcome === 'deleted' || outcome === 'deleting');
  const already =
    gone.length > 0
      ? ` Deleted before that: ${gone.map(({ kind, name }) => `${kind} "${name}"`).join(', ')}.`
      : ' Nothing was deleted.';
  return new ProblemError(
    codeOf(error),
    `Cluster "${cluster}" was asked to delete ${object.kind} "${object.name}"${where} and answered: ${error.message}.${already}`,
    {
      cluster,
      verb: 'delete',
      resource,
      namespace: object.namespace,
      name: object.name,
      reason: error instanceof KubeError ? error.reason || undefined : undefined,
      steps,
    },
  );
}

function codeOf(error: KubeError | ConnectionError): string {
  if (error instanceof ConnectionError) return 'cluster-unreachable';
  const codes: Record<number, string> = {
    401: 'unauthenticated',
    403: 'forbidden',
    429: 'too-many-requests',
  };
  return codes[error.status] ?? 'refused-by-cluster';
}
