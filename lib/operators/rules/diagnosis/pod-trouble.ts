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
];
const CONFIGURATION = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
];

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
      const found = ofContainer(pod, status, facts);
      if (found) return { ...found, field: `status.${kind}[${found.container}]` };
    }
  }
  return undefined;
}

function ofContainer(
  pod: ApiObject,
  status: unknown,
  facts: Surroundings,
): Omit<PodFinding, 'field'> | undefined {
  const container = text(field(status, 'name'), 253);
  const image = text(field(status, 'image'), 1000) || undefined;
  const waiting = field(field(status, 'state'), 'waiting');
  const reason = text(field(waiting, 'reason'), 100);
  const message = text(field(waiting, 'message'), 1000) || undefined;
  if (PULL.includes(reason)) {
    return {
      why: 'imagePull',
      container,
      image,
      since: pod.metadata.creationTimestamp,
      detail: message ?? reason,
    };
  }
  if (CONFIGURATION.includes(reason)) {
    return {
      why: 'configuration',
      container,
      since: pod.metadata.creationTimestamp,
      detail: message ?? reason,
    };
  }
  const ended =
    field(field(status, 'lastState'), 'terminated') ?? field(field(status, 'state'), 'terminated');
  const exit = field(ended, 'exitCode');
  if (
    reason === 'CrashLoopBackOff' ||
    (typeof exit === 'number' && exit !== 0 && field(status, 'ready') !== true)
  ) {
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
  return unready(pod, status, container, facts);
}

/** It runs, and its probes do not agree that it serves; starting takes a moment. */
function unready(pod: ApiObject, status: unknown, container: string, facts: Surroundings) {
  const startedAt = text(field(field(field(status, 'state'), 'running'), 'startedAt'), 50);
  if (!startedAt || field(status, 'ready') === true) return undefined;
  const warning = warningOf(facts, 'Pod', pod.metadata.name, ['Unhealthy', 'ProbeError']);
  if (!warning && !isOlder(startedAt, facts.now, 120)) return undefined;
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

/** A pod in ContainerCreating says nothing itself; only Events tell that a volume is missing. */
function ofEvents(pod: ApiObject, facts: Surroundings): PodFinding | undefined {
  if (field(pod.status, 'phase') !== 'Pending') return undefined;
  const warning = warningOf(facts, 'Pod', pod.metadata.name, [
    'FailedMount',
    'FailedAttachVolume',
    'FailedCreatePodSandBox',
  ]);
  return warning && { why: 'volume', since: warning.time, detail: warning.message, field: 'status.phase' };
}
