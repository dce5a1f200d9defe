import { record } from './json';
import type { Dependency, ModuleSpec } from './objects';
import { isInAnyRange } from './version';

/** A plugin as it is installed somewhere. */
export interface InstalledPlugin {
  name: string;
  cluster: string;
  version: string;
  running: boolean;
}

/** One thing that has to run before a plugin can. */
export interface CheckedDependency {
  /** The plugins of which one is needed, with the cluster where it is looked for. */
  anyOf: { plugin: string; cluster: string; versions: string[] }[];
  satisfied: boolean;
  /** Where it was found; `running` is false while it is still being installed. */
  found?: InstalledPlugin;
  /** In English. */
  words: string;
}

/** Modules that are the platform itself: there is no ModulePlugin of that name, and nothing to install. */
const PLATFORM_MODULES = new Set(['base']);

/**
 * Holds a version's dependencies against what is installed. `dependencies` are looked for on the same
 * cluster, those of `pluginDependencies.crossCluster` on the clusters that they name; one of `oneOf` is
 * enough. The log and monitoring plugins let the reader choose the cluster in
 * `config.crossClusterDependency: {<plugin>: <cluster>}`; then only what was chosen counts.
 * @param config what would be installed with
 */
export function checkDependencies(
  spec: Pick<ModuleSpec, 'dependencies' | 'pluginDependencies'> | undefined,
  cluster: string,
  installed: readonly InstalledPlugin[],
  config: unknown = {},
): CheckedDependency[] {
  const own = (spec?.dependencies ?? [])
    .filter(({ moduleName }) => moduleName && !PLATFORM_MODULES.has(moduleName))
    .map((dependency) => check([wanted(dependency, cluster)], installed));
  const chosen = record(record(config).crossClusterDependency);
  const offered = (spec?.pluginDependencies?.crossCluster?.oneOf ?? [])
    .filter(({ clusterName, pluginName }) => clusterName && pluginName)
    .map(({ clusterName, pluginName }) => ({ plugin: pluginName, cluster: clusterName, versions: [] }));
  const narrowed = offered.flatMap((one) => {
    const choice = Object.hasOwn(chosen, one.plugin) ? chosen[one.plugin] : undefined;
    return typeof choice === 'string' && choice !== '' ? [{ ...one, cluster: choice }] : [];
  });
  const oneOf = narrowed.length > 0 ? narrowed : offered;
  return oneOf.length > 0 ? [...own, check(oneOf, installed)] : own;
}

function wanted({ moduleName, versionsMatch }: Dependency, cluster: string) {
  return { plugin: moduleName, cluster, versions: versionsMatch ?? [] };
}

function check(anyOf: CheckedDependency['anyOf'], installed: readonly InstalledPlugin[]): CheckedDependency {
  const found = installed
    .filter(({ name, cluster, version }) =>
      anyOf.some(
        (one) => one.plugin === name && one.cluster === cluster && isInAnyRange(version, one.versions),
      ),
    )
    .sort((a, b) => Number(b.running) - Number(a.running))[0];
  return {
    anyOf,
    satisfied: found?.running === true,
    ...(found ? { found } : {}),
    words: anyOf.map(words).join(' or '),
  };
}

function words({ plugin, cluster, versions }: CheckedDependency['anyOf'][number]): string {
  const ranges = versions.filter((range) => range.trim() !== '*');
  return `${plugin}${ranges.length > 0 ? ` ${ranges.join(' or ')}` : ''} on cluster ${cluster}`;
}
