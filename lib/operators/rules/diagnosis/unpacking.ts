import type { ApiObject, Condition } from '../objects';
import { field, list, text } from '../untrusted';
import { anyConditionOf, conditionOf, type Finding, type Scene, warningOf, witness, wordsOf } from './facts';
import { causeInMessage, unpackCause } from './failure-message';
import { podFinding } from './pod-trouble';

const REF = 'operatorframework.io/bundle-unpack-ref';

/** OLM unpacks bundle images with a Job in the catalog's namespace; what becomes of it, while there is no plan. */
export function unpackFinding(scene: Scene): Finding | undefined {
  const { subscription } = scene;
  const failed = conditionOf(subscription, 'BundleUnpackFailed');
  const unpacking = conditionOf(subscription, 'BundleUnpacking');
  if (!failed && !unpacking) return undefined;
  const job = jobOf(scene, failed !== undefined);
  const pod = job && podTrouble(scene, job);
  if (failed) return failedFinding(scene, failed, job, pod?.detail);
  if (job && pod) {
    return {
      cause: {
        id: 'unpackFailed',
        image: imageOf(job) || pod.image,
        reason: text(pod.detail, 200) || pod.why,
        retries: true,
      },
      says: pod.says,
      since: pod.since,
      detail: wordsOf(pod.detail),
    };
  }
  return (
    refusedJob(scene, job) ?? {
      cause: { id: 'slow', stage: 'unpacking', overdue: false },
      says: job ? witness(job, 'status.active') : witness(subscription, 'status.conditions[BundleUnpacking]'),
      since:
        job?.metadata.creationTimestamp ??
        unpacking?.lastTransitionTime ??
        subscription.metadata.creationTimestamp,
      detail: wordsOf(unpacking?.message),
    }
  );
}

function failedFinding(
  { subscription, planName }: Scene,
  failed: Condition,
  job: ApiObject | undefined,
  podDetail: string | undefined,
): Finding {
  const said = { since: failed.lastTransitionTime, detail: wordsOf(failed.message) };
  const condition = witness(subscription, 'status.conditions[BundleUnpackFailed]');
  // OLM puts this reason here when its write of the plan itself was refused; the bundle is fine.
  if (failed.reason === 'EnsureInstallPlanFailed') {
    const cause = causeInMessage(failed.message) ?? { id: 'planFailed', plan: planName ?? '' };
    return { cause, says: condition, ...said };
  }
  const told = unpackCause(failed.message);
  return {
    cause: causeInMessage(failed.message) ?? {
      id: 'unpackFailed',
      image: job && imageOf(job),
      reason: text(podDetail, 200) || told?.reason || failed.reason,
      retries: told?.retries ?? false,
    },
    says: job ? witness(job, 'status.conditions[Failed]') : condition,
    ...said,
  };
}

/** A Job without pods: something refuses to let it make them. */
function refusedJob({ facts }: Scene, job: ApiObject | undefined): Finding | undefined {
  const warning = job && warningOf(facts, 'Job', job.metadata.name, ['FailedCreate']);
  const cause = causeInMessage(warning?.message);
  if (!warning || !cause) return undefined;
  return { cause, says: witness(job, 'status'), since: warning.time, detail: wordsOf(warning.message) };
}

/**
 * The Job that works for this Subscription. Nothing ties them before there is a plan: it is the one that failed or is
 * active, made after the Subscription or for an image that names the package; of several it is one that names it.
 */
function jobOf({ facts, subscription }: Scene, failed: boolean): ApiObject | undefined {
  const names = (job: ApiObject) => imageOf(job)?.includes(subscription.spec.name) === true;
  const candidates = (facts.jobs ?? []).filter((job) => {
    if (job.metadata.labels?.[REF] === undefined) return false;
    if (job.metadata.namespace !== subscription.spec.sourceNamespace) return false;
    // Whoever subscribes again meets the Job of the same image that the attempt before has left.
    if (job.metadata.creationTimestamp < subscription.metadata.creationTimestamp && !names(job)) return false;
    const ended = anyConditionOf(job, failed ? 'Failed' : 'Complete')?.status === 'True';
    return failed ? ended : !ended && anyConditionOf(job, 'Failed')?.status !== 'True';
  });
  if (candidates.length < 2) return candidates[0];
  return candidates.find(names);
}

function imageOf(job: ApiObject): string | undefined {
  const pod = field(field(job.spec, 'template'), 'spec');
  const containers = [
    ...list(field(pod, 'initContainers'), (it) => it),
    ...list(field(pod, 'containers'), (it) => it),
  ];
  const pull = containers.find((container) => field(container, 'name') === 'pull');
  return text(field(pull, 'image'), 1000) || undefined;
}

function podTrouble({ facts }: Scene, job: ApiObject) {
  const pods = (facts.pods ?? []).filter(
    ({ metadata }) =>
      metadata.namespace === job.metadata.namespace && metadata.labels?.['job-name'] === job.metadata.name,
  );
  for (const pod of pods) {
    const found = podFinding(pod, facts);
    if (found) return { ...found, says: witness(pod, found.field) };
  }
  return undefined;
}
