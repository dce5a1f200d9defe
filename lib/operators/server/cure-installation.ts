import 'server-only';
import type { Context } from '@/lib/kube/context';
import { cannotBeTried, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { CureInput, InstallationRef } from '../diagnosis-contract';
import type { Write } from '../rules/diagnosis/action';
import { actionsFor } from '../rules/diagnosis/actions';
import { toYaml } from '../rules/installation';
import { readDiagnosis } from './read-diagnosis';
import { writtenRefs } from './written-refs';

/**
 * Does what the diagnosis of an installation offers, if it still does: the cluster is looked at anew, so that nothing is
 * written against a cause that is gone.
 * @throws ProblemError `conflict` when the cause is another one by now; KubeError when the cluster refuses a write
 */
export async function cureInstallation(
  context: Context,
  ref: InstallationRef,
  { id, target }: Pick<CureInput, 'id' | 'target'>,
): Promise<Pick<CureInput, 'id' | 'target'>> {
  const { diagnosis, facts } = await readDiagnosis(context, ref);
  const action = actionsFor(diagnosis, facts).find(
    (one) => one.id === id && one.target === target && one.writes.length > 0,
  );
  if (!action) {
    throw new ProblemError(
      'conflict',
      `Nothing was changed: the cluster no longer says what this was offered against. Look at what it says now.`,
      { cluster: context.cluster.name, namespace: ref.namespace, name: ref.name },
    );
  }
  await tryCreations(context, action.writes);
  const deleted: string[] = [];
  for (const write of action.writes) {
    await run(context, write).catch((error) => explain(error, write, deleted));
    if (write.verb === 'delete') deleted.push(`${write.kind} "${write.name}"`);
  }
  return { id, target };
}

/** What comes after a deletion is tried out before it, under a name that is free. */
async function tryCreations({ kube }: Context, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    if (write.verb !== 'create') continue;
    const { namespace, manifest, kind } = write;
    const { name: _, ...metadata } = manifest.metadata;
    const trial = { ...manifest, metadata: { ...metadata, generateName: 'trial-' } };
    await kube.create(writtenRefs[kind], trial, { namespace, dryRun: true }).catch((error) => {
      if (!cannotBeTried(error)) throw error;
    });
  }
}

async function run({ kube }: Context, write: Write): Promise<void> {
  const { namespace, name } = write;
  const ref = writtenRefs[write.kind];
  switch (write.verb) {
    case 'create':
      await createAgain(() => kube.create(ref, write.manifest, { namespace }));
      return;
    case 'patch':
      await kube.mergePatch(ref, name, write.patch, { namespace });
      return;
    case 'delete':
      try {
        await kube.delete(ref, name, { namespace, uid: write.uid, propagationPolicy: 'Background' });
      } catch (error) {
        if (!(error instanceof KubeError) || error.status !== 404) throw error;
      }
  }
}

/** An object that was deleted in the moment before may have to lose its finalizers first. */
async function createAgain(create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await create();
      return;
    } catch (error) {
      const stillThere = error instanceof KubeError && error.reason === 'AlreadyExists';
      if (!stillThere || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Whoever deleted something on the way to nothing has to know, and to have what brings it back. */
function explain(error: unknown, write: Write, deleted: readonly string[]): never {
  if (deleted.length === 0 || write.verb !== 'create' || !(error instanceof KubeError)) throw error;
  throw new ProblemError(
    'refused-by-cluster',
    `${deleted.join(' and ')} was deleted, but ${write.kind} "${write.name}" could not be created again: ${error.message} Create it by hand:\n${toYaml([write.manifest])}`,
    error.place,
  );
}
