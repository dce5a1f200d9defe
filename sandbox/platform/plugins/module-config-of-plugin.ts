import {
  clusterApiVersion,
  finalizers,
  labels,
  type ModuleConfig,
  type ModulePlugin,
  type ModuleSpec,
} from './api.ts';
import { moduleConfigName } from './naming.ts';

/** Written in a plugin's chart version when the platform's own list of packages decides it. */
const decidedByPlatform = 'refer-to-productbase';

/** The version that a ModulePlugin stands for: its own, else that of its main chart. */
export function versionOf({ spec }: ModulePlugin): string | undefined {
  const charts = (spec.appReleases ?? []).flatMap(({ chartVersions }) => chartVersions);
  const main = charts.find(({ name }) => name === spec.mainChart) ?? charts[0];
  const version = spec.version || main?.version;
  return version === decidedByPlatform ? undefined : version;
}

/**
 * Whether a plugin needs no ModuleConfig made for it: one has its chart versions, or somebody has written
 * ModuleConfigs by hand and the plugin hasn't changed since.
 */
export function isCovered(plugin: ModulePlugin, configs: ModuleConfig[]): boolean {
  if (versionOf(plugin) === undefined) return true;
  const charts = chartsOf(plugin);
  const matching = configs.some(
    (config) => config.spec.version === versionOf(plugin) || chartsOf(config) === charts,
  );
  return matching || (configs.length > 0 && (plugin.metadata.generation ?? 1) <= 1);
}

function chartsOf({ spec }: ModulePlugin | ModuleConfig): string {
  const charts = (spec.appReleases ?? []).flatMap(({ chartVersions }) => chartVersions);
  return charts
    .map(({ name, version }) => `${name}:${version}`)
    .sort()
    .join(' ');
}

/**
 * The ModuleConfig that the platform makes of a ModulePlugin: the same spec with the version filled in, and what the
 * chart itself says of its forms.
 */
export function moduleConfigOf(
  plugin: ModulePlugin,
  chart: Partial<ModuleSpec> = {},
): ModuleConfig | undefined {
  const version = versionOf(plugin);
  const module = plugin.metadata.name ?? '';
  if (version === undefined) return undefined;
  return {
    apiVersion: clusterApiVersion,
    kind: 'ModuleConfig',
    metadata: {
      name: moduleConfigName(module, version),
      labels: {
        ...plugin.metadata.labels,
        [labels.module]: module,
        [labels.moduleType]: 'plugin',
        [labels.moduleVersion]: version,
      },
      ...(plugin.metadata.annotations ? { annotations: plugin.metadata.annotations } : {}),
      finalizers: [finalizers.moduleConfig],
    },
    spec: { ...plugin.spec, ...chart, name: module, version },
  };
}
