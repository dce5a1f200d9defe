import { field, list, text } from '@/lib/operators/rules/untrusted';
import { indexPlugins, nameOf, type PluginEntry, type PluginObjects } from '@/lib/plugins/rules/catalogue';
import { clusterNameOf, isReadyForDeploy, moduleVersionOf } from '@/lib/plugins/rules/labels';
import { localizedOf } from '@/lib/plugins/rules/localized-text';
import type { ModuleConfigObject, ModulePluginObject } from '@/lib/plugins/rules/objects';
import { installedVersionOf } from '@/lib/plugins/rules/status';
import { compareVersions } from '@/lib/plugins/rules/version';
import type { PackageRow, PackageVersion, UploadedVersion } from '../list-contract';

/** Written in a plugin's chart version when the platform's own list of packages decides it. */
const DECIDED_BY_PLATFORM = 'refer-to-productbase';

/**
 * The cluster plugins that were uploaded: one version per ModuleConfig, and one that is being synchronised while a
 * ModulePlugin names a version of which there is no ModuleConfig yet.
 * @param global name of the global cluster, where all of them are
 */
export function uploadedPlugins(objects: PluginObjects, global: string): PackageRow[] {
  return [...indexPlugins(objects).values()]
    .flatMap((entry) => rowOf(entry, global) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name));
}

function rowOf(entry: PluginEntry, global: string): PackageRow | undefined {
  const { name, plugin, configs } = entry;
  const named = plugin && namedVersion(plugin);
  const versions: PackageVersion[] = configs.map((config) => ({
    version: moduleVersionOf(config),
    places: [placeOf(entry, config, global)],
  }));
  if (plugin && named && !versions.some(({ version }) => version === named)) {
    versions.push({ version: named, places: [expected(plugin, global)] });
  }
  if (versions.length === 0) return undefined;
  return {
    type: 'plugin',
    name,
    packageName: name,
    displayName: nameOf(entry),
    description: localizedOf((plugin ?? configs[0])?.spec?.description),
    architectures: architecturesOf((configs[0] ?? plugin)?.spec?.affinity),
    versions: versions.toSorted((a, b) => compareVersions(b.version, a.version)),
  };
}

function placeOf(entry: PluginEntry, config: ModuleConfigObject, cluster: string): UploadedVersion {
  const { name, creationTimestamp, deletionTimestamp } = config.metadata;
  const version = moduleVersionOf(config);
  const isReady = isReadyForDeploy(config, entry.plugin);
  const installed = entry.infos.filter((info) => installedVersionOf(info) === version).map(clusterNameOf);
  const named = entry.plugin && namedVersion(entry.plugin) === version && entry.configs.length > 1;
  const place = { cluster, object: name, message: '', uploaded: creationTimestamp, installed };
  const kept = named ? { kept: 'named-by-plugin' as const } : {};
  if (deletionTimestamp) return { ...place, phase: 'Deleting', reason: '' };
  if (isReady) return { ...place, ...kept, phase: 'Present', reason: 'ReadyForDeploy' };
  return {
    ...place,
    ...kept,
    phase: 'Pending',
    reason: 'NotReadyForDeploy',
    synchronisingSince: creationTimestamp,
  };
}

function expected({ metadata }: ModulePluginObject, cluster: string): UploadedVersion {
  const since = metadata.annotations?.[UPLOADED_AT] ?? metadata.creationTimestamp;
  return {
    cluster,
    object: metadata.name,
    phase: 'Pending',
    reason: 'NoModuleConfig',
    message: '',
    uploaded: since,
    synchronisingSince: since,
    installed: [],
    kept: 'named-by-plugin',
  };
}

const UPLOADED_AT = 'cpaas.io/uploaded-at';

/** The version that a ModulePlugin stands for: its own, else that of its main chart. */
export function namedVersion({ spec }: ModulePluginObject): string | undefined {
  const charts = list(field(spec, 'appReleases'), (release) => release).flatMap((release) =>
    list(field(release, 'chartVersions'), (chart) => chart),
  );
  const main = charts.find((chart) => field(chart, 'name') === field(spec, 'mainChart')) ?? charts[0];
  const version = text(spec?.version, 128) || text(field(main, 'version'), 128);
  return version && version !== DECIDED_BY_PLATFORM ? version : undefined;
}

/** Plugins tell architectures by the clusters that they fit (`cpaas.io/arch-amd64`). */
function architecturesOf(affinity: unknown): string[] {
  const selector = field(affinity, 'clusterAffinity');
  const keys = [
    ...Object.keys((field(selector, 'matchLabels') as object | undefined) ?? {}),
    ...list(field(selector, 'matchExpressions'), (expression) => text(field(expression, 'key'), 253)),
  ];
  return keys.flatMap((key) => /^cpaas\.io\/arch-([a-z0-9]+)$/.exec(key)?.[1] ?? []).sort();
}
