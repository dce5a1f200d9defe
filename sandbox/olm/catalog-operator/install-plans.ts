import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { now } from '../../now.ts';
import type { InstallPlan, Step } from '../api.ts';
import { setCondition } from '../conditions.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { timing } from '../timing.ts';
import { executeStep } from './execute-step.ts';
import { StepManifests } from './step-manifests.ts';

/**
 * Carries InstallPlans out: RequiresApproval → (approved) Installing → Complete, or Failed when a step can't be done
 * within the retry window. A plan without a phase is left alone, as OLM does.
 */
export function runInstallPlans(olm: OlmContext): void {
  const { cluster, installPlans } = olm;
  const { clock, signal } = cluster;
  runController({
    name: 'install-plans',
    signal,
    clock,
    concurrency: 32,
    watches: [watchOf(installPlans, ({ type, object }) => (type === 'DELETED' ? [] : [keyOf(object)]))],
    reconcile: async (key) => {
      const plan = installPlans.get(key);
      const phase = plan?.status?.phase;
      if (!plan || plan.metadata.deletionTimestamp) return undefined;
      if (phase === 'RequiresApproval' && plan.spec.approved) {
        await clock.sleep(timing.planInstalling, signal);
        await change(olm, plan, (status) => {
          if (status.phase !== 'RequiresApproval') return false;
          status.phase = 'Installing';
          status.startTime = now();
          return true;
        });
        return undefined;
      }
      if (phase === 'Installing') return install(olm, plan);
      return undefined;
    },
  });
}

async function install(olm: OlmContext, plan: InstallPlan): Promise<{ requeueAfterMs: number } | undefined> {
  const { clock, signal } = olm.cluster;
  const steps = structuredClone(plan.status?.plan ?? []);
  const fresh = steps.every(({ status }) => status === 'Unknown');
  if (fresh && !plan.status?.message) await clock.sleep(timing.planFirstStep, signal);
  let failure = await runSteps(olm, plan, steps, fresh);
  await clock.sleep(timing.planStatusAfterSteps, signal);
  if (signal.aborted) return undefined;
  if (fresh && (await writtenSince(olm, plan))) {
    // The status can't be written over what came between, so OLM goes through the steps again and finds its own
    // objects `Present`. That is what becomes of plans that nobody had to approve: their label comes meanwhile.
    for (const step of steps) step.status = 'Unknown';
    failure = await runSteps(olm, plan, steps, false);
  }
  if (failure) return fail(olm, plan, steps, failure);
  const waiting = steps.some(({ status }) => status === 'WaitingForApi');
  await change(olm, plan, (status) => {
    status.plan = steps;
    delete status.message;
    if (!waiting) {
      const time = now();
      status.phase = 'Complete';
      status.conditions ??= [];
      setCondition(status.conditions, {
        type: 'Installed',
        status: 'True',
        lastTransitionTime: time,
        lastUpdateTime: time,
      });
    }
    return true;
  });
  return waiting ? { requeueAfterMs: timing.planNextPass - timing.planStatusAfterSteps } : undefined;
}

/** Whether somebody else wrote the plan after it was read. */
async function writtenSince(olm: OlmContext, { metadata }: InstallPlan): Promise<boolean> {
  const { namespace, name = '', resourceVersion } = metadata;
  const latest = await olm.cluster.client.find<InstallPlan>(refs.installPlans, { namespace, name });
  return latest !== undefined && latest.metadata.resourceVersion !== resourceVersion;
}

/** What comes in one go at the beginning of a plan; the rest follows after a moment, so that the CSV misses it first. */
const leading = ['ClusterServiceVersion', 'CustomResourceDefinition'];

/** Goes through what is not done yet; stops at the first step that can't be done and gives its error. */
async function runSteps(
  olm: OlmContext,
  plan: InstallPlan,
  steps: Step[],
  fresh: boolean,
): Promise<Error | undefined> {
  const { clock, signal } = olm.cluster;
  const manifests = new StepManifests(olm, plan);
  let paused = !fresh;
  for (const step of steps) {
    if (step.status === 'Created' || step.status === 'Present') continue;
    if (!paused && !leading.includes(step.resource.kind)) {
      paused = true;
      await clock.sleep(timing.planSecondStep, signal);
      await requirementsSeen(olm, plan);
    }
    try {
      step.status = await executeStep(olm, plan, step, manifests);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
  return undefined;
}

/**
 * Waits until the olm-operator has looked at the new CSVs: on a real cluster it always does before the plan's next
 * objects come. Gives up after a second; a CSV that is not looked at (wrong OperatorGroup) must not stop the plan.
 */
async function requirementsSeen(olm: OlmContext, { metadata, spec }: InstallPlan): Promise<void> {
  const until = Date.now() + 1_000;
  const seen = () =>
    spec.clusterServiceVersionNames.every((name) => {
      const { reason } = olm.csvs.get({ namespace: metadata.namespace, name })?.status ?? {};
      return reason !== undefined && reason !== 'RequirementsUnknown';
    });
  while (!seen() && Date.now() < until && !olm.cluster.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function fail(
  olm: OlmContext,
  plan: InstallPlan,
  steps: Step[],
  failure: Error,
): Promise<{ requeueAfterMs: number } | undefined> {
  const { speed } = olm.cluster.clock;
  const since = (Date.now() - Date.parse(plan.status?.startTime ?? now())) * speed;
  // Times are whole seconds, so a fast clock must not call the window over before the first retry.
  const over = since > timing.planRetryWindow + 1_000 * speed;
  const message = over ? failure.message : `retrying execution due to error: ${failure.message}`;
  await change(olm, plan, (status) => {
    const same = status.message === message && JSON.stringify(status.plan) === JSON.stringify(steps);
    status.plan = steps;
    status.message = message;
    if (over) {
      const time = now();
      status.phase = 'Failed';
      status.conditions ??= [];
      setCondition(status.conditions, {
        type: 'Installed',
        status: 'False',
        reason: 'InstallComponentFailed',
        message: failure.message,
        lastTransitionTime: time,
        lastUpdateTime: time,
      });
    }
    return over || !same;
  });
  return over ? undefined : { requeueAfterMs: timing.planRetry };
}

async function change(
  olm: OlmContext,
  plan: InstallPlan,
  edit: (status: NonNullable<InstallPlan['status']>) => boolean,
): Promise<void> {
  const { namespace, name = '', uid } = plan.metadata;
  await changeStatus<InstallPlan>(
    olm.cluster.client,
    refs.installPlans,
    { namespace, name },
    (latest) => latest.metadata.uid === uid && latest.status !== undefined && edit(latest.status),
  );
}
