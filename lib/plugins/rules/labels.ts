import type { ApiObject, ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from './objects';

export const MODULE_NAME = 'cpaas.io/module-name';
export const MODULE_TYPE = 'cpaas.io/module-type';
export const MODULE_VERSION = 'cpaas.io/module-version';
export const CLUSTER_NAME = 'cpaas.io/cluster-name';
export const LIFECYCLE_TYPE = 'cpaas.io/lifecycle-type';
export const DISPLAY_NAME = 'cpaas.io/display-name';
export const PLATFORM_VERSION = 'cpaas.io/platform-version';

/** The one value of `cpaas.io/module-type`; without it the platform refuses to install. */
export const PLUGIN_TYPE = 'plugin';

/**
 * The plugin that a ModulePlugin, ModuleConfig or ModuleInfo is about. Labels say it; names of
 * ModuleInfos are made by the platform and mean nothing.
 */
export function moduleNameOf({ metadata, spec }: ApiObject & { spec?: unknown }): string {
  const label = metadata.labels?.[MODULE_NAME];
  if (label) return label;
  const name = typeof spec === 'object' && spec !== null && 'name' in spec ? spec.name : undefined;
  return typeof name === 'string' && name ? name : metadata.name;
}

/** The cluster on which a ModuleInfo installs its plugin. */
export function clusterNameOf({ metadata }: ModuleInfoObject): string {
  return metadata.labels?.[CLUSTER_NAME] ?? '';
}

/** The version that a ModuleConfig is. */
export function moduleVersionOf({ metadata, spec }: ModuleConfigObject): string {
  return spec?.version || metadata.labels?.[MODULE_VERSION] || '';
}

/** Whether the platform says that a version can be installed: its own status or the plugin's summary. */
export function isReadyForDeploy(config: ModuleConfigObject, plugin?: ModulePluginObject): boolean {
  if (config.status?.readyForDeploy !== undefined) return config.status.readyForDeploy;
  const version = moduleVersionOf(config);
  return (plugin?.status?.moduleConfigs ?? []).some(
    (known) => known.version === version && known.readyForDeploy === true,
  );
}
