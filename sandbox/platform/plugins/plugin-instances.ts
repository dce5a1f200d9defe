import { runController, watchOf } from '../../client/controller.ts';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { changeObject } from '../change.ts';
import { clusterApiVersion, labelOf, labels, type ModuleInfo, refs } from './api.ts';
import { configsOf, installations, type PluginContext, platformVersionOf } from './context.ts';
import { moduleInfoName, specHash } from './naming.ts';
import { fitsPlatform, newestVersion } from './versions.ts';

interface ClusterPluginInstance extends KubeObject {
  spec: { pluginName: string; config?: Record<string, unknown>; valuesOverride?: Record<string, unknown> };
}

const finalizer = 'clusterplugininstance';

/**
 * Mirrors the ClusterPluginInstances of a workload cluster to ModuleInfos on global: the newest ready version that fits
 * the cluster when it is created, its configuration ever after, and its removal.
 */
export function runPluginInstances(context: PluginContext, cluster: ClusterRuntime): void {
  const instances = cluster.informers.of<ClusterPluginInstance>(refs.clusterPluginInstances);
  runController({
    name: 'clusterplugininstance',
    watches: [
      watchOf(instances, ({ object }) => [object.metadata.name ?? '']),
      watchOf(context.configs, () => instances.list().map(({ metadata }) => metadata.name ?? '')),
      watchOf(context.infos, () =>
        instances.list().flatMap(({ metadata }) => (metadata.deletionTimestamp ? (metadata.name ?? '') : [])),
      ),
    ],
    reconcile: (name) => mirror(context, cluster, name),
    signal: cluster.signal,
    clock: cluster.clock,
  });
}

async function mirror(context: PluginContext, cluster: ClusterRuntime, name: string): Promise<void> {
  const ref = refs.clusterPluginInstances;
  const instance = await cluster.client.find<ClusterPluginInstance>(ref, { name });
  // The CRD leaves the spec optional.
  if (!instance?.spec) return;
  const existing = installations(context).find(
    (info) =>
      labelOf(info, labels.cluster) === cluster.name &&
      labelOf(info, labels.module) === instance.spec.pluginName,
  );
  if (instance.metadata.deletionTimestamp) {
    if (existing && !existing.metadata.deletionTimestamp) await remove(context, existing);
    if (!existing) await setFinalizers(cluster, name, []);
    return;
  }
  await setFinalizers(cluster, name, [finalizer]);
  if (existing) await update(context, existing, instance);
  else await create(context, cluster, instance);
}

async function create(
  context: PluginContext,
  cluster: ClusterRuntime,
  { spec }: ClusterPluginInstance,
): Promise<void> {
  const platform = platformVersionOf(context, cluster.name);
  const fitting = configsOf(context, spec.pluginName).filter(
    (config) =>
      config.status?.readyForDeploy === true && fitsPlatform(platform, config.spec.targetClusterVersions),
  );
  const version = newestVersion(fitting.flatMap((config) => config.spec.version ?? []));
  // It comes back to this when a ModuleConfig appears.
  if (version === undefined) return;
  const info: ModuleInfo = {
    apiVersion: clusterApiVersion,
    kind: 'ModuleInfo',
    metadata: {
      name: moduleInfoName(cluster.name, spec.pluginName),
      labels: {
        [labels.cluster]: cluster.name,
        [labels.module]: spec.pluginName,
        [labels.moduleType]: 'plugin',
        'create-by': 'cluster-transformer',
        'manage-delete-by': 'cluster-transformer',
        'manage-update-by': 'cluster-transformer',
      },
    },
    spec: {
      version,
      config: spec.config ?? {},
      ...(spec.valuesOverride ? { valuesOverride: spec.valuesOverride } : {}),
    },
  };
  try {
    await context.global.client.create(refs.moduleInfos, info);
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists') && !hasReason(error, 'Forbidden')) throw error;
  }
}

async function update(
  context: PluginContext,
  info: ModuleInfo,
  { spec }: ClusterPluginInstance,
): Promise<void> {
  const key = { name: info.metadata.name ?? '' };
  await changeObject<ModuleInfo>(context.global.client, refs.moduleInfos, key, (latest) => {
    const { config, valuesOverride } = { config: {}, ...spec };
    const same =
      specHash(latest.spec.config ?? {}) === specHash(config) &&
      specHash(latest.spec.valuesOverride) === specHash(valuesOverride);
    if (same) return false;
    latest.spec.config = config;
    if (valuesOverride) latest.spec.valuesOverride = valuesOverride;
    else delete latest.spec.valuesOverride;
    return true;
  });
}

async function remove(context: PluginContext, { metadata }: ModuleInfo): Promise<void> {
  try {
    await context.global.client.delete(refs.moduleInfos, { name: metadata.name ?? '' });
  } catch (error) {
    if (!hasReason(error, 'NotFound')) throw error;
  }
}

async function setFinalizers(cluster: ClusterRuntime, name: string, finalizers: string[]): Promise<void> {
  await changeObject(cluster.client, refs.clusterPluginInstances, { name }, ({ metadata }) => {
    if ((metadata.finalizers ?? []).join() === finalizers.join()) return false;
    metadata.finalizers = finalizers;
    return true;
  });
}
