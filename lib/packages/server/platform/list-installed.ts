import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import { moduleInfos, modulePlugins } from '@/lib/plugins/refs';
import type { PackageType } from '../../contract';
import { subscriptions } from '../../refs';
import { globalCluster } from '../push-package';

/** One application of `apps.yaml`, the list that Alauda Cloud takes. */
export interface InstalledApplication {
  displayName: string;
  type: PackageType;
  installed: { clusterName: string; version: string }[];
}

interface ModuleObject extends KubeObject {
  spec?: { version?: string };
  status?: { version?: string };
}

interface SubscriptionObject extends KubeObject {
  spec?: { name?: string };
  status?: { installedCSV?: string };
}

interface CsvObject extends KubeObject {
  spec?: { displayName?: string; version?: string };
}

interface HelmRequestObject extends KubeObject {
  spec?: { chart?: string; version?: string; clusterName?: string };
}

const csvs: ResourceRef = { ...subscriptions, resource: 'clusterserviceversions' };
const helmRequests: ResourceRef = { group: 'app.alauda.io', version: 'v1', resource: 'helmrequests' };
const nameLabel = 'cpaas.io/module-name';

/**
 * What is installed on these clusters and is upgraded by uploading: plugins of the life cycles Aligned and Agnostic,
 * operators, and applications made from charts. By name, in the order of names.
 */
export async function listInstalled(
  kube: (cluster: string) => KubeClient,
  clusters: readonly string[],
): Promise<Map<string, InstalledApplication>> {
  const found = new Map<string, InstalledApplication>();
  const add = (
    name: string,
    { displayName, type }: Omit<InstalledApplication, 'installed'>,
    place: { clusterName: string; version: string },
  ) => {
    const application = found.get(name) ?? { displayName, type, installed: [] };
    found.set(name, application);
    const known = application.installed.some(
      ({ clusterName, version }) => clusterName === place.clusterName && version === place.version,
    );
    if (!known) application.installed.push(place);
  };
  await addPlugins(kube(globalCluster), clusters, add);
  for (const cluster of clusters) await addOperators(kube(cluster), add);
  await addCharts(kube(globalCluster), clusters, add);
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}

type Add = (
  name: string,
  application: Omit<InstalledApplication, 'installed'>,
  place: { clusterName: string; version: string },
) => void;

async function addPlugins(global: KubeClient, clusters: readonly string[], add: Add): Promise<void> {
  const plugins = new Map(
    (await listed<KubeObject>(global, modulePlugins)).map((plugin) => [plugin.metadata.name, plugin]),
  );
  for (const { metadata, spec, status } of await listed<ModuleObject>(global, moduleInfos)) {
    const name = metadata.labels?.[nameLabel] ?? '';
    const clusterName = metadata.labels?.['cpaas.io/cluster-name'] ?? '';
    const { labels = {}, annotations = {} } = plugins.get(name)?.metadata ?? {};
    // Without the label the life cycle is Agnostic; Core plugins are upgraded with their cluster.
    if (labels['cpaas.io/lifecycle-type'] === 'core' || !clusters.includes(clusterName) || !name) continue;
    const displayName = english(annotations['cpaas.io/display-name']) || name;
    const version = status?.version || spec?.version || '';
    add(name, { displayName, type: 'ModulePlugin' }, { clusterName, version });
  }
}

async function addOperators(kube: KubeClient, add: Add): Promise<void> {
  const installed = await listed<SubscriptionObject>(kube, subscriptions);
  if (installed.length === 0) return;
  const byName = new Map(
    (await listed<CsvObject>(kube, csvs)).map((csv) => [
      `${csv.metadata.namespace}/${csv.metadata.name}`,
      csv,
    ]),
  );
  for (const { metadata, spec, status } of installed) {
    const name = spec?.name;
    const csv = byName.get(`${metadata.namespace}/${status?.installedCSV}`);
    if (!name || !csv) continue;
    add(
      name,
      { displayName: csv.spec?.displayName || name, type: 'OperatorBundle' },
      { clusterName: kube.cluster, version: csv.spec?.version ?? '' },
    );
  }
}

async function addCharts(global: KubeClient, clusters: readonly string[], add: Add): Promise<void> {
  for (const { spec } of await listed<HelmRequestObject>(global, helmRequests)) {
    const name = spec?.chart?.split('/').at(-1);
    const clusterName = spec?.clusterName || globalCluster;
    if (!name || !clusters.includes(clusterName)) continue;
    add(name, { displayName: name, type: 'Chart' }, { clusterName, version: spec?.version ?? '' });
  }
}

/** Nothing where the cluster does not serve the kind. */
async function listed<T extends KubeObject>(kube: KubeClient, ref: ResourceRef): Promise<T[]> {
  try {
    return (await kube.list<T>(ref)).items;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return [];
    throw error;
  }
}

/** Names come plain, or as `{"en": …, "zh": …}`. */
function english(text: string | undefined): string {
  try {
    const { en } = JSON.parse(text ?? '') as { en?: unknown };
    return typeof en === 'string' ? en : '';
  } catch {
    return text ?? '';
  }
}
