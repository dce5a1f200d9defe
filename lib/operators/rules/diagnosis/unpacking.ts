import { readCondition } from '../conditions';
import type { ApiObject, Condition, InstallPlanObject } from '../objects';
import { field, list, text } from '../untrusted';
import { conditionOf, type Finding, type Scene, warningOf, witness, wordsOf } from './facts';
import { causeInMessage, unpackCause } from './failure-message';
import { podFinding } from './pod-trouble';
import { imageOf, isActive, isFailed, jobOf, podsOf } from './unpack-jobs';

/** OLM unpacks bundle images with a Job in the catalog's namespace; what becomes of it, while there is no plan. */
export function unpackFinding(scene: Scene): Finding | undefined {
  const { subscription } = scene;
  const failed = conditionOf(subscription, 'BundleUnpackFailed');
  const unpacking = conditionOf(subscription, 'BundleUnpacking');
  if (!failed && !unpacking) return undefined;
  if (failed) return failedFinding(scene, failed);
  const job = jobOf(scene, isActive);
  const told = unpackCause(unpacking?.message);
  return (
    jobTrouble(scene, job, told?.retries ?? true) ??
    (told && {
      cause: told,
      says: witness(subscription, 'status.conditions[BundleUnpacking]'),
      since: unpacking?.lastTransitionTime,
      detail: wordsOf(unpacking?.message),
    }) ?? {
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

function failedFinding(scene: Scene, failed: Condition): Finding {
  const { subscription } = scene;
  const said = { since: failed.lastTransitionTime, detail: wordsOf(failed.message) };
  const condition = witness(subscription, 'status.conditions[BundleUnpackFailed]');
  const known = causeInMessage(failed.message);
  // OLM puts this reason here when its write of the plan itself was refused; the bundle is fine, and it tries again.
  if (failed.reason === 'EnsureInstallPlanFailed') {
    return { cause: known ?? { id: 'slow', stage: 'planning', overdue: false }, says: condition, ...said };
  }
  if (known) return { cause: known, says: condition, ...said };
  const ended = jobOf(scene, isFailed);
  const says = ended ? witness(ended, 'status.conditions[Failed]') : condition;
  const job = ended ?? jobOf(scene, isActive);
  const told = unpackCause(failed.message);
  const retries = told?.retries ?? false;
  // The deadline only says that it took too long; what took so long is told by the pod, or by why there was none.
  const trouble = jobTrouble(scene, job, retries);
  if (trouble)
    return { cause: trouble.cause, says, since: said.since, detail: trouble.detail ?? said.detail };
  const image = job && imageOf(job);
  return {
    cause: { id: 'unpackFailed', image, reason: told?.reason || failed.reason, retries },
    says,
    ...said,
  };
}

/** What keeps the pod of an unpack Job, or keeps the Job from making one. */
function jobTrouble(scene: Scene, job: ApiObject | undefined, retries: boolean): Finding | undefined {
  if (!job) return undefined;
  const pods = podsOf(scene, job);
  for (const pod of pods) {
    const found = podFinding(pod, scene.facts);
    if (!found) continue;
    const { why, since, detail } = found;
    const image = imageOf(job) || found.image;
    return {
      cause: { id: 'unpackFailed', image, reason: text(detail, 200) || why, why, retries },
      says: witness(pod, found.field),
      since,
      detail: wordsOf(detail),
    };
  }
  const refused =
    pods.length > 0 ? undefined : warningOf(scene.facts, 'Job', job.metadata.name, ['FailedCreate']);
  if (!refused) return undefined;
  return {
    cause: causeInMessage(refused.message) ?? {
      id: 'unpackFailed',
      image: imageOf(job),
      reason: 'FailedCreate',
      why: 'refused',
      retries,
    },
    says: witness(job, 'status'),
    since: refused.time,
    detail: wordsOf(refused.message),
  };
}

/**
 * Older versions of OLM unpack bundles while they carry a plan out, and tell of it in the plan itself
 * (`status.bundleLookups`, with `BundleLookupPending` until it is done).
 */
export function lookupFinding(plan: InstallPlanObject): Finding | undefined {
  const lookups = list(field(plan.status, 'bundleLookups'), (lookup) => lookup, 200);
  const findings = lookups.flatMap((lookup) => ofLookup(plan, lookup) ?? []);
  return findings.find(({ cause }) => cause.id !== 'slow') ?? findings[0];
}

function ofLookup(plan: InstallPlanObject, lookup: unknown): Finding | undefined {
  const conditions = list(field(lookup, 'conditions'), readCondition);
  const holding = (type: string) => conditions.find((one) => one.type === type && one.status === 'True');
  const failed = holding('BundleLookupFailed');
  const condition = failed ?? holding('BundleLookupPending');
  if (!condition) return undefined;
  const says = witness(plan, `status.bundleLookups[${text(field(lookup, 'identifier'), 253)}]`);
  const said = { says, since: condition.lastTransitionTime, detail: wordsOf(condition.message) };
  const image = text(field(lookup, 'path'), 1000) || undefined;
  if (failed) return { cause: { id: 'unpackFailed', image, reason: failed.reason, retries: false }, ...said };
  const catalog = field(lookup, 'catalogSourceRef');
  if (condition.reason === 'CatalogSourceMissing') {
    const [name, catalogNamespace] = [
      text(field(catalog, 'name'), 253),
      text(field(catalog, 'namespace'), 253),
    ];
    return { cause: { id: 'catalogMissing', catalog: name, catalogNamespace }, ...said };
  }
  const told = unpackCause(condition.message);
  return { cause: told ? { ...told, image } : { id: 'slow', stage: 'unpacking', overdue: false }, ...said };
}
