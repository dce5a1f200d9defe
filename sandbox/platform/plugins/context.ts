import type { Informer } from '../../client/informer.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import {
  type AppRelease,
  type ClusterModule,
  labelOf,
  labels,
  type ModuleConfig,
  type ModuleInfo,
  type ModulePlugin,
  type PlatformCluster,
  refs,
} from './api.ts';
import type { InstalledModule } from './dependencies.ts';
import { finalNameOf } from './naming.ts';

/** What the plugin controllers share. All their own objects are on `global`; releases are where the plugin runs. */
export interface PluginContext {
  global: ClusterRuntime;
  clusters: ReadonlyMap<string, ClusterRuntime>;
  plugins: Informer<ModulePlugin>;
  configs: Informer<ModuleConfig>;
  infos: Informer<ModuleInfo>;
  registered: Informer<PlatformCluster>;
  clusterModules: Informer<ClusterModule>;
  releases: ReadonlyMap<string, Informer<AppRelease>>;
  /** Where the charts of uploaded plugins are. */
  registry: ImageRegistry | undefined;
}

export function pluginContext(
  global: ClusterRuntime,
  clusters: readonly ClusterRuntime[],
  registry?: ImageRegistry,
): PluginContext {
  const { informers } = global;
  return {
    global,
    registry,
    clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    plugins: informers.of<ModulePlugin>(refs.modulePlugins),
    configs: informers.of<ModuleConfig>(refs.moduleConfigs),
    infos: informers.of<ModuleInfo>(refs.moduleInfos),
    registered: informers.of<PlatformCluster>(refs.clusters),
    clusterModules: informers.of<ClusterModule>(refs.clusterModules),
    releases: new Map(clusters.map((it) => [it.name, it.informers.of<AppRelease>(refs.appReleases)])),
  };
}

/** The installations that stand under their final name: those that are still to be renamed count for nothing. */
export function installations(context: PluginContext): ModuleInfo[] {
  return context.infos.list().filter((info) => info.metadata.name === finalNameOf(info));
}

/** All installations but `except`, as dependencies and affinity look at them. */
export function installedModules(context: PluginContext, except?: string): InstalledModule[] {
  return installations(context)
    .filter((info) => info.metadata.name !== except)
    .map((info) => ({
      cluster: labelOf(info, labels.cluster),
      module: labelOf(info, labels.module),
      version: info.status?.version ?? '',
      phase: info.metadata.deletionTimestamp ? 'Deleting' : (info.status?.phase ?? ''),
    }));
}

/** The versions of one plugin. */
export function configsOf(context: PluginContext, module: string): ModuleConfig[] {
  return context.configs
    .list()
    .filter((config) => config.spec.name === module || labelOf(config, labels.module) === module);
}

/** The platform version of a cluster, from its ClusterModule. */
export function platformVersionOf(context: PluginContext, cluster: string): string | undefined {
  return context.clusterModules.get({ name: cluster })?.spec?.version;
}

/** The platform versions that clusters have, each once. */
export function platformVersions(context: PluginContext): string[] {
  const versions = context.clusterModules.list().flatMap((module) => module.spec?.version ?? []);
  return [...new Set(versions)].sort();
}
