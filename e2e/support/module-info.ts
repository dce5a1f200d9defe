import { expect } from '@playwright/test';

type Kubectl = (cluster: string, ...args: string[]) => Promise<string>;

export interface Installation {
  cluster: string;
  plugin: string;
  version: string;
  config: unknown;
}

/** The ModuleInfo that installs a plugin, as the product document writes it under "Installing via YAML". */
export function documented({ cluster, plugin, version, config }: Installation) {
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      labels: {
        'cpaas.io/cluster-name': cluster,
        'cpaas.io/module-name': plugin,
        'cpaas.io/module-type': 'plugin',
      },
      name: `${cluster}-temporary-name`,
    },
    spec: { config, version },
  };
}

/** The ModuleInfos of a plugin on a cluster, found by their labels on the global cluster. */
async function moduleInfos(kubectl: Kubectl, cluster: string, plugin: string) {
  const labels = `cpaas.io/cluster-name=${cluster},cpaas.io/module-name=${plugin}`;
  return JSON.parse(await kubectl('global', 'get', 'moduleinfo', '-l', labels, '-o', 'json')).items;
}

/** The `spec` of the one ModuleInfo of a plugin on a cluster. */
export async function installedSpec(kubectl: Kubectl, cluster: string, plugin: string) {
  const items = await moduleInfos(kubectl, cluster, plugin);
  expect(items).toHaveLength(1);
  return items[0].spec;
}

export async function expectNotInstalled(kubectl: Kubectl, cluster: string, plugin: string): Promise<void> {
  expect(await moduleInfos(kubectl, cluster, plugin)).toEqual([]);
}

/**
 * The cluster holds the one ModuleInfo that the product document would have made, field by field. The
 * platform has renamed it to the cluster's name and 32 hexadecimal digits, adds labels of its own, and
 * writes the entry point of a plugin that has one.
 */
export async function expectInstalled(kubectl: Kubectl, installation: Installation): Promise<void> {
  const { cluster, plugin } = installation;
  const { metadata, ...wanted } = documented(installation);
  await expect
    .poll(async () => {
      const items: { spec: Record<string, unknown> }[] = await moduleInfos(kubectl, cluster, plugin);
      return items.map(({ spec: { entrypoint: _, ...spec } }) => spec);
    })
    .toEqual([wanted.spec]);
  const [found] = await moduleInfos(kubectl, cluster, plugin);
  expect(found).toMatchObject({ ...wanted, metadata: { labels: metadata.labels } });
  expect(found.metadata.name).toMatch(new RegExp(`^${cluster}-[0-9a-f]{32}$`));
}
