import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import { canBeCleanedUp, classifyPlan } from '../rules/plan/classify-plan';
import { getPlan, listPlans, listSubscriptions } from './olm-objects';
import { installPlans } from './refs';

/**
 * Deletes an InstallPlan that nobody will execute any more: a superseded or orphaned one, or one that was approved too
 * early and has been replaced.
 * @param uid of the plan that the user saw: another one of its name is never deleted
 * @throws ProblemError `conflict` when the plan is in use or another one by now; KubeError 404 when there is none
 */
export async function cleanUpInstallPlan(
  { kube, cluster }: Context,
  { namespace, name, uid }: { namespace: string; name: string; uid: string },
): Promise<{ namespace: string; name: string; uid: string }> {
  const refuse = (what: string) =>
    new ProblemError('conflict', `InstallPlan "${name}" was not deleted: ${what}`, {
      cluster: cluster.name,
      verb: 'delete',
      resource: 'installplans',
      namespace,
      name,
    });
  const plan = await getPlan(kube, { namespace, name });
  if (plan.metadata.uid !== uid) throw refuse('another plan of the same name stands there by now.');
  const [{ items: plans }, { items: owners }] = await Promise.all([
    listPlans(kube, { namespace }),
    listSubscriptions(kube, { namespace }),
  ]);
  const state = classifyPlan(plan, plans, owners, kube.now());
  if (!canBeCleanedUp(state)) throw refuse('OLM still uses it, or it is done and belongs to what runs.');
  try {
    await kube.delete(installPlans, name, { namespace, uid });
  } catch (error) {
    if (error instanceof KubeError && error.status === 409) {
      throw refuse('another plan of the same name stands there by now.');
    }
    throw error;
  }
  return { namespace, name, uid };
}
