import { runController, watchOf } from '../../client/controller.ts';
import { now } from '../../now.ts';
import { changeStatus } from '../change.ts';
import { createOnce } from '../users.ts';
import {
  labelOf,
  labels,
  type ModuleConfig,
  type ModulePlugin,
  type ModulePluginStatus,
  refs,
} from './api.ts';
import { chartConfigOf } from './chart-config.ts';
import { configsOf, installations, type PluginContext, platformVersions } from './context.ts';
import { isCovered, moduleConfigOf } from './module-config-of-plugin.ts';
import { specHash } from './naming.ts';
import { timing } from './timing.ts';
import { compareVersions, fitsPlatform } from './versions.ts';

/**
 * Sums up in each ModulePlugin's status which versions there are and where it is installed, and makes the ModuleConfig
 * of a plugin's chart version when that has none after the platform's time of synchronisation.
 */
export function runModulePlugins(context: PluginContext): void {
  const { global, plugins, configs, infos, clusterModules } = context;
  runController({
    name: 'moduleplugin',
    watches: [
      watchOf(plugins, ({ object }) => [object.metadata.name ?? '']),
      watchOf(configs, ({ object }) => [labelOf(object, labels.module), object.spec.name]),
      watchOf(infos, ({ object }) => [labelOf(object, labels.module)]),
      watchOf(clusterModules, () => plugins.list().map((plugin) => plugin.metadata.name ?? '')),
    ],
    reconcile: (name) => reconcileStatus(context, name),
    signal: global.signal,
    clock: global.clock,
  });
  runController({
    name: 'moduleplugin-sync',
    watches: [
      watchOf(plugins, ({ object, type }) => (type === 'DELETED' ? [] : [object.metadata.name ?? ''])),
    ],
    reconcile: (name) => synchronise(context, name),
    signal: global.signal,
    clock: global.clock,
    // A worker sleeps through the synchronisation.
    concurrency: 64,
  });
}

async function reconcileStatus(context: PluginContext, name: string): Promise<void> {
  if (!context.plugins.get({ name })) return;
  await changeStatus<ModulePlugin>(context.global.client, refs.modulePlugins, { name }, (plugin) => {
    const installed = installations(context)
      .filter((info) => labelOf(info, labels.module) === name)
      .map((info) => ({
        cluster: labelOf(info, labels.cluster),
        name: info.metadata.name ?? '',
        phase: info.status?.phase ?? '',
        version: info.status?.version ?? '',
      }));
    const configs = configsOf(context, name).filter(({ metadata }) => !metadata.deletionTimestamp);
    const status = pluginStatus(plugin, configs, installed, platformVersions(context));
    if (specHash({ ...plugin.status, conditions: [] }) === specHash({ ...status, conditions: [] }))
      return false;
    plugin.status = status;
    return true;
  });
}

/** The status of a plugin from its versions, newest first, its installations and the platform versions of the clusters. */
export function pluginStatus(
  plugin: ModulePlugin,
  configs: ModuleConfig[],
  installed: NonNullable<ModulePluginStatus['installed']>,
  platforms: string[],
): ModulePluginStatus {
  const versions = configs
    .filter(({ spec }) => spec.version)
    .sort((a, b) => compareVersions(b.spec.version ?? '', a.spec.version ?? ''));
  const ready = versions.filter(({ status }) => status?.readyForDeploy);
  const latest = (ready[0] ?? versions[0])?.spec.version;
  return {
    conditions: [
      {
        type: 'Synced',
        status: versions.length > 0 ? 'True' : 'False',
        reason: versions.length > 0 ? 'ModuleConfigsReady' : 'NoModuleConfig',
        message: versions.length > 0 ? '' : 'no version of the plugin has been uploaded',
        lastTransitionTime: now(),
      },
    ],
    installed: installed.sort((a, b) => a.cluster.localeCompare(b.cluster)),
    ...(latest ? { latestVersion: latest } : {}),
    moduleConfigs: versions.map(({ metadata, spec, status }) => ({
      name: metadata.name ?? '',
      version: spec.version,
      readyForDeploy: status?.readyForDeploy ?? false,
      targetClusterVersions: status?.targetClusterVersions ?? [],
      ...(spec.affinity ? { affinity: spec.affinity } : {}),
    })),
    specHash: specHash(plugin.spec),
    targetClusterVersions: Object.fromEntries(
      platforms.flatMap((platform) => {
        const config = ready.find(({ spec }) => fitsPlatform(platform, spec.targetClusterVersions));
        return config ? [[platform, targetOf(config)]] : [];
      }),
    ),
  };
}

function targetOf({ spec, status }: ModuleConfig) {
  return {
    version: spec.version ?? '',
    readyForDeploy: status?.readyForDeploy ?? false,
    moduleConfigSpecHash: specHash(spec),
    description: spec.description,
    logo: spec.logo,
    ...(spec.affinity ? { affinity: spec.affinity } : {}),
  };
}

async function synchronise(context: PluginContext, name: string): Promise<void> {
  const { client, clock, signal } = context.global;
  const plugin = context.plugins.get({ name });
  if (!plugin || isCovered(plugin, configsOf(context, name))) return;
  await clock.sleep(timing.pluginSync, signal);
  const latest = await client.find<ModulePlugin>(refs.modulePlugins, { name });
  if (!latest || isCovered(latest, configsOf(context, name))) return;
  const config = moduleConfigOf(latest, await chartConfigOf(latest, context.registry));
  if (config) await createOnce(context.global, refs.moduleConfigs, config);
}
