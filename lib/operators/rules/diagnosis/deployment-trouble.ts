import type { ApiObject, ClusterServiceVersionObject } from '../objects';
import { field, list, record, text } from '../untrusted';
import type { Cause } from './cause';
import {
  anyConditionOf,
  type Finding,
  isOlder,
  type Place,
  type Surroundings,
  warningsOf,
  witness,
  wordsOf,
} from './facts';
import { causeInMessage } from './failure-message';
import { podFinding } from './pod-trouble';

// OLM calls an installation failed after five minutes; a page should not wait as long to say that it looks bad.
const PATIENCE_SECONDS = 180;

/** Which Deployment of a ClusterServiceVersion does not serve, and why, down to its pods. */
export function deploymentFinding(place: Place, version: ClusterServiceVersionObject): Finding | undefined {
  const { facts } = place;
  const bad = deploymentsOf(place, version).filter((deployment) => !isAvailable(deployment));
  for (const deployment of bad) {
    const found = ofDeployment(facts, deployment);
    if (found) return found;
  }
  const [slow] = bad;
  const since = version.status?.lastTransitionTime;
  if (!slow || !isOlder(since, facts.now, PATIENCE_SECONDS)) return undefined;
  const available = anyConditionOf(slow, 'Available');
  return {
    cause: { id: 'deploymentUnavailable', deployment: slow.metadata.name, why: 'notReady' },
    says: witness(slow, 'status.conditions[Available]'),
    since: available?.lastTransitionTime ?? since,
    detail: wordsOf(available?.message),
  };
}

const waitsFor =
  /(?:waiting for deployment |install failed: deployment |missing deployment with name=)([^\s,"':]{1,253})/;

/** Whether these words of OLM say for which Deployment it waited. */
export function namesDeployment(words: string): boolean {
  return waitsFor.test(words);
}

/**
 * The Deployment that a ClusterServiceVersion itself calls not ready, where nothing else tells of it: it may not be
 * read, or is gone. While OLM installs, the same words stand there in good times.
 */
export function deploymentInMessage(
  place: Place,
  version: ClusterServiceVersionObject,
  words: string,
): Cause | undefined {
  // A Deployment that OLM has just changed on purpose.
  if (words.includes('deployment changed old hash'))
    return { id: 'slow', stage: 'deploying', overdue: false };
  const [only, second] = deploymentNames(version);
  const timedOut = words === 'install timeout' && !second ? only : undefined;
  const deployment = waitsFor.exec(words)?.[1] ?? timedOut;
  const own = deploymentsOf(place, version).find(({ metadata }) => metadata.name === deployment);
  if (!deployment || (own && isAvailable(own))) return undefined;
  const { phase, lastTransitionTime } = version.status ?? {};
  const failed = phase === 'Failed' || isOlder(lastTransitionTime, place.facts.now, PATIENCE_SECONDS);
  return failed ? { id: 'deploymentUnavailable', deployment, why: 'notReady' } : undefined;
}

/** The Deployments of a ClusterServiceVersion, as far as they are there and may be read. */
export function deploymentsOf(
  { facts, namespace }: Place,
  version: ClusterServiceVersionObject,
): ApiObject[] {
  const names = deploymentNames(version);
  return (facts.deployments ?? []).filter(
    ({ metadata }) => names.includes(metadata.name) && metadata.namespace === namespace,
  );
}

function deploymentNames({ spec }: ClusterServiceVersionObject): string[] {
  return list(spec?.install?.spec?.deployments, (one) => text(field(one, 'name'), 253) || undefined);
}

/** Whether a Deployment serves with all its replicas, in its present version. */
export function isAvailable(deployment: ApiObject): boolean {
  return (
    anyConditionOf(deployment, 'Available')?.status === 'True' &&
    hasAllPods(deployment) &&
    !field(deployment.status, 'unavailableReplicas')
  );
}

/** Whether as many pods of its present version are made as it wants. */
function hasAllPods({ spec, status }: ApiObject): boolean {
  const wanted = field(spec, 'replicas');
  const updated = field(status, 'updatedReplicas');
  return typeof wanted !== 'number' || wanted === 0 || (typeof updated === 'number' && updated >= wanted);
}

function ofDeployment(facts: Surroundings, deployment: ApiObject): Finding | undefined {
  const replicaSets = newest((facts.replicaSets ?? []).filter((set) => isOwnedBy(set, deployment)));
  const pods = podsOf(facts, deployment, replicaSets);
  for (const pod of pods) {
    const found = podFinding(pod, facts);
    if (!found) continue;
    return {
      cause: {
        id: 'deploymentUnavailable',
        deployment: deployment.metadata.name,
        pod: pod.metadata.name,
        why: found.why,
        image: found.image,
        container: found.container,
      },
      says: witness(pod, found.field),
      since: found.since ?? pod.metadata.creationTimestamp,
      detail: wordsOf(found.detail),
    };
  }
  return refused(facts, deployment, replicaSets, pods) ?? outOfTime(facts, deployment, pods);
}

/** Of a Deployment in the middle of an upgrade, what the pods of its old ReplicaSets say is over. */
function newest(replicaSets: readonly ApiObject[]): ApiObject[] {
  const revision = ({ metadata }: ApiObject) =>
    Number(metadata.annotations?.['deployment.kubernetes.io/revision']) || 0;
  const highest = Math.max(...replicaSets.map(revision));
  return replicaSets.filter((set) => revision(set) === highest);
}

/** No pod can be made: a quota, a webhook or a missing right refuses them. */
function refused(
  facts: Surroundings,
  deployment: ApiObject,
  replicaSets: readonly ApiObject[],
  pods: readonly ApiObject[],
): Finding | undefined {
  for (const object of [...replicaSets, deployment]) {
    const failure = anyConditionOf(object, 'ReplicaFailure');
    if (failure?.status !== 'True') continue;
    return refusal(deployment, object, failure.message, failure.lastTransitionTime);
  }
  // Events stay for an hour; a pod that is there has not been refused.
  if (facts.pods ? pods.some(isAlive) : hasAllPods(deployment)) return undefined;
  const sets = new Set(replicaSets.map(({ metadata }) => metadata.name));
  // Without ReplicaSets, which not everybody may read, their names tell.
  const isSet = (name: string) =>
    sets.size > 0 ? sets.has(name) : name.startsWith(`${deployment.metadata.name}-`);
  const [event] = warningsOf(facts, ({ kind, name }) => kind === 'ReplicaSet' && isSet(name), [
    'FailedCreate',
  ]).slice(-1);
  return event && refusal(deployment, event.event, event.message, event.time, 'message');
}

function refusal(
  deployment: ApiObject,
  object: ApiObject,
  message: string | undefined,
  since: string | undefined,
  where = 'status.conditions[ReplicaFailure]',
): Finding {
  return {
    cause: causeInMessage(message) ?? {
      id: 'deploymentUnavailable',
      deployment: deployment.metadata.name,
      why: 'refused',
    },
    says: witness(object, where),
    since,
    detail: wordsOf(message),
  };
}

function outOfTime(
  { pods: read }: Surroundings,
  deployment: ApiObject,
  pods: readonly ApiObject[],
): Finding | undefined {
  const progressing = anyConditionOf(deployment, 'Progressing');
  if (progressing?.status !== 'False') return undefined;
  const why = read !== undefined && pods.length === 0 ? 'noPods' : 'notReady';
  return {
    cause: { id: 'deploymentUnavailable', deployment: deployment.metadata.name, why },
    says: witness(deployment, 'status.conditions[Progressing]'),
    since: progressing.lastTransitionTime,
    detail: wordsOf(progressing.message),
  };
}

/** The newest first. A pod that has failed stays, evicted for instance, after its ReplicaSet has made another one. */
function podsOf(facts: Surroundings, deployment: ApiObject, replicaSets: readonly ApiObject[]): ApiObject[] {
  const labels = Object.entries(record(field(field(deployment.spec, 'selector'), 'matchLabels')));
  const pods = (facts.pods ?? [])
    .filter((pod) => {
      if (pod.metadata.namespace !== deployment.metadata.namespace || pod.metadata.deletionTimestamp)
        return false;
      if (replicaSets.length > 0) return replicaSets.some((set) => isOwnedBy(pod, set));
      // Without ReplicaSets, which not everybody may read, the selector tells.
      return labels.length > 0 && labels.every(([key, value]) => pod.metadata.labels?.[key] === value);
    })
    .sort((left, right) => right.metadata.creationTimestamp.localeCompare(left.metadata.creationTimestamp));
  return pods.some(isAlive) ? pods.filter(isAlive) : pods;
}

function isAlive({ status }: ApiObject): boolean {
  const phase = field(status, 'phase');
  return phase !== 'Failed' && phase !== 'Succeeded';
}

function isOwnedBy(object: ApiObject, owner: ApiObject): boolean {
  const references = list(field(object.metadata, 'ownerReferences'), (it) => text(field(it, 'uid'), 128), 20);
  return references.includes(owner.metadata.uid);
}
