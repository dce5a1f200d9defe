import type { PluginStatus } from '../contract';
import { isReadyForDeploy } from './labels';
import type { ModuleConfigObject, ModuleInfoObject, ModulePluginObject } from './objects';

/** The objects that say how a plugin is on one cluster. */
export interface PluginFacts {
  plugin?: ModulePluginObject;
  configs: readonly ModuleConfigObject[];
  /** The ModuleInfo of the cluster in question. */
  info?: ModuleInfoObject;
}

/** Phases seen on live platforms, lower-case; the platform publishes no list. */
const phases: Record<string, PluginStatus> = {
  running: 'Running',
  installed: 'Running',
  processing: 'Installing',
  installing: 'Installing',
  pending: 'Installing',
  deploying: 'Installing',
  upgrading: 'Upgrading',
  failed: 'Failed',
  error: 'Failed',
  deleting: 'Deleting',
  uninstalling: 'Deleting',
  terminating: 'Deleting',
};

/**
 * What a plugin is on a cluster. Without a ModuleInfo it is Ready as soon as one version can be
 * installed, and Absent before that. A phase is believed only when it is about the wanted version: the
 * platform writes `status` late, so right after a change it still speaks of the version before.
 * @returns one of the known states, or a phase that is not known, as the platform wrote it
 */
export function pluginStatusOf({ plugin, configs, info }: PluginFacts): string {
  if (!info) return configs.some((config) => isReadyForDeploy(config, plugin)) ? 'Ready' : 'Absent';
  return installationStatusOf(info);
}

/** What one installation says of itself. */
export function installationStatusOf({ metadata, spec, status }: ModuleInfoObject): string {
  if (metadata.deletionTimestamp) return 'Deleting';
  const phase = status?.phase?.trim() ?? '';
  const known = Object.hasOwn(phases, phase.toLowerCase()) ? phases[phase.toLowerCase()] : undefined;
  if (!status?.version) return known === 'Failed' ? 'Failed' : 'Installing';
  if (spec?.version && status.version !== spec.version) return 'Upgrading';
  return known ?? (phase || 'Installing');
}

/** Whether an installation runs in the version that is wanted. */
export function isRunning(info: ModuleInfoObject): boolean {
  return installationStatusOf(info) === 'Running';
}

/** The version that is on the cluster: what the platform says is current, else what is wanted. */
export function installedVersionOf({ spec, status }: ModuleInfoObject): string {
  return status?.version || spec?.version || '';
}

/** Since when the first version of a plugin is known without being ready. */
export function synchronisingSince({ plugin, configs, info }: PluginFacts): string | undefined {
  if (info || configs.some((config) => isReadyForDeploy(config, plugin))) return undefined;
  return configs.map(({ metadata }) => metadata.creationTimestamp).sort()[0];
}
