import type { ModuleDependency, ModuleSpec } from './api.ts';
import { inRange } from './versions.ts';

/** A plugin as it stands on one cluster. */
export interface InstalledModule {
  cluster: string;
  module: string;
  /** The version that runs; empty while the first one is being installed. */
  version: string;
  phase: string;
}

export interface DependencyState {
  /** Not there, or in a version that won't do: waiting alone doesn't help. */
  missing: string[];
  /** There, but not running yet. */
  waiting: string[];
}

/** The platform itself counts as a module of every cluster; plugins that need it say so. */
const platformModule = 'base';

/**
 * What this plugin version still needs before it can be put on `cluster`: its dependencies on the same cluster, and
 * one of its dependencies on other clusters. A cross-cluster dependency may be narrowed by the installation's own
 * `config.crossClusterDependency: {<plugin>: <cluster>}`, as the log and monitoring plugins have it.
 */
export function dependencyState(
  spec: Pick<ModuleSpec, 'dependencies' | 'pluginDependencies' | 'crossClusterDependencies'>,
  cluster: string,
  config: Record<string, unknown>,
  installed: InstalledModule[],
): DependencyState {
  const state: DependencyState = { missing: [], waiting: [] };
  for (const dependency of spec.dependencies ?? []) {
    if (dependency.moduleName !== platformModule) onSameCluster(dependency, cluster, installed, state);
  }
  onOtherClusters(crossClusterChoices(spec, config), installed, state);
  return state;
}

function onSameCluster(
  dependency: ModuleDependency,
  cluster: string,
  installed: InstalledModule[],
  state: DependencyState,
): void {
  const { moduleName, versionsMatch = [] } = dependency;
  const found = installed.find((it) => it.module === moduleName && it.cluster === cluster);
  if (!found) state.missing.push(`plugin ${moduleName} is not installed on cluster ${cluster}`);
  else if (found.phase !== 'Running')
    state.waiting.push(`plugin ${moduleName} on cluster ${cluster} is not running yet`);
  else if (versionsMatch.length > 0 && !versionsMatch.some((range) => inRange(found.version, range))) {
    const wanted = versionsMatch.join(' or ');
    state.missing.push(`plugin ${moduleName} on cluster ${cluster} is ${found.version}, needed is ${wanted}`);
  }
}

function onOtherClusters(
  choices: { clusterName: string; pluginName: string }[],
  installed: InstalledModule[],
  state: DependencyState,
): void {
  if (choices.length === 0) return;
  const found = choices.flatMap(({ clusterName, pluginName }) =>
    installed.filter((it) => it.module === pluginName && it.cluster === clusterName),
  );
  if (found.some((it) => it.phase === 'Running')) return;
  const wanted = choices.map((it) => `${it.pluginName} on cluster ${it.clusterName}`).join(' or ');
  if (found.length > 0) state.waiting.push(`plugin ${wanted} is not running yet`);
  else state.missing.push(`plugin ${wanted} is not installed`);
}

function crossClusterChoices(
  spec: Pick<ModuleSpec, 'pluginDependencies' | 'crossClusterDependencies'>,
  config: Record<string, unknown>,
): { clusterName: string; pluginName: string }[] {
  const chosen = config.crossClusterDependency;
  const clusterOf = (plugin: string): string | undefined => {
    const value = isRecord(chosen) && Object.hasOwn(chosen, plugin) ? chosen[plugin] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const offered = spec.pluginDependencies?.crossCluster?.oneOf ?? [];
  const named = new Set([...offered.map((it) => it.pluginName), ...(spec.crossClusterDependencies ?? [])]);
  const narrowed = [...named].flatMap((pluginName) => {
    const clusterName = clusterOf(pluginName);
    return clusterName ? [{ clusterName, pluginName }] : [];
  });
  return narrowed.length > 0 ? narrowed : offered;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
