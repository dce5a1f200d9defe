import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { isServed } from '@/lib/kube/discovery';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import { moduleConfigs, moduleInfos, modulePlugins } from '@/lib/plugins/refs';
import type { ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from '@/lib/plugins/rules/objects';
import type { PackageList, PackageRow, PackageTab } from '../list-contract';
import { artifacts, artifactVersions, charts, productBases, subscriptions, uploadNamespace } from '../refs';
import { uploadedCharts } from '../rules/uploaded-charts';
import { type ClusterUploads, uploadedOperators } from '../rules/uploaded-operators';
import { uploadedPlugins } from '../rules/uploaded-plugins';

/** The clusters of a platform as one user may reach them. */
export interface PlatformClusters {
  open: readonly { global: boolean; kube: KubeClient }[];
  /** Those that could not be opened, and why. */
  closed: readonly { cluster: string; reason: string }[];
}

type Partial = PackageList['partial'];

/**
 * What was uploaded to the platform, of one type. Operators are uploaded to single clusters, plugins and charts to the
 * global one. A cluster that does not answer, or a kind that may not be read, is named in `partial`.
 * @throws KubeError 403 when nothing of that type may be read anywhere; ProblemError `forbidden` for plugins and charts
 * when the user may not know of the global cluster
 */
export async function listPackages(platform: PlatformClusters, type: PackageTab): Promise<PackageList> {
  const partial: Partial =
    type === 'operator'
      ? platform.closed.map(({ cluster, reason }) => ({ resource: `cluster ${cluster}`, reason }))
      : [];
  if (type === 'operator') return operators(platform, partial);
  const global = globalOf(platform);
  const kind = type === 'plugin' ? modulePlugins : charts;
  if (!global) {
    throw new ProblemError(
      'forbidden',
      'Cluster plugins and Helm charts are kept on the global cluster, of which you may not know.',
      { verb: 'list', resource: `${kind.resource}.${kind.group}` },
    );
  }
  if (!(await isServed(global, kind))) {
    return { items: [], available: false, partial };
  }
  const items = await (type === 'plugin' ? plugins(global, partial) : publicCharts(global));
  return { items, available: true, partial };
}

async function operators(platform: PlatformClusters, partial: Partial): Promise<PackageList> {
  const failures: unknown[] = [];
  const global = globalOf(platform);
  const [uploads, products] = await Promise.all([
    Promise.all(
      platform.open.map(({ kube }) =>
        uploadsOf(kube, partial).catch((error: unknown) => {
          failures.push(error);
          partial.push({ resource: `artifacts on ${kube.cluster}`, reason: reasonOf(error) });
          return undefined;
        }),
      ),
    ),
    global ? optional(global, productBases, []) : [],
  ]);
  const read = uploads.filter((upload) => upload !== undefined);
  if (read.length === 0 && failures.length > 0) throw failures[0];
  return { items: uploadedOperators(read, products), available: read.length > 0, partial };
}

function globalOf({ open }: PlatformClusters): KubeClient | undefined {
  return open.find(({ global }) => global)?.kube;
}

/** `undefined` for a cluster without the platform's kinds. */
async function uploadsOf(cluster: KubeClient, partial: Partial): Promise<ClusterUploads | undefined> {
  if (!(await isServed(cluster, artifacts))) return undefined;
  const options = { namespace: uploadNamespace };
  const [found, versions] = await Promise.all([
    cluster.list<KubeObject>(artifacts, options),
    cluster.list<KubeObject>(artifactVersions, options),
  ]);
  const subscribed = await optional(cluster, subscriptions, partial);
  return {
    cluster: cluster.cluster,
    artifacts: found.items,
    artifactVersions: versions.items,
    subscriptions: subscribed,
  };
}

async function plugins(global: KubeClient, partial: Partial): Promise<PackageRow[]> {
  const [found, configs, infos] = await Promise.all([
    global.list<ModulePluginObject>(modulePlugins),
    optional<ModuleConfigObject>(global, moduleConfigs, partial),
    optional<ModuleInfoObject>(global, moduleInfos, partial),
  ]);
  return uploadedPlugins({ plugins: found.items, configs, infos, artifacts: [] }, global.cluster);
}

async function publicCharts(global: KubeClient): Promise<PackageRow[]> {
  const { items } = await global.list<KubeObject>(charts, { namespace: uploadNamespace });
  return uploadedCharts(items, global.cluster);
}

/** A list that only adds to what is told: without the right to it, or the kind, it is empty and noted. */
async function optional<T extends KubeObject = KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  partial: Partial,
): Promise<T[]> {
  try {
    return (await client.list<T>(ref)).items;
  } catch (error) {
    if (!(error instanceof KubeError) || error.status >= 500) throw error;
    partial.push({ resource: `${ref.resource} on ${client.cluster}`, reason: error.message });
    return [];
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof KubeError || error instanceof ConnectionError) return error.message;
  throw error;
}
