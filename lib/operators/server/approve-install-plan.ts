import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { ApproveInput, InstallPlan } from '../plan-contract';
import { approvalPatch, describeInstallPlan, subscriptionsOf, whatChanged } from '../rules/approval';
import type { InstallPlanObject } from '../rules/objects';
import { classifyPlan, type PlanState } from '../rules/plan/classify-plan';
import { getPlan, listPlans, listSubscriptions } from './olm-objects';
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
  if (known.metadata.deletionTimestamp) throw conflict(context, namespace, name, 'it is being deleted.');
  if (subscriptionsOf(known, owners).length === 0) {
    const { items: plans } = await listPlans(context.kube, { namespace });
    const state = classifyPlan(known, plans, owners, context.kube.now());
    throw conflict(context, namespace, name, whyUnwanted(state, known.status?.phase));
  }
  try {
    const patch = approvalPatch(reviewed);
    const approved = await context.kube.jsonPatch<InstallPlanObject>(installPlans, name, patch, {
      namespace,
    });
    return describeInstallPlan(approved, owners);
  } catch (error) {
    if (!(error instanceof KubeError) || ![404, 422].includes(error.status)) throw error;
    // The API server does not tell which test failed.
    const now = await getPlan(context.kube, { namespace, name }).catch(unlessGone);
    const changed = now ? whatChanged(now, reviewed) : 'it does not exist any more.';
    throw changed ? conflict(context, namespace, name, changed) : error;
  }
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof KubeError) || error.status !== 404) throw error;
}

/** Why a plan that no Subscription's `installPlanRef` names is not approved. */
function whyUnwanted(state: PlanState, phase: string | undefined): string {
  if (state.id === 'superseded')
    return `it is superseded, OLM follows InstallPlan "${state.by}" in its place.`;
  if (state.id === 'orphaned') return 'it is orphaned, the Subscription that it was made for is gone.';
  if (state.id === 'preparing') return 'OLM is still writing it.';
  return `it is approved already, and its phase is ${phase || 'not set'}.`;
}

function conflict(context: Context, namespace: string, name: string, what: string): ProblemError {
  return new ProblemError(
    'conflict',
    `InstallPlan "${name}" was not approved: ${what} Review what waits now.`,
    { cluster: context.cluster.name, verb: 'patch', resource: 'installplans', namespace, name },
  );
}
