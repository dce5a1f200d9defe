import { now } from '../now.ts';
import type { Condition, Container, Node, Pod } from './refs.ts';

type Status = NonNullable<Pod['status']> & Record<string, unknown>;

/** Scheduled, its images being pulled. */
export function creatingStatus(pod: Pod, node: Node | undefined): Status {
  return status(pod, node, 'Pending', false, (container, isInit, index) => {
    const reason =
      (isInit && index > 0) || (!isInit && pod.spec.initContainers?.length)
        ? 'PodInitializing'
        : 'ContainerCreating';
    return waiting(
      container,
      reason === 'PodInitializing' && isInit && index === 0 ? 'ContainerCreating' : reason,
    );
  });
}

/** The pull of `image` failed; `reason` is `ErrImagePull` or `ImagePullBackOff`. */
export function pullFailedStatus(
  pod: Pod,
  node: Node | undefined,
  image: string,
  reason: string,
  message: string,
): Status {
  return status(pod, node, 'Pending', false, (container) =>
    container.image === image ? waiting(container, reason, message) : waiting(container, 'PodInitializing'),
  );
}

/** All containers run; whether they pass their readiness probes is `ready`. */
export function runningStatus(pod: Pod, node: Node | undefined, ready: boolean): Status {
  return status(pod, node, 'Running', ready, (container, isInit) =>
    isInit
      ? terminated(container)
      : { ...identity(container), ready, started: true, state: { running: { startedAt: now() } } },
  );
}

/** All containers ended well (pods of Jobs). */
export function succeededStatus(pod: Pod, node: Node | undefined): Status {
  const ended = status(pod, node, 'Succeeded', false, terminated);
  const conditions = (ended.conditions ?? []).map((condition) =>
    condition.type === 'Ready' || condition.type === 'ContainersReady'
      ? { ...condition, reason: 'PodCompleted' }
      : condition,
  );
  return { ...ended, conditions };
}

type Describe = (container: Container, isInit: boolean, index: number) => object;

function status(
  pod: Pod,
  node: Node | undefined,
  phase: string,
  ready: boolean,
  describeContainer: Describe,
): Status {
  const hostIP = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  const init = pod.spec.initContainers ?? [];
  const isRunning = phase !== 'Pending';
  const known = pod.status as Record<string, unknown> | undefined;
  const podIP = isRunning ? (known?.podIP ?? address(pod)) : undefined;
  return {
    phase,
    conditions: conditions(pod, isRunning, ready),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    startTime: known?.startTime ?? now(),
    ...(init.length > 0
      ? { initContainerStatuses: init.map((container, index) => describeContainer(container, true, index)) }
      : {}),
    containerStatuses: pod.spec.containers.map((container, index) =>
      describeContainer(container, false, index),
    ),
    qosClass: known?.qosClass ?? 'BestEffort',
  };
}

function conditions(pod: Pod, isRunning: boolean, ready: boolean): Condition[] {
  const names = pod.spec.containers.map(({ name }) => name).join(' ');
  const unready = { reason: 'ContainersNotReady', message: `containers with unready status: [${names}]` };
  const make = (type: string, isTrue: boolean, why = {}): Condition => {
    const value = isTrue ? 'True' : 'False';
    const before = pod.status?.conditions?.find((condition) => condition.type === type);
    const lastTransitionTime = before?.status === value ? (before.lastTransitionTime ?? now()) : now();
    return { type, status: value, lastProbeTime: null, lastTransitionTime, ...(isTrue ? {} : why) };
  };
  return [
    make('PodReadyToStartContainers', isRunning),
    make('Initialized', isRunning || !pod.spec.initContainers?.length, {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${(pod.spec.initContainers ?? []).map(({ name }) => name).join(' ')}]`,
    }),
    make('Ready', ready, unready),
    make('ContainersReady', ready, unready),
    make('PodScheduled', true),
  ];
}

function identity({ name, image }: Container) {
  return { name, image, imageID: image, restartCount: 0 };
}

function waiting(container: Container, reason: string, message?: string) {
  const state = { waiting: { reason, ...(message ? { message } : {}) } };
  return { ...identity(container), imageID: '', ready: false, started: false, state };
}

function terminated(container: Container) {
  const time = now();
  const state = { terminated: { exitCode: 0, reason: 'Completed', startedAt: time, finishedAt: time } };
  return { ...identity(container), ready: false, started: false, state };
}

/** An address in the pod network that stays the same for a pod. */
function address(pod: Pod): string {
  const number = Number.parseInt((pod.metadata.uid ?? '0').slice(0, 8), 16) || 0;
  return `10.244.${(number >> 8) & 255}.${(number & 253) + 1}`;
}
