import type { ReconcileResult } from '../../client/controller.ts';
import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { changeStatus, timestamp } from '../change.ts';
import { createOnce } from '../users.ts';
import { type AppRelease, refs, systemNamespace } from './api.ts';
import { chartDeployment, releaseAnnotation } from './chart-objects.ts';
import { troubleOf } from './chart-trouble.ts';
import { specHash } from './naming.ts';
import { timing } from './timing.ts';

interface Deployment extends KubeObject {
  spec: { replicas?: number };
  status?: {
    observedGeneration?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    replicas?: number;
  };
}

type Chart = NonNullable<NonNullable<AppRelease['spec']['source']>['charts']>[number];
type ChartStatus = NonNullable<NonNullable<AppRelease['status']>['charts']>;

/**
 * A cluster's own part of plugin installation: turns AppReleases into Deployments and tells in the release's
 * conditions whether they were made (Sync) and run (Health). What somebody edits on them by hand is put back.
 */
export function runChartInstaller(cluster: ClusterRuntime): void {
  const releases = cluster.informers.of<AppRelease>(refs.appReleases);
  const deployments = cluster.informers.of<Deployment>(refs.deployments);
  runController({
    name: 'apprelease',
    watches: [
      watchOf(releases, ({ object }) => [keyOf(object)]),
      watchOf(deployments, ({ object }) => {
        const key = object.metadata.annotations?.[releaseAnnotation];
        return key ? [key] : [];
      }),
    ],
    reconcile: (key) => install(cluster, key),
    signal: cluster.signal,
    clock: cluster.clock,
    concurrency: 32,
  });
}

async function install(cluster: ClusterRuntime, key: string): Promise<ReconcileResult | undefined> {
  const { client, clock, signal } = cluster;
  const release = await client.find<AppRelease>(refs.appReleases, splitKey(key));
  // The CRD leaves the spec optional.
  if (!release?.spec || release.metadata.deletionTimestamp) return undefined;
  const charts = release.spec.source?.charts ?? [];
  const namespace = release.spec.destination?.namespace || systemNamespace;
  if (release.status?.observedGeneration !== release.metadata.generation) {
    await clock.sleep(timing.chartInstall, signal);
    await createOnce(cluster, refs.namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  }
  const made = await Promise.all(
    charts.map((chart) =>
      client.patch<Deployment>(
        refs.deployments,
        { namespace, name: chart.releaseName },
        chartDeployment(release, chart, namespace),
        { type: 'apply', fieldManager: 'sentry', force: true },
      ),
    ),
  );
  const late = made.filter((it) => !isAvailable(it));
  const waiting = await Promise.all(late.map((it) => troubleOf(cluster, it)));
  const since = await report(cluster, release, waiting);
  if (waiting.length === 0 || since === undefined) return undefined;
  const left = timing.releaseTimeout - (Date.now() - Date.parse(since)) * clock.speed;
  return left > 0 ? { requeueAfterMs: left } : undefined;
}

function isAvailable({ metadata, spec, status }: Deployment): boolean {
  const wanted = spec.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 1) &&
    (status?.updatedReplicas ?? 0) >= wanted &&
    (status?.availableReplicas ?? 0) >= wanted
  );
}

/** Writes the release's status; gives since when it has been in its state of health. */
async function report(
  cluster: ClusterRuntime,
  seen: AppRelease,
  waiting: string[],
): Promise<string | undefined> {
  const key = splitKey(keyOf(seen));
  const latest = await changeStatus<AppRelease>(cluster.client, refs.appReleases, key, (release) => {
    const conditionOf = (type: string) => release.status?.conditions?.find((it) => it.type === type);
    const [sync, old] = [conditionOf('Sync'), conditionOf('Health')];
    const same = old?.status === (waiting.length === 0 ? 'True' : 'False');
    const since = (same ? old?.lastTransitionTime : undefined) ?? timestamp();
    const late = (Date.now() - Date.parse(since)) * cluster.clock.speed >= timing.releaseTimeout;
    const status = {
      observedGeneration: seen.metadata.generation ?? 1,
      charts: chartStatus(seen.spec.source?.charts ?? []),
      conditions: [
        {
          type: 'Sync',
          status: 'True',
          reason: 'Synced',
          message: '',
          lastTransitionTime: sync?.lastTransitionTime ?? timestamp(),
        },
        { type: 'Health', ...health(waiting, late), lastTransitionTime: since },
      ],
    };
    if (specHash(release.status) === specHash(status)) return false;
    release.status = status;
    return true;
  });
  return latest?.status?.conditions?.find((it) => it.type === 'Health')?.lastTransitionTime;
}

function chartStatus(charts: Chart[]): ChartStatus {
  return Object.fromEntries(
    charts.map(({ name, targetRevision }) => [name, { installedRevision: targetRevision, phase: 'Synced' }]),
  );
}

function health(waiting: string[], late: boolean): { status: string; reason: string; message: string } {
  if (waiting.length === 0) return { status: 'True', reason: 'Healthy', message: '' };
  const names = waiting.join(', ');
  return late
    ? { status: 'False', reason: 'Timeout', message: `not available in time: ${names}` }
    : { status: 'False', reason: 'Progressing', message: `not available yet: ${names}` };
}
