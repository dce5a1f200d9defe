import { runController, watchOf } from '../client/controller.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { keyOf } from '../client/informer.ts';
import { StatusError } from '../client/status-error.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { now } from '../now.ts';
import {
  type Condition,
  controllerReference,
  isControlledBy,
  isFinished,
  isReady,
  ownerKeys,
  type Pod,
  type ReplicaSet,
  refs,
} from './refs.ts';

/** How long a ReplicaSet whose pods were refused waits before it tries again, in milliseconds at speed 1. */
const retryMs = 5_000;

/** ReplicaSet → Pods: as many as asked, no more. */
export function runReplicaSets(cluster: ClusterRuntime): void {
  const client = cluster.server.client('replicaset-controller');
  const recorder = new EventRecorder(client, 'replicaset-controller');
  const replicaSets = cluster.informers.of<ReplicaSet>(refs.replicaSets);
  const pods = cluster.informers.of<Pod>(refs.pods);
  /** Pods that were created but have not come back through the watch yet, by key of their ReplicaSet. */
  const expected = new Map<string, Set<string>>();

  const reconcile = async (key: string) => {
    const set = replicaSets.get(key);
    if (!set || set.metadata.deletionTimestamp) {
      expected.delete(key);
      return undefined;
    }
    const owned = pods.list(set.metadata.namespace).filter((pod) => isControlledBy(pod, set.metadata.uid));
    const waiting = expected.get(key) ?? new Set<string>();
    expected.set(key, waiting);
    for (const pod of owned) waiting.delete(pod.metadata.uid ?? '');
    const living = owned.filter((pod) => !isFinished(pod) && !pod.metadata.deletionTimestamp);
    let refused: StatusError | undefined;
    for (let count = living.length + waiting.size; count < set.spec.replicas && !refused; count++) {
      const created = await createPod(set);
      if (created instanceof StatusError) refused = created;
      else waiting.add(created);
    }
    for (const pod of surplus(living, set.spec.replicas)) {
      await client.delete(refs.pods, { namespace: pod.metadata.namespace, name: pod.metadata.name ?? '' });
      const message = `Deleted pod: ${pod.metadata.name}`;
      await recorder.record(set, 'Normal', 'SuccessfulDelete', message);
    }
    await writeStatus(set, living, refused);
    return refused ? { requeueAfterMs: retryMs } : undefined;
  };

  /** Gives the uid of the new pod, or the refusal where the API server admits none (a quota is used up). */
  const createPod = async (set: ReplicaSet): Promise<string | StatusError> => {
    try {
      const pod = await client.create<Pod>(refs.pods, podOf(set));
      await recorder.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return pod.metadata.uid ?? '';
    } catch (error) {
      if (!(error instanceof StatusError) || error.code >= 500) throw error;
      await recorder.record(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
      return error;
    }
  };

  const podOf = (set: ReplicaSet): Pod => {
    const { template } = set.spec;
    const { labels, annotations } = template.metadata ?? {};
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        // A name in the template counts for nothing: pods of two sets would want the same.
        ...(labels ? { labels } : {}),
        ...(annotations ? { annotations } : {}),
        generateName: `${set.metadata.name}-`,
        namespace: set.metadata.namespace ?? '',
        ownerReferences: [controllerReference(set)],
      },
      spec: template.spec,
    };
  };

  const writeStatus = async (set: ReplicaSet, living: Pod[], refused: StatusError | undefined) => {
    const ready = living.filter(isReady).length;
    const status = {
      replicas: living.length,
      ...(living.length ? { fullyLabeledReplicas: living.length } : {}),
      ...(ready ? { readyReplicas: ready, availableReplicas: ready } : {}),
      observedGeneration: set.metadata.generation ?? 1,
      ...(refused ? { conditions: [failureOf(set, refused)] } : {}),
    };
    if (JSON.stringify(status) === JSON.stringify(set.status)) return;
    await client.updateStatus(refs.replicaSets, { ...set, status });
  };

  runController({
    name: 'replicaset',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(replicaSets, ({ object }) => [keyOf(object)]),
      watchOf(pods, ({ object }) => ownerKeys(object, 'ReplicaSet')),
    ],
    reconcile,
  });
}

/** The condition of a ReplicaSet that may not create its pods; it keeps what the first refusal said. */
function failureOf(set: ReplicaSet, { message }: StatusError): Condition {
  const known = set.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  return (
    known ?? {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: now(),
      reason: 'FailedCreate',
      message,
    }
  );
}

/** Which pods go first: those that are not ready. */
function surplus(living: Pod[], wanted: number): Pod[] {
  return [...living]
    .sort((a, b) => Number(isReady(a)) - Number(isReady(b)))
    .slice(0, Math.max(0, living.length - wanted));
}
