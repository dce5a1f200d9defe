import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformContext } from '@/lib/kube/context';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { InstallPlanObject } from '@/lib/operators/rules/objects';
import { approveInstallPlan } from '@/lib/operators/server/approve-install-plan';
import { installPlans } from '@/lib/operators/server/refs';
import { upgradePlugin } from '@/lib/plugins/server/upgrade-plugin';
import type { Step } from '../../features-contract';
import { isSent, type RunFacts } from '../../rules/features/judge-step';
import { waitAfter } from './patience';

const ATTEMPTS = 8;

/** What became of a step's write. */
export type Performed = { sent: true } | { sent: false; code: 'refused'; detail: string };

/**
 * Makes the one write of a step: approves the operator's plan as it was reviewed, or changes the plugin's version. A
 * write that was made already, by whomever, is not made again. Whatever may pass by itself (409, 429, 5xx, a lost
 * connection) is tried again, after a look at whether it was done all the same.
 * @param facts the cluster as it is now
 * @throws KubeError 401 when the cluster no longer accepts the user's token
 */
export async function performStep(
  context: PlatformContext,
  step: Step,
  facts: () => RunFacts,
): Promise<Performed> {
  for (let attempt = 1; ; attempt++) {
    if (isSent(step, facts())) return { sent: true };
    try {
      await (step.kind === 'operator' ? approve(context, step) : upgrade(context, step));
      return { sent: true };
    } catch (error) {
      if (context.signal.aborted) throw error;
      if (await wasDoneByOthers(context, step, error)) return { sent: true };
      if (error instanceof KubeError && error.status === 401) throw error;
      const wait = attempt < ATTEMPTS ? waitAfter(error, attempt) : undefined;
      if (wait === undefined) return { sent: false, code: 'refused', detail: sentenceOf(error) };
      await pause(wait, undefined, { signal: context.signal });
    }
  }
}

async function approve(context: PlatformContext, { namespace, plan }: Step): Promise<void> {
  if (!namespace || !plan) {
    throw new ProblemError('invalid-input', 'No InstallPlan of it is known.', {
      cluster: context.cluster.name,
    });
  }
  await approveInstallPlan(context, { namespace, name: plan.name, reviewed: plan });
}

async function upgrade({ global, ...context }: PlatformContext, { name, to }: Step): Promise<void> {
  if (!global) {
    throw new ProblemError(
      'not-found',
      'Cluster plugins are kept on the global cluster, which is closed to you.',
      {
        cluster: context.cluster.name,
      },
    );
  }
  await upgradePlugin({ ...context, global }, { name, upgrade: { version: to }, dryRun: false });
}

/** A conflict, or an obstacle such as `not-newer`, may only say that somebody was faster. */
async function wasDoneByOthers(context: PlatformContext, step: Step, error: unknown): Promise<boolean> {
  const { namespace, plan } = step;
  if (!(error instanceof ProblemError) || !namespace || !plan) return false;
  const known = await context.kube
    .get<InstallPlanObject>(installPlans, plan.name, { namespace })
    .catch((failed: unknown) => {
      if (failed instanceof KubeError || failed instanceof ConnectionError) return undefined;
      throw failed;
    });
  return known?.metadata.uid === plan.uid && known.spec.approved === true;
}

function sentenceOf(error: unknown): string {
  if (error instanceof ProblemError) return error.detail;
  if (error instanceof KubeError || error instanceof ConnectionError) {
    const { cluster, verb, resource, namespace } = error.place;
    const where = namespace ? ` in namespace "${namespace}"` : '';
    return `Cluster "${cluster}" was asked to ${verb} ${resource}${where}: ${error.message}`;
  }
  throw error;
}
