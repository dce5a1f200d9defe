import { runController, watchOf } from '../client/controller.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { keyOf } from '../client/informer.ts';
import { StatusError } from '../client/status-error.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { now } from '../now.ts';
import { creatingStatus, pullFailedStatus, runningStatus, succeededStatus } from './pod-status.ts';
import { isFinished, type Node, type Pod, refs } from './refs.ts';

/** How long nodes take for what they do not really do, in milliseconds at speed 1. */
const timing = { pull: 700, becomeReady: 500, runToEnd: 900, backOff: 10_000, stop: 300 };

/** The scheduler and the kubelets: pods get a node, their images are pulled (or not), they run, they end. */
export function runPods(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kubelet');
  const scheduler = new EventRecorder(
    cluster.server.client('kube-scheduler'),
    'default-scheduler',
    'Binding',
  );
  const kubelet = new EventRecorder(client, 'kubelet');
  const pods = cluster.informers.of<Pod>(refs.pods);
  const nodes = cluster.informers.of<Node>(refs.nodes);
  const { clock, signal } = cluster;
  /** When the next step of a pod is due, by uid. */
  const due = new Map<string, number>();

  const reconcile = async (key: string) => {
    const pod = pods.get(key);
    if (!pod) return;
    if (pod.metadata.deletionTimestamp) return stop(pod);
    if (isFinished(pod)) return;
    if (!pod.spec.nodeName) return schedule(pod);
    return advance(pod);
  };

  const schedule = async (pod: Pod) => {
    const fitting = nodes.list().filter((node) => fits(node, pod));
    const node = fitting[numberOf(pod) % fitting.length];
    const total = nodes.list().length;
    if (!node) {
      const message = `0/${total} nodes are available: ${total} node(s) didn't match Pod's node affinity/selector.`;
      await scheduler.record(pod, 'Warning', 'FailedScheduling', message);
      const condition = {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastTransitionTime: now(),
      };
      await write(pod, { phase: 'Pending', conditions: [condition] });
      return { requeueAfterMs: timing.backOff };
    }
    const { namespace = '', name = '' } = pod.metadata;
    const nodeName = node.metadata.name ?? '';
    await client.patch(refs.pods, { namespace, name }, { spec: { nodeName } }, { type: 'merge' });
    await scheduler.record(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    );
    return undefined;
  };

  /** One step of a pod on its node; the watch event of its own write brings the next. */
  const advance = async (pod: Pod) => {
    const node = nodes.get(pod.spec.nodeName ?? '');
    const uid = pod.metadata.uid ?? '';
    const phase = pod.status?.phase;
    const reason = waitingReason(pod);
    if (!reason && phase !== 'Running') {
      await write(pod, creatingStatus(pod, node));
      return later(uid, timing.pull);
    }
    const wait = (due.get(uid) ?? 0) - Date.now();
    if (wait > 5) return { requeueAfterMs: wait * clock.speed };
    if (phase !== 'Running') {
      const absent = await firstAbsent(pod);
      if (absent) return failPull(pod, node, absent, reason);
      await recordStart(pod);
      await write(pod, runningStatus(pod, node, false));
      return later(uid, isJobPod(pod) ? timing.runToEnd : timing.becomeReady);
    }
    if (isJobPod(pod)) await write(pod, succeededStatus(pod, node));
    else if (pod.spec.containers.every(({ image }) => cluster.nodes.becomesReady(image))) {
      await write(pod, runningStatus(pod, node, true));
    } else {
      const why = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
      await kubelet.record(pod, 'Warning', 'Unhealthy', why);
      return { requeueAfterMs: timing.backOff };
    }
    due.delete(uid);
    return undefined;
  };

  const later = (uid: string, ms: number) => {
    due.set(uid, Date.now() + ms / clock.speed);
    return { requeueAfterMs: ms };
  };

  const firstAbsent = async (pod: Pod): Promise<string | undefined> => {
    for (const { image, name } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
      if (!(await cluster.nodes.canPull({ image, container: name, pod }))) return image;
    }
    return undefined;
  };

  const failPull = async (pod: Pod, node: Node | undefined, image: string, before: string | undefined) => {
    const problem = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
    if (before === 'ImagePullBackOff') {
      await kubelet.record(pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`);
    } else {
      await kubelet.record(pod, 'Normal', 'Pulling', `Pulling image "${image}"`);
      await kubelet.record(pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${problem}`);
      await kubelet.record(pod, 'Warning', 'Failed', 'Error: ErrImagePull');
    }
    const next =
      before === 'ErrImagePull' || before === 'ImagePullBackOff' ? 'ImagePullBackOff' : 'ErrImagePull';
    const message =
      next === 'ErrImagePull' ? problem : `Back-off pulling image "${image}": ErrImagePull: ${problem}`;
    if (next !== before) await write(pod, pullFailedStatus(pod, node, image, next, message));
    return later(pod.metadata.uid ?? '', next === 'ErrImagePull' ? timing.pull : timing.backOff);
  };

  const recordStart = async (pod: Pod) => {
    for (const { name, image } of pod.spec.containers) {
      await kubelet.record(pod, 'Normal', 'Pulled', `Container image "${image}" already present on machine`);
      await kubelet.record(pod, 'Normal', 'Created', `Created container: ${name}`);
      await kubelet.record(pod, 'Normal', 'Started', `Started container ${name}`);
    }
  };

  const stop = async (pod: Pod) => {
    await clock.sleep(timing.stop, signal);
    due.delete(pod.metadata.uid ?? '');
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    try {
      await client.delete(refs.pods, { namespace, name }, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!(error instanceof StatusError) || error.code >= 500) throw error;
    }
    return undefined;
  };

  const write = async (pod: Pod, status: NonNullable<Pod['status']>) => {
    const { namespace = '', name = '' } = pod.metadata;
    const body = { metadata: { uid: pod.metadata.uid }, status };
    try {
      await client.patch(refs.pods, { namespace, name }, body, { type: 'merge', subresource: 'status' });
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== 404) throw error;
    }
  };

  runController({
    name: 'kubelet',
    signal,
    clock,
    concurrency: 16,
    watches: [watchOf(pods, ({ object }) => [keyOf(object)])],
    reconcile,
  });
}

function fits(node: Node, pod: Pod): boolean {
  if (node.spec?.unschedulable) return false;
  const labels = node.metadata.labels ?? {};
  return Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
}

/** Spreads pods over nodes without a memory of where others went. */
function numberOf(pod: Pod): number {
  return Number.parseInt((pod.metadata.uid ?? '0').slice(0, 8), 16) || 0;
}

function isJobPod(pod: Pod): boolean {
  return pod.spec.restartPolicy !== undefined && pod.spec.restartPolicy !== 'Always';
}

function waitingReason(pod: Pod): string | undefined {
  const status = pod.status as { containerStatuses?: unknown; initContainerStatuses?: unknown } | undefined;
  for (const list of [status?.initContainerStatuses, status?.containerStatuses]) {
    for (const container of (Array.isArray(list) ? list : []) as {
      state?: { waiting?: { reason?: string } };
    }[]) {
      const reason = container.state?.waiting?.reason;
      if (reason && reason !== 'PodInitializing') return reason;
    }
  }
  return undefined;
}
