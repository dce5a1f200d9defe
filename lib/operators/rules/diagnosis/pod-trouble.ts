import type { ApiObject } from '../objects';
import { field, list, text } from '../untrusted';
import type { PodTrouble } from './cause';
import { anyConditionOf, isOlder, type Surroundings, warningOf } from './facts';

/** What keeps a pod from serving. */
export interface PodFinding {
  why: PodTrouble;
  container?: string;
  image?: string;
  since?: string;
  detail?: string;
  /** Where in the pod it stands. */
  field: string;
}

const PULL = [
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'ImageInspectError',
  'SignatureValidationFailed',
];
const CONFIGURATION = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
];

// Operators often fail a probe or two while they start, and find volumes that others are about to make.
const STARTING_SECONDS = 20;

/** What the reason for which a container waits means; `undefined` while it only starts. */
export function troubleOfReason(reason: string): PodTrouble | undefined {
  if (PULL.includes(reason)) return 'imagePull';
  return CONFIGURATION.includes(reason) ? 'configuration' : undefined;
}

/** Why a pod does not serve, as the kubelet and the scheduler tell it; `undefined` when it serves, or only starts. */
export function podFinding(pod: ApiObject, facts: Surroundings): PodFinding | undefined {
  return unscheduled(pod) ?? ofContainers(pod, facts) ?? evicted(pod) ?? ofEvents(pod, facts);
}

function unscheduled(pod: ApiObject): PodFinding | undefined {
  const scheduled = anyConditionOf(pod, 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  return {
    why: 'unschedulable',
    since: scheduled.lastTransitionTime,
    detail: scheduled.message,
    field: 'status.conditions[PodScheduled]',
  };
}

function ofContainers(pod: ApiObject, facts: Surroundings): PodFinding | undefined {
  for (const kind of ['initContainerStatuses', 'containerStatuses'] as const) {
    for (const status of list(field(pod.status, kind), (it) => it, 100)) {
      const found =
        ofContainer(pod, status) ?? (kind === 'containerStatuses' ? unready(pod, status, facts) : undefined);
      if (found) return { ...found, field: `status.${kind}[${found.container}]` };
    }
  }
  return undefined;
}

function ofContainer(pod: ApiObject, status: unknown): Omit<PodFinding, 'field'> | undefined {
  const container = text(field(status, 'name'), 253);
  const waiting = field(field(status, 'state'), 'waiting');
  const reason = text(field(waiting, 'reason'), 100);
  const message = text(field(waiting, 'message'), 1000) || undefined;
  const why = troubleOfReason(reason);
  if (why) {
    return {
      why,
      container,
      image: why === 'imagePull' ? text(field(status, 'image'), 1000) || undefined : undefined,
      since: pod.metadata.creationTimestamp,
      detail: message ?? reason,
    };
  }
  const ended =
    field(field(status, 'lastState'), 'terminated') ?? field(field(status, 'state'), 'terminated');
  const exit = field(ended, 'exitCode');
  // Many an operator ends once because what it needs is not there yet, and runs the second time.
  const runsAgain =
    field(field(status, 'state'), 'running') !== undefined && field(status, 'restartCount') === 1;
  const failed = typeof exit === 'number' && exit !== 0 && field(status, 'ready') !== true;
  if (reason === 'CrashLoopBackOff' || (failed && !runsAgain)) {
    return {
      why: field(ended, 'reason') === 'OOMKilled' ? 'outOfMemory' : 'crash',
      container,
      since: text(field(ended, 'finishedAt'), 50) || undefined,
      detail:
        text(field(ended, 'message'), 1000) ||
        message ||
        (typeof exit === 'number' ? `exit code ${exit}` : undefined),
    };
  }
  return undefined;
}

/** It runs, and its probes do not agree that it serves; starting takes a moment. */
function unready(pod: ApiObject, status: unknown, facts: Surroundings) {
  const startedAt = text(field(field(field(status, 'state'), 'running'), 'startedAt'), 50);
  if (!startedAt || field(status, 'ready') === true) return undefined;
  const warning = warningOf(facts, 'Pod', pod.metadata.name, ['Unhealthy', 'ProbeError']);
  if (!isOlder(startedAt, facts.now, warning ? STARTING_SECONDS : 120)) return undefined;
  const container = text(field(status, 'name'), 253);
  return { why: 'probe' as const, container, since: startedAt, detail: warning?.message };
}

function evicted(pod: ApiObject): PodFinding | undefined {
  if (field(pod.status, 'phase') !== 'Failed') return undefined;
  const detail = text(field(pod.status, 'message'), 1000) || undefined;
  return {
    why: field(pod.status, 'reason') === 'Evicted' ? 'evicted' : 'crash',
    detail,
    field: 'status.phase',
  };
}

/** A pod in ContainerCreating says nothing itself; only Events tell that a volume or its network is missing. */
function ofEvents(pod: ApiObject, facts: Surroundings): PodFinding | undefined {
  const { name, creationTimestamp } = pod.metadata;
  if (field(pod.status, 'phase') !== 'Pending') return undefined;
  if (!isOlder(creationTimestamp, facts.now, STARTING_SECONDS)) return undefined;
  const sandbox = warningOf(facts, 'Pod', name, ['FailedCreatePodSandBox']);
  if (sandbox)
    return { why: 'notReady', since: sandbox.time, detail: sandbox.message, field: 'status.phase' };
  const warning = warningOf(facts, 'Pod', name, ['FailedMount', 'FailedAttachVolume']);
  return warning && { why: 'volume', since: warning.time, detail: warning.message, field: 'status.phase' };
}
