import { now } from '../now.ts';
import type { Condition, Deployment, ReplicaSet } from './refs.ts';

/** The status of a Deployment from its ReplicaSets (`pkg/controller/deployment/sync.go`), in the order of Kubernetes' fields. */
export function deploymentStatus(
  deployment: Deployment,
  current: ReplicaSet,
  old: ReplicaSet[],
): NonNullable<Deployment['status']> {
  const wanted = deployment.spec.replicas;
  const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
    [current, ...old].reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const replicas = sum('replicas');
  const ready = sum('readyReplicas');
  const available = sum('availableReplicas');
  const updated = current.status?.replicas ?? 0;
  const unavailable = Math.max(0, wanted - available);
  const isDone =
    updated === wanted && replicas === updated && (current.status?.availableReplicas ?? 0) >= wanted;
  const counts = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas ? { replicas } : {}),
    ...(updated ? { updatedReplicas: updated } : {}),
    ...(ready ? { readyReplicas: ready } : {}),
    ...(available ? { availableReplicas: available } : {}),
    ...(unavailable ? { unavailableReplicas: unavailable } : {}),
    terminatingReplicas: 0,
  };
  return { ...counts, conditions: conditionsOf(deployment, current, { wanted, available, updated, isDone }) };
}

interface Progress {
  wanted: number;
  available: number;
  updated: number;
  isDone: boolean;
}

function conditionsOf(deployment: Deployment, current: ReplicaSet, progress: Progress): Condition[] {
  const known = deployment.status?.conditions ?? [];
  // A quarter may be missing, rounded down: with one replica none may.
  const needed = progress.wanted - Math.floor(progress.wanted / 4);
  const available: Condition =
    progress.available >= needed
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        };
  const conditions = [
    known.find(({ type }) => type === 'Available'),
    known.find(({ type }) => type === 'Progressing'),
  ];
  const failure = current.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  const order = conditions[1] && !conditions[0] ? ['Progressing', 'Available'] : ['Available', 'Progressing'];
  const wanted: Record<string, Condition> = {
    Available: available,
    Progressing: progressing(deployment, current, progress),
  };
  const usual = order.flatMap((type) => {
    const condition = wanted[type];
    return condition ? [dated(condition, known)] : [];
  });
  // A Deployment tells of its new ReplicaSet's refused pods as long as there are any.
  return failure ? [...usual, dated(failure, known)] : usual;
}

function progressing(deployment: Deployment, current: ReplicaSet, { isDone, updated }: Progress): Condition {
  const name = current.metadata.name ?? '';
  const known = deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
  if (isDone) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message };
  }
  if (isLate(deployment, known)) {
    const message = `ReplicaSet "${name}" has timed out progressing.`;
    return { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message };
  }
  if (updated === 0 && known?.reason === 'NewReplicaSetCreated') return known;
  const message = `ReplicaSet "${name}" is progressing.`;
  return { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message };
}

function isLate(deployment: Deployment, known: Condition | undefined): boolean {
  if (known?.reason === 'ProgressDeadlineExceeded') return true;
  const since = Date.parse(known?.lastUpdateTime ?? '');
  return (
    Date.now() - since > (deployment.spec.progressDeadlineSeconds ?? 600) * 1_000 &&
    known?.reason !== 'NewReplicaSetAvailable'
  );
}

/** Keeps the times of a condition that stays as it was. */
function dated(condition: Condition, known: Condition[]): Condition {
  const before = known.find(({ type }) => type === condition.type);
  const isSame =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message;
  const { type, status, reason, message } = condition;
  return {
    type,
    status,
    lastUpdateTime: isSame ? (before.lastUpdateTime ?? now()) : now(),
    lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now()) : now(),
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
  };
}
