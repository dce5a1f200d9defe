import type { ReconcileResult } from '../../client/controller.ts';
import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { now } from '../../now.ts';
import { changeStatus } from '../change.ts';
import { createOnce } from '../users.ts';
import { type AppRelease, refs, systemNamespace } from './api.ts';
import { chartDeployment, releaseAnnotation } from './chart-objects.ts';
import { troubleOf } from './chart-trouble.ts';
import { specHash } from './naming.ts';
import { deadline, timing } from './timing.ts';

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
interface Health {
  status: string;
  reason: string;
  message: string;
}

interface Memory {
  /** For each release that isn't healthy, since when (milliseconds) what is there of it has not been. */
  unhealthySince: Map<string, { about: string; at: number }>;
  /** For each Deployment, the generations of the release and of itself when it was last applied. */
  applied: Map<string, string>;
}

type ChartStatus = NonNullable<NonNullable<AppRelease['status']>['charts']>;

/**
 * A cluster's own part of plugin installation: turns AppReleases into Deployments and tells in the release's
 * conditions whether they were made (Sync) and run (Health). What somebody edits on them by hand is put back.
 */
export function runChartInstaller(cluster: ClusterRuntime): void {
  const releases = cluster.informers.of<AppRelease>(refs.appReleases);
  const deployments = cluster.informers.of<Deployment>(refs.deployments);
  const memory: Memory = { unhealthySince: new Map(), applied: new Map() };
  runController({
    name: 'apprelease',
    watches: [
      watchOf(releases, ({ object }) => [keyOf(object)]),
      watchOf(deployments, ({ object }) => {
        const key = object.metadata.annotations?.[releaseAnnotation];
        return key ? [key] : [];
      }),
    ],
    reconcile: (key) => install(cluster, key, memory),
    signal: cluster.signal,
    clock: cluster.clock,
    concurrency: 32,
  });
}

async function install(
  cluster: ClusterRuntime,
  key: string,
  memory: Memory,
): Promise<ReconcileResult | undefined> {
  const { client, clock, signal } = cluster;
  const { unhealthySince } = memory;
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
    charts.map((chart) => deploy(cluster, release, chart, { namespace, name: chart.releaseName }, memory)),
  );
  const late = made.filter((it) => !isAvailable(it));
  const waiting = await Promise.all(late.map((it) => troubleOf(cluster, it)));
  if (waiting.length === 0) {
    unhealthySince.delete(key);
    await report(cluster, release, health([], false));
    return undefined;
  }
  const { uid = '', generation = 1 } = release.metadata;
  const about = `${uid} ${generation}`;
  const known = unhealthySince.get(key);
  const since = known?.about === about ? known.at : Date.now();
  unhealthySince.set(key, { about, at: since });
  const left = deadline('releaseTimeout', clock.speed) - (Date.now() - since);
  await report(cluster, release, health(waiting, left <= 0));
  return left > 0 ? { requeueAfterMs: left * clock.speed } : undefined;
}

/** Applies a chart's Deployment unless it still is as it was applied for this generation of the release. */
async function deploy(
  { client }: ClusterRuntime,
  release: AppRelease,
  chart: Chart,
  key: { namespace: string; name: string },
  { applied }: Memory,
): Promise<Deployment> {
  const stamp = ({ metadata }: KubeObject) => `${metadata.uid} ${metadata.generation}`;
  const id = `${key.namespace}/${key.name}`;
  const known = await client.find<Deployment>(refs.deployments, key);
  if (known && applied.get(id) === `${stamp(release)} ${stamp(known)}`) return known;
  const body = chartDeployment(release, chart, key.namespace);
  const deployment = await client.patch<Deployment>(refs.deployments, key, body, {
    type: 'apply',
    fieldManager: 'sentry',
    force: true,
  });
  applied.set(id, `${stamp(release)} ${stamp(deployment)}`);
  return deployment;
}

function isAvailable({ metadata, spec, status }: Deployment): boolean {
  const wanted = spec.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 1) &&
    (status?.updatedReplicas ?? 0) >= wanted &&
    (status?.availableReplicas ?? 0) >= wanted
  );
}

/** Writes the release's status about the generation that was `seen`. */
async function report(cluster: ClusterRuntime, seen: AppRelease, found: Health): Promise<void> {
  const key = splitKey(keyOf(seen));
  await changeStatus<AppRelease>(cluster.client, refs.appReleases, key, (release) => {
    const since = (type: string, status: string) =>
      release.status?.conditions?.find((it) => it.type === type && it.status === status)
        ?.lastTransitionTime ?? now();
    const status = {
      observedGeneration: seen.metadata.generation ?? 1,
      charts: chartStatus(seen.spec.source?.charts ?? []),
      conditions: [
        {
          type: 'Sync',
          status: 'True',
          reason: 'Synced',
          message: '',
          lastTransitionTime: since('Sync', 'True'),
        },
        { type: 'Health', ...found, lastTransitionTime: since('Health', found.status) },
      ],
    };
    if (specHash(release.status) === specHash(status)) return false;
    release.status = status;
    return true;
  });
}

function chartStatus(charts: Chart[]): ChartStatus {
  return Object.fromEntries(
    charts.map(({ name, targetRevision }) => [name, { installedRevision: targetRevision, phase: 'Synced' }]),
  );
}

function health(waiting: string[], late: boolean): Health {
  if (waiting.length === 0) return { status: 'True', reason: 'Healthy', message: '' };
  const names = waiting.join(', ');
  return late
    ? { status: 'False', reason: 'Timeout', message: `not available in time: ${names}` }
    : { status: 'False', reason: 'Progressing', message: `not available yet: ${names}` };
}
