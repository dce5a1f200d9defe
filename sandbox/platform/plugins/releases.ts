import { hasReason } from '../../client/status-error.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { now } from '../../now.ts';
import {
  type AppRelease,
  type ChartVersion,
  labelOf,
  labels,
  type ModuleConfig,
  type ModuleInfo,
  type ReleaseStatus,
  refs,
  systemNamespace,
} from './api.ts';
import { specHash } from './naming.ts';

type Wanted = { name: string; namespace: string; charts: ChartVersion[] };

/** The releases of one plugin version; a chart version left to the platform becomes the plugin's own. */
function wantedReleases({ spec }: ModuleConfig): Wanted[] {
  return (spec.appReleases ?? []).map(({ name, namespace, chartVersions }) => ({
    name,
    namespace: namespace || systemNamespace,
    charts: chartVersions.map((chart) =>
      chart.version === 'refer-to-productbase' ? { ...chart, version: spec.version ?? '' } : chart,
    ),
  }));
}

/**
 * Writes the AppReleases of an installation into its cluster and removes those that the version no longer has.
 * The charts themselves are installed by that cluster's own controller.
 */
export async function writeReleases(
  target: ClusterRuntime,
  info: ModuleInfo,
  config: ModuleConfig,
): Promise<void> {
  const wanted = wantedReleases(config);
  for (const { namespace, name, charts } of wanted) {
    const release = appRelease(info, { namespace, name, charts });
    const known = await target.client.find<AppRelease>(refs.appReleases, { namespace, name });
    if (known && specHash(known.spec) === specHash(release.spec)) continue;
    await target.client.patch(refs.appReleases, { namespace, name }, release, {
      type: 'apply',
      fieldManager: 'cluster-transformer',
      force: true,
    });
  }
  const names = new Set(wanted.map(({ name }) => name));
  for (const old of await releasesOf(target, info)) {
    if (!names.has(old.metadata.name ?? '')) await removeRelease(target, old);
  }
}

function appRelease(info: ModuleInfo, { name, namespace, charts }: Wanted): AppRelease {
  const { config = {}, valuesOverride = {} } = info.spec;
  return {
    apiVersion: 'operator.alauda.io/v1alpha1',
    kind: 'AppRelease',
    metadata: {
      name,
      namespace,
      labels: {
        [labels.module]: labelOf(info, labels.module),
        [labels.cluster]: labelOf(info, labels.cluster),
      },
    },
    spec: {
      destination: { namespace },
      source: {
        charts: charts.map((chart) => ({
          name: chart.name,
          releaseName: chart.releaseName,
          targetRevision: chart.version,
        })),
      },
      values: { config, ...valuesOverride },
    },
  };
}

async function removeRelease(target: ClusterRuntime, { metadata }: AppRelease): Promise<void> {
  try {
    const { namespace, name = '' } = metadata;
    await target.client.delete(refs.appReleases, { namespace, name }, { propagationPolicy: 'Background' });
  } catch (error) {
    if (!hasReason(error, 'NotFound')) throw error;
  }
}

/** Removes all releases of an installation; true when none is left. */
export async function removeReleases(target: ClusterRuntime, info: ModuleInfo): Promise<boolean> {
  const left = await releasesOf(target, info);
  for (const release of left) await removeRelease(target, release);
  return left.length === 0;
}

async function releasesOf(target: ClusterRuntime, info: ModuleInfo): Promise<AppRelease[]> {
  const labelSelector = `${labels.module}=${labelOf(info, labels.module)}`;
  const { items } = await target.client.list<AppRelease>(refs.appReleases, { labelSelector });
  return items;
}

/** `status.appReleases` of an installation, from the conditions of its releases; those not there yet are not synced. */
export async function releaseStatuses(
  target: ClusterRuntime,
  config: ModuleConfig,
): Promise<ReleaseStatus[]> {
  return Promise.all(
    wantedReleases(config).map(async ({ name, namespace, charts }) => {
      const release = await target.client.find<AppRelease>(refs.appReleases, { namespace, name });
      return {
        name,
        namespace,
        chartVersions: charts,
        lastProbeTime: now(),
        ...stateOf(release, charts),
      };
    }),
  );
}

function stateOf(
  release: AppRelease | undefined,
  charts: ChartVersion[],
): Pick<ReleaseStatus, 'ready' | 'synced' | 'failed' | 'reason' | 'message'> {
  const conditionOf = (type: string) => release?.status?.conditions?.find((it) => it.type === type);
  const [sync, health] = [conditionOf('Sync'), conditionOf('Health')];
  const { observedGeneration = 0, charts: installed } = release?.status ?? {};
  const upToDate =
    observedGeneration >= (release?.metadata.generation ?? 1) &&
    charts.every((chart) => installed?.[chart.name]?.installedRevision === chart.version);
  const synced = upToDate && sync?.status === 'True';
  const ready = synced && health?.status === 'True';
  const telling = synced ? health : sync;
  return {
    synced,
    ready,
    failed: synced && health?.reason === 'Timeout',
    ...(telling?.reason && !ready ? { reason: telling.reason } : {}),
    ...(telling?.message && !ready ? { message: telling.message } : {}),
  };
}
