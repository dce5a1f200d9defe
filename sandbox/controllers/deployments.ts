import { createHash } from 'node:crypto';
import { canonicalJson } from '../apiserver/json.ts';
import { runController, watchOf } from '../client/controller.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { keyOf } from '../client/informer.ts';
import { hasReason } from '../client/status-error.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { now } from '../now.ts';
import { deploymentStatus } from './deployment-status.ts';
import {
  controllerReference,
  type Deployment,
  isControlledBy,
  ownerKeys,
  type PodTemplate,
  type ReplicaSet,
  refs,
} from './refs.ts';

const hashLabel = 'pod-template-hash';
const revision = 'deployment.kubernetes.io/revision';

/** Deployment → ReplicaSet: one per pod template; the newest is scaled up, older ones down when it is available. */
export function runDeployments(cluster: ClusterRuntime): void {
  const client = cluster.server.client('deployment-controller');
  const recorder = new EventRecorder(client, 'deployment-controller');
  const deployments = cluster.informers.of<Deployment>(refs.deployments);
  const replicaSets = cluster.informers.of<ReplicaSet>(refs.replicaSets);

  const reconcile = async (key: string) => {
    const deployment = deployments.get(key);
    if (!deployment || deployment.metadata.deletionTimestamp) return;
    const owned = replicaSets
      .list(deployment.metadata.namespace)
      .filter((set) => isControlledBy(set, deployment.metadata.uid));
    const hash = templateHash(deployment.spec.template);
    const current = owned.find((set) => set.metadata.labels?.[hashLabel] === hash);
    if (!current) {
      if (deployment.spec.paused) return;
      await startReplicaSet(deployment, hash, owned);
      return;
    }
    const old = owned.filter((set) => set !== current);
    await makeNewest(deployment, current, old);
    await scale(deployment, current, deployment.spec.replicas);
    const isUp = (current.status?.availableReplicas ?? 0) >= deployment.spec.replicas;
    const replacesFirst = deployment.spec.strategy?.type === 'Recreate';
    if (isUp || replacesFirst) for (const set of old) await scale(deployment, set, 0);
    await writeStatus(deployment, current, old);
  };

  const startReplicaSet = async (deployment: Deployment, hash: string, owned: ReplicaSet[]) => {
    const { name = '', namespace = '' } = deployment.metadata;
    const number = String(
      1 + Math.max(0, ...owned.map((set) => Number(set.metadata.annotations?.[revision] ?? 0))),
    );
    const set = replicaSetOf(deployment, hash, number);
    try {
      await client.create(refs.replicaSets, set);
    } catch (error) {
      if (hasReason(error, 'AlreadyExists')) return;
      throw error;
    }
    const message = `Scaled up replica set ${set.metadata.name} from 0 to ${deployment.spec.replicas}`;
    await recorder.record(deployment, 'Normal', 'ScalingReplicaSet', message);
    const annotations = { metadata: { annotations: { [revision]: number } } };
    await client.patch(refs.deployments, { namespace, name }, annotations, { type: 'merge' });
    const condition = {
      type: 'Progressing',
      status: 'True',
      lastUpdateTime: now(),
      lastTransitionTime: now(),
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${set.metadata.name}"`,
    };
    const others = (deployment.status?.conditions ?? []).filter(({ type }) => type !== 'Progressing');
    const status = { status: { conditions: [...others, condition] } };
    await client.patch(refs.deployments, { namespace, name }, status, {
      type: 'merge',
      subresource: 'status',
    });
  };

  /** A template that comes back (`rollout undo`) brings its old ReplicaSet back as the newest revision. */
  const makeNewest = async (deployment: Deployment, current: ReplicaSet, old: ReplicaSet[]) => {
    const numberOf = (object: Deployment | ReplicaSet) =>
      Number(object.metadata.annotations?.[revision] ?? 0);
    const newest = Math.max(0, ...old.map(numberOf));
    const number = Math.max(numberOf(current), newest + (numberOf(current) > newest ? 0 : 1));
    const annotations = { metadata: { annotations: { [revision]: String(number) } } };
    const { namespace = '' } = deployment.metadata;
    for (const [ref, object] of [
      [refs.replicaSets, current],
      [refs.deployments, deployment],
    ] as const) {
      if (numberOf(object) === number) continue;
      await client.patch(ref, { namespace, name: object.metadata.name ?? '' }, annotations, {
        type: 'merge',
      });
    }
  };

  const scale = async (deployment: Deployment, set: ReplicaSet, replicas: number) => {
    if (set.spec.replicas === replicas) return;
    const { name = '', namespace = '' } = set.metadata;
    await client.patch(refs.replicaSets, { namespace, name }, { spec: { replicas } }, { type: 'merge' });
    const direction = replicas > set.spec.replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${name} from ${set.spec.replicas} to ${replicas}`;
    await recorder.record(deployment, 'Normal', 'ScalingReplicaSet', message);
  };

  const writeStatus = async (deployment: Deployment, current: ReplicaSet, old: ReplicaSet[]) => {
    const status = deploymentStatus(deployment, current, old);
    if (JSON.stringify(status) === JSON.stringify(deployment.status)) return;
    await client.updateStatus(refs.deployments, { ...deployment, status });
  };

  runController({
    name: 'deployment',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(deployments, ({ object }) => [keyOf(object)]),
      watchOf(replicaSets, ({ object }) => ownerKeys(object, 'Deployment')),
    ],
    reconcile,
  });
}

const alphabet = '4567bcdf89';

/** A 32-bit number that stands for a pod template, its digits in letters that spell no words (client-go, SafeEncodeString). */
function templateHash(template: PodTemplate): string {
  const digest = createHash('sha256').update(canonicalJson(template)).digest();
  // The first digit keeps all hashes at ten letters, so that none is the beginning of another.
  const number = 1_000_000_000 + (digest.readUInt32BE() % 3_000_000_000);
  return [...String(number)].map((digit) => alphabet[Number(digit)]).join('');
}

function replicaSetOf(deployment: Deployment, hash: string, number: string): ReplicaSet {
  const { name = '', namespace = '' } = deployment.metadata;
  const { template, selector, replicas } = deployment.spec;
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name.slice(0, 242)}-${hash}`,
      namespace,
      labels,
      annotations: { 'deployment.kubernetes.io/desired-replicas': String(replicas), [revision]: number },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
