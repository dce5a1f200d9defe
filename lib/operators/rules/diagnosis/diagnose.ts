import { latestCondition } from '../conditions';
import type { ClusterServiceVersionObject } from '../objects';
import { field, text } from '../untrusted';
import { catalogFinding, packageFinding } from './catalog-trouble';
import type { Cause, Diagnosis, Stage } from './cause';
import { clusterServiceVersionFinding, copyFinding, predecessorFinding } from './csv-trouble';
import {
  conditionOf,
  type DiagnosisFacts,
  type Finding,
  isOlder,
  isPatientEnough,
  type Place,
  type Scene,
  type Surroundings,
  sceneOf,
  witness,
  wordsOf,
} from './facts';
import { causeInMessage, unpackCause } from './failure-message';
import { groupServiceAccountFinding, operatorGroupFinding } from './group-trouble';
import { isOverdue, usualFor } from './patience';
import {
  generatorFinding,
  missingPlanFinding,
  otherPlanFinding,
  planFinding,
  strayPlanFinding,
} from './plan-trouble';
import { resolutionFinding } from './resolution';
import { unpackFinding } from './unpacking';

/**
 * Says what the installation behind one Subscription waits for: the cause, the object that says so, and since
 * when.
 *
 * What is furthest along is asked first: the ClusterServiceVersion, then the InstallPlan, then the Subscription's own
 * conditions. OLM leaves conditions behind, so those never speak against a ClusterServiceVersion that has succeeded.
 * Facts that could not be read (`undefined`) are never taken as missing.
 */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const { creationTimestamp } = facts.subscription.metadata;
  const scene = sceneOf(facts);
  const finding = unlessHindered(scene, find(scene));
  const ofSubscription = finding.says.kind === 'Subscription';
  return told(
    { ...finding, since: finding.since || (ofSubscription ? creationTimestamp : undefined) },
    facts.now,
  );
}

/** The same for a ClusterServiceVersion that no Subscription heads for: one made by hand, or left over. */
export function diagnoseClusterServiceVersion(
  version: ClusterServiceVersionObject,
  facts: Surroundings,
): Diagnosis {
  const { metadata } = version;
  if (metadata.deletionTimestamp) return told(leaving(version, metadata.deletionTimestamp), facts.now);
  if (version.status?.phase === 'Succeeded') return told(running(version), facts.now);
  const place = { facts, namespace: metadata.namespace ?? '' };
  return told(unlessHindered(place, clusterServiceVersionFinding(place, version)), facts.now);
}

/** Where nothing but slowness is found, the OperatorGroup may say what OLM itself lacks. */
function unlessHindered(place: Place, finding: Finding): Finding {
  const { cause } = finding;
  if (cause.id !== 'slow' || cause.stage === 'uninstalling') return finding;
  return groupServiceAccountFinding(place) ?? finding;
}

function told(finding: Finding, now: number): Diagnosis {
  const cause = withPatience(finding.cause, finding.since, now);
  return { ...finding, cause, usual: usualFor(cause) };
}

function find(scene: Scene): Finding {
  const { subscription, target, plan } = scene;
  if (subscription.metadata.deletionTimestamp)
    return leaving(subscription, subscription.metadata.deletionTimestamp);
  if (target?.metadata.deletionTimestamp) return leaving(target, target.metadata.deletionTimestamp);
  if (target?.status?.phase === 'Succeeded') return running(target);
  if (plan && plan.status?.phase !== 'Complete') {
    const finding = planFinding(scene, plan);
    // While OLM executes the plan, the ClusterServiceVersion knows more than `Installing`.
    if (finding.cause.id !== 'slow' || !target) return finding;
  }
  if (target) {
    const finding = clusterServiceVersionFinding(scene, target);
    return (finding.cause.id === 'slow' && predecessorFinding(scene, target)) || finding;
  }
  if (plan) return unreachedFinding(scene, plan.status?.conditions?.[0]?.lastTransitionTime);
  return beforePlan(scene);
}

function running(version: ClusterServiceVersionObject): Finding {
  return {
    cause: { id: 'none' },
    says: witness(version, 'status.phase'),
    since: version.status?.lastTransitionTime,
  };
}

function leaving(object: Parameters<typeof witness>[0], since: string): Finding {
  return { cause: slow('uninstalling'), says: witness(object, 'metadata.deletionTimestamp'), since };
}

/** The plan is complete and the ClusterServiceVersion is not there. */
function unreachedFinding(scene: Scene, done: string | undefined): Finding {
  const { facts, subscription, plan } = scene;
  const copy = copyFinding(scene);
  if (copy) return copy;
  const name = subscription.status?.currentCSV ?? '';
  if (
    facts.clusterServiceVersions !== undefined &&
    name &&
    isOlder(done ?? plan?.metadata.creationTimestamp, facts.now)
  ) {
    return {
      cause: { id: 'clusterServiceVersionMissing', clusterServiceVersion: name },
      says: witness(subscription, 'status.currentCSV'),
      since: done,
    };
  }
  // Whoever may not read ClusterServiceVersions can't tell whether it runs since long.
  const since = facts.clusterServiceVersions === undefined ? undefined : done;
  return { cause: slow('executing'), says: witness(plan ?? subscription, 'status.phase'), since };
}

/** There is no plan, or it can't be read: what the Subscription, the namespace and the catalog tell. */
function beforePlan(scene: Scene): Finding {
  return (
    planUnread(scene) ??
    missingPlanFinding(scene) ??
    operatorGroupFinding(scene) ??
    generatorFinding(scene) ??
    (isUnpacking(scene) ? undefined : resolutionFinding(scene)) ??
    patient(scene, strayPlanFinding(scene)) ??
    unpackFinding(scene) ??
    catalogFinding(scene) ??
    otherPlanFinding(scene) ??
    packageFinding(scene) ??
    resolvingFinding(scene)
  );
}

/** A version may run already: OLM resolves the namespace anew when the plan of an upgrade was deleted, for instance. */
function resolvingFinding({ subscription, running: version }: Scene): Finding {
  if (version?.status?.phase === 'Succeeded') return running(version);
  const since =
    text(field(subscription.status, 'lastUpdated'), 50) || subscription.metadata.creationTimestamp;
  return { cause: slow('resolving'), says: witness(subscription, 'status'), since };
}

/** OLM starts to unpack once it has resolved the namespace, and leaves what it said before that beside it. */
function isUnpacking({ subscription }: Scene): boolean {
  const types = ['ResolutionFailed', 'BundleUnpacking', 'BundleUnpackFailed'];
  return latestCondition(subscription, types)?.type.startsWith('BundleUnpack') === true;
}

/** Plans may not be read; the condition about the plan is all that is known. */
function planUnread({ facts, subscription, namespace, planName, running }: Scene): Finding | undefined {
  if (!planName || facts.installPlans !== undefined) return undefined;
  const pending = conditionOf(subscription, 'InstallPlanPending');
  const failed = conditionOf(subscription, 'InstallPlanFailed');
  const condition = failed ?? pending;
  // Without a condition the plan is done: nothing tells since when.
  const plan = { kind: 'InstallPlan', namespace, name: planName };
  if (!condition) return { cause: slow('executing'), says: plan };
  const said = {
    says: witness(subscription, `status.conditions[${condition.type}]`),
    since: condition.lastTransitionTime,
    detail: wordsOf(condition.message),
  };
  if (failed) {
    const known = causeInMessage(failed.message) ?? unpackCause(failed.message);
    return { cause: known ?? { id: 'planFailed', plan: planName }, ...said };
  }
  if (pending?.reason !== 'RequiresApproval') {
    return { cause: unpackCause(pending?.message) ?? slow('executing'), ...said };
  }
  const upgrade = running !== undefined || Boolean(subscription.status?.installedCSV);
  return { cause: { id: 'waitsForApproval', plan: planName, upgrade, others: [] }, ...said };
}

function patient(scene: Scene, finding: Finding | undefined): Finding | undefined {
  return isPatientEnough(scene) ? finding : undefined;
}

function slow(stage: Stage): Cause {
  return { id: 'slow', stage, overdue: false };
}

function withPatience(cause: Cause, since: string | undefined, now: number): Cause {
  return cause.id === 'slow' ? { ...cause, overdue: isOverdue(cause.stage, since, now) } : cause;
}
