import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { ApproveInput, InstallPlan } from '../plan-contract';
import { approvalPatch, describeInstallPlan, subscriptionsOf, whatChanged } from '../rules/approval';
import type { InstallPlanObject } from '../rules/objects';
import { getPlan, listSubscriptions } from './olm-objects';
import { installPlans } from './refs';

/**
 * Approves an InstallPlan exactly as it was reviewed, in one request.
 * @throws ProblemError `conflict` when the plan is another one by now, or no Subscription's
 * `installPlanRef` names it: superseded and orphaned plans are never approved; KubeError 404 when there is none
 */
export async function approveInstallPlan(
  context: Context,
  { namespace, name, reviewed }: { namespace: string; name: string; reviewed: ApproveInput },
): Promise<InstallPlan> {
  const { items: owners } = await listSubscriptions(context.kube, { namespace });
  const known = await getPlan(context.kube, { namespace, name });
  if (subscriptionsOf(known, owners).length === 0) {
    throw conflict(context, namespace, name, 'no Subscription waits for it: it is superseded or orphaned.');
  }
  try {
    const patch = approvalPatch(reviewed);
    const approved = await context.kube.jsonPatch<InstallPlanObject>(installPlans, name, patch, {
      namespace,
    });
    return describeInstallPlan(approved, owners);
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 404) throw conflict(context, namespace, name, 'it does not exist any more.');
    if (error.status !== 422) throw error;
    // The API server does not tell which test failed.
    const now = await getPlan(context.kube, { namespace, name });
    const changed = whatChanged(now, reviewed);
    throw changed ? conflict(context, namespace, name, changed) : error;
  }
}

function conflict(context: Context, namespace: string, name: string, what: string): ProblemError {
  return new ProblemError(
    'conflict',
    `InstallPlan "${name}" was not approved: ${what} Review what waits now.`,
    { cluster: context.cluster.name, verb: 'patch', resource: 'installplans', namespace, name },
  );
}
