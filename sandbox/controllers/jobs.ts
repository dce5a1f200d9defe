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
  type Job,
  ownerKeys,
  type Pod,
  refs,
} from './refs.ts';

const reached = { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
/** How long a Job whose pod was refused waits before it tries again, in milliseconds at speed 1. */
const retryMs = 5_000;
const tooLate = { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };

/** Job → Pods until enough of them succeeded or the deadline is over (`pkg/controller/job`). */
export function runJobs(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-controller-manager');
  const recorder = new EventRecorder(client, 'job-controller');
  const jobs = cluster.informers.of<Job>(refs.jobs);
  const pods = cluster.informers.of<Pod>(refs.pods);
  const { clock, signal } = cluster;

  const reconcile = async (key: string) => {
    const job = jobs.get(key);
    if (!job || job.metadata.deletionTimestamp || job.spec.suspend || isOver(job)) return;
    const owned = pods.list(job.metadata.namespace).filter((pod) => isControlledBy(pod, job.metadata.uid));
    const succeeded = owned.filter((pod) => pod.status?.phase === 'Succeeded').length;
    const active = owned.filter((pod) => !isFinished(pod) && !pod.metadata.deletionTimestamp);
    if (succeeded >= job.spec.completions) return complete(job, owned);
    const startTime = job.status?.startTime ?? now();
    const leftMs = remaining(job, startTime);
    if (leftMs !== undefined && leftMs <= 0) return expire(job, active);
    // A pod that was just created may not have come through the watch yet; the status says that it exists.
    const known = Math.max(active.length, job.status?.active ?? 0);
    if (known === 0 && !(await createPod(job)))
      return { requeueAfterMs: Math.min(retryMs, leftMs ?? retryMs) };
    const ready = active.filter((pod) => pod.status?.phase === 'Running').length;
    await write(job, { startTime, active: 1, terminating: 0, uncountedTerminatedPods: {}, ready });
    return leftMs === undefined ? undefined : { requeueAfterMs: leftMs };
  };

  /** Deadlines are waiting times of the sandbox too: they shrink with its speed. */
  const remaining = (job: Job, startTime: string): number | undefined => {
    const seconds = job.spec.activeDeadlineSeconds;
    if (seconds === undefined) return undefined;
    return seconds * 1_000 - (Date.now() - Date.parse(startTime)) * clock.speed;
  };

  /** Whether a pod was made: the API server may admit none (a quota is used up). */
  const createPod = async (job: Job): Promise<boolean> => {
    try {
      const pod = await client.create<Pod>(refs.pods, podOf(job));
      await recorder.record(job, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return true;
    } catch (error) {
      if (!(error instanceof StatusError) || error.code >= 500) throw error;
      await recorder.record(job, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
      return false;
    }
  };

  const complete = async (job: Job, owned: Pod[]) => {
    const startTime = job.status?.startTime ?? now();
    const base = { startTime, terminating: 0, ready: 0 };
    const met = condition('SuccessCriteriaMet', reached);
    const uids = owned.map((pod) => pod.metadata.uid);
    const first = await write(job, {
      conditions: [met],
      ...base,
      uncountedTerminatedPods: { succeeded: uids },
    });
    const conditions = [met, condition('Complete', reached)];
    const succeeded = job.spec.completions;
    await write(first, {
      conditions,
      ...base,
      completionTime: now(),
      succeeded,
      uncountedTerminatedPods: {},
    });
    await recorder.record(job, 'Normal', 'Completed', 'Job completed');
  };

  const expire = async (job: Job, active: Pod[]) => {
    for (const pod of active) {
      await client.delete(refs.pods, { namespace: pod.metadata.namespace, name: pod.metadata.name ?? '' });
    }
    const conditions = [condition('FailureTarget', tooLate), condition('Failed', tooLate)];
    const startTime = job.status?.startTime ?? now();
    await write(job, {
      conditions,
      startTime,
      failed: 1,
      terminating: 0,
      uncountedTerminatedPods: {},
      ready: 0,
    });
    await recorder.record(job, 'Warning', 'DeadlineExceeded', tooLate.message);
  };

  const write = async (
    job: Job,
    status: NonNullable<Job['status']> & Record<string, unknown>,
  ): Promise<Job> => {
    if (JSON.stringify(status) === JSON.stringify(job.status)) return job;
    return client.updateStatus<Job>(refs.jobs, { ...job, status });
  };

  runController({
    name: 'job',
    signal,
    clock,
    watches: [
      watchOf(jobs, ({ object }) => [keyOf(object)]),
      watchOf(pods, ({ object }) => ownerKeys(object, 'Job')),
    ],
    reconcile,
  });
}

function podOf(job: Job): Pod {
  const { template } = job.spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      labels: template.metadata?.labels ?? {},
      ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
      generateName: `${(job.metadata.name ?? '').slice(0, 57)}-`,
      namespace: job.metadata.namespace ?? '',
      ownerReferences: [controllerReference(job)],
    },
    spec: template.spec,
  };
}

function isOver(job: Job): boolean {
  return (job.status?.conditions ?? []).some(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

function condition(type: string, { reason, message }: { reason: string; message: string }): Condition {
  return { type, status: 'True', lastProbeTime: now(), lastTransitionTime: now(), reason, message };
}
