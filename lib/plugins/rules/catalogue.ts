import type { LifeCycle, LocalizedText, PluginAction, PluginRow } from '../contract';
import type { InstalledPlugin } from './dependencies';
import { buildForm, hasEditableFields } from './form/build-form';
import type { FormPurpose } from './form/form';
import { clusterNameOf, isReadyForDeploy, moduleNameOf, moduleVersionOf } from './labels';
import { lifeCycleOf } from './life-cycle';
import { displayNameOf, localizedOf } from './localized-text';
import type {
  ModuleConfigObject,
  ModuleInfoObject,
  ModulePluginObject,
  ModuleSpec,
  ProductArtifact,
} from './objects';
import {
  installationStatusOf,
  installedVersionOf,
  isRunning,
  pluginStatusOf,
  synchronisingSince,
} from './status';
import { type UpgradeCandidate, upgradeCandidates } from './upgrade-targets';
import { compareVersions, fitsPlatform } from './version';

/** Everything that the global cluster knows of one plugin. */
export interface PluginEntry {
  name: string;
  plugin?: ModulePluginObject;
  /** Newest first. */
  configs: ModuleConfigObject[];
  /** One per cluster. */
  infos: ModuleInfoObject[];
  /** The platform's own list, which also names packages that were not uploaded. */
  artifact?: ProductArtifact;
}

export interface PluginObjects {
  plugins: readonly ModulePluginObject[];
  configs: readonly ModuleConfigObject[];
  infos: readonly ModuleInfoObject[];
  artifacts: readonly ProductArtifact[];
}

/** Brings the objects of each plugin together, by their labels. */
export function indexPlugins(objects: PluginObjects): Map<string, PluginEntry> {
  const entries = new Map<string, PluginEntry>();
  const entryOf = (name: string): PluginEntry => {
    const entry = entries.get(name) ?? { name, configs: [], infos: [] };
    entries.set(name, entry);
    return entry;
  };
  for (const plugin of objects.plugins) entryOf(moduleNameOf(plugin)).plugin = plugin;
  for (const config of objects.configs) entryOf(moduleNameOf(config)).configs.push(config);
  for (const info of onePerCluster(objects.infos)) entryOf(moduleNameOf(info)).infos.push(info);
  for (const artifact of objects.artifacts) {
    if (artifact.name && isPluginPackage(artifact)) entryOf(artifact.name).artifact = artifact;
  }
  for (const { configs } of entries.values()) {
    configs.sort((a, b) => compareVersions(moduleVersionOf(b), moduleVersionOf(a)));
  }
  return entries;
}

/**
 * While the platform renames an installation there are two of it for a moment; the one that stays is
 * not being deleted and has a status.
 */
function onePerCluster(infos: readonly ModuleInfoObject[]): ModuleInfoObject[] {
  const rank = ({ metadata, status }: ModuleInfoObject) =>
    (metadata.deletionTimestamp ? 0 : 2) + (status?.phase ? 1 : 0);
  const best = new Map<string, ModuleInfoObject>();
  for (const info of infos) {
    const key = `${clusterNameOf(info)}\0${moduleNameOf(info)}`;
    const known = best.get(key);
    if (!known || rank(info) > rank(known)) best.set(key, info);
  }
  return [...best.values()];
}

/** Package types are free text: `ModulePlugin` in the platform's tools, `plugin` in its labels. */
function isPluginPackage({ packageType }: ProductArtifact): boolean {
  return /plugin/i.test(packageType ?? '');
}

/** What is installed, on all clusters. */
export function installedPlugins(infos: readonly ModuleInfoObject[]): InstalledPlugin[] {
  return infos
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map((info) => ({
      name: moduleNameOf(info),
      cluster: clusterNameOf(info),
      version: installedVersionOf(info),
      running: isRunning(info),
    }));
}

/** The installation on a cluster. */
export function infoOn(entry: PluginEntry, cluster: string): ModuleInfoObject | undefined {
  return entry.infos.find((info) => clusterNameOf(info) === cluster);
}

/** The ModuleConfig of one version. */
export function configOf(entry: PluginEntry, version: string): ModuleConfigObject | undefined {
  return entry.configs.find((config) => moduleVersionOf(config) === version);
}

/** The spec that speaks for a plugin: of the installed version, else the plugin's own or the newest one's. */
export function specOf(entry: PluginEntry, info: ModuleInfoObject | undefined): ModuleSpec | undefined {
  const installed = info && configOf(entry, info.spec?.version ?? '');
  return installed?.spec ?? entry.plugin?.spec ?? entry.configs[0]?.spec;
}

/** The life cycle that a plugin's objects tell, the ModulePlugin first. */
export function lifeCycleOfEntry(entry: PluginEntry): LifeCycle {
  return lifeCycleOf([entry.plugin, ...entry.configs, ...entry.infos]);
}

/** Whether a version asks for parameters. */
export function hasForm(spec: ModuleSpec | undefined, purpose: FormPurpose): boolean {
  return hasEditableFields(buildForm({ ...spec }, purpose, 'en'));
}

/** The versions to which an installation could be upgraded; none where nothing is installed. */
export function candidatesOf(
  entry: PluginEntry,
  info: ModuleInfoObject | undefined,
  platformVersion: string | undefined,
): UpgradeCandidate[] {
  return info ? upgradeCandidates(info, entry.configs, entry.plugin, platformVersion) : [];
}

/** One row of a cluster's list. */
export function pluginRow(
  entry: PluginEntry,
  cluster: { name: string; platformVersion?: string },
): PluginRow {
  const info = infoOn(entry, cluster.name);
  const facts = { plugin: entry.plugin, configs: entry.configs, info };
  const lifecycle = lifeCycleOfEntry(entry);
  const candidates = candidatesOf(entry, info, cluster.platformVersion);
  const offered = info ? undefined : installableConfig(entry, cluster.platformVersion);
  const since = synchronisingSince(facts);
  return {
    name: entry.name,
    displayName: nameOf(entry),
    description: descriptionOf(entry),
    lifecycle,
    status: pluginStatusOf(facts),
    version: info ? installedVersionOf(info) : '',
    newVersion: info ? (candidates[0]?.version ?? '') : offered ? moduleVersionOf(offered) : '',
    actions: actionsOf(entry, info, lifecycle, candidates.length > 0, offered !== undefined),
    installForm: hasForm(offered?.spec, 'deploy'),
    ...(since ? { synchronisingSince: since } : {}),
    blockReasons: info?.status?.blockReasons ?? [],
    hasIcon: logoOf(entry) !== undefined,
  };
}

function actionsOf(
  entry: PluginEntry,
  info: ModuleInfoObject | undefined,
  lifecycle: LifeCycle,
  hasUpgrade: boolean,
  canInstall: boolean,
): PluginAction[] {
  if (!info) return canInstall ? ['Install'] : [];
  if (info.metadata.deletionTimestamp) return [];
  const spec = specOf(entry, info);
  const isSettled = installationStatusOf(info) !== 'Installing' && installationStatusOf(info) !== 'Upgrading';
  return [
    ...(hasUpgrade && lifecycle !== 'Core' && isSettled ? (['Upgrade'] as const) : []),
    ...(hasForm(spec, 'edit') ? (['Update'] as const) : []),
    ...(spec?.deleteable === false ? [] : (['Uninstall'] as const)),
  ];
}

/** The newest version that is ready, one that fits the platform first. */
function installableConfig(
  { configs, plugin }: PluginEntry,
  platformVersion: string | undefined,
): ModuleConfigObject | undefined {
  const ready = configs.filter((config) => isReadyForDeploy(config, plugin));
  return (
    ready.find((config) => fitsPlatform(platformVersion, config.spec?.targetClusterVersions)) ?? ready[0]
  );
}

/** The name that people know a plugin by: of its objects, or of the platform's list where it was not uploaded. */
export function nameOf({ name, plugin, configs, infos, artifact }: PluginEntry): LocalizedText {
  const object = plugin ?? configs[0] ?? infos[0];
  if (object) return displayNameOf(object, name);
  return localizedOf(artifact?.channels?.[0]?.displayName, name);
}

function descriptionOf({ plugin, configs, artifact }: PluginEntry): LocalizedText {
  const channel = artifact?.channels?.[0];
  return localizedOf(
    plugin?.spec?.description ?? configs[0]?.spec?.description ?? channel?.brief ?? channel?.description,
  );
}

const MAX_LOGO = 1024 * 1024;
const LOGO = /^data:(image\/(?:svg\+xml|png|jpeg|gif|webp))(;charset=[\w-]+)?(;base64)?,/i;

/** The icon as its author gave it, when it is an image that a page may show. */
export function logoOf({
  plugin,
  configs,
}: Pick<PluginEntry, 'plugin' | 'configs'>):
  | { contentType: string; isBase64: boolean; data: string }
  | undefined {
  const logo = plugin?.spec?.logo || configs[0]?.spec?.logo || '';
  const head = LOGO.exec(logo.slice(0, 200));
  if (!head || logo.length > MAX_LOGO || logo.length === head[0].length) return undefined;
  const [prefix, type = '', , base64] = head;
  return { contentType: type.toLowerCase(), isBase64: base64 !== undefined, data: logo.slice(prefix.length) };
}
