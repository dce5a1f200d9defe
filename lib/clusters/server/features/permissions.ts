import 'server-only';
import type { Context, GlobalContext } from '@/lib/kube/context';
import type { AccessQuestion } from '../../contract';
import { reviewAccess } from '../review-access';

const patchPlans: AccessQuestion = { verb: 'patch', group: 'operators.coreos.com', resource: 'installplans' };
const AT_ONCE = 20;

/**
 * In which of some namespaces the user may not approve InstallPlans: by namespace, what is missing.
 * The whole cluster is asked first: for most users that one answer serves all.
 */
export async function mayPatchPlans(
  context: Context,
  namespaces: readonly string[],
): Promise<ReadonlyMap<string, { verb: string; resource: string; namespace: string }>> {
  if (namespaces.length === 0) return new Map();
  const [everywhere] = await reviewAccess(context, [patchPlans]);
  if (everywhere?.allowed) return new Map();
  const denied = new Map<string, { verb: string; resource: string; namespace: string }>();
  for (let start = 0; start < namespaces.length; start += AT_ONCE) {
    const questions = namespaces
      .slice(start, start + AT_ONCE)
      .map((namespace) => ({ ...patchPlans, namespace }));
    for (const { allowed, namespace = '' } of await reviewAccess(context, questions)) {
      if (!allowed)
        denied.set(namespace, { verb: 'patch', resource: 'installplans.operators.coreos.com', namespace });
    }
  }
  return denied;
}

/** Whether the user may change installations of plugins, which are kept on the global cluster. */
export async function mayPatchPlugins(context: GlobalContext): Promise<boolean> {
  const question = { verb: 'patch', group: 'cluster.alauda.io', resource: 'moduleinfoes' };
  const [answer] = await reviewAccess({ kube: context.global }, [question]);
  return answer?.allowed ?? false;
}
