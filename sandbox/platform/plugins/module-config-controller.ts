import { runController, watchOf } from '../../client/controller.ts';
import { changeObject, changeStatus } from '../change.ts';
import { finalizers, labelOf, labels, type ModuleConfig, refs } from './api.ts';
import { type PluginContext, platformVersions } from './context.ts';
import { moduleConfigName, specHash } from './naming.ts';
import { timing } from './timing.ts';
import { fitsPlatform } from './versions.ts';

/**
 * Makes ModuleConfigs ready for deploy, uploaded ones and those created by hand alike, and keeps a deleted one for as
 * long as an installation is at its version.
 */
export function runModuleConfigs(context: PluginContext): void {
  const { global, configs, infos, clusterModules } = context;
  runController({
    name: 'moduleconfig',
    watches: [
      watchOf(configs, ({ object }) => [object.metadata.name ?? '']),
      watchOf(infos, ({ object, previous }) =>
        [object, previous].flatMap((info) =>
          [info?.spec.version, info?.status?.version].flatMap((version) =>
            info && version ? moduleConfigName(labelOf(info, labels.module), version) : [],
          ),
        ),
      ),
      watchOf(clusterModules, () => configs.list().map((config) => config.metadata.name ?? '')),
    ],
    reconcile: (name) => reconcile(context, name),
    signal: global.signal,
    clock: global.clock,
    concurrency: 32,
  });
}

async function reconcile(context: PluginContext, name: string): Promise<void> {
  const { client, clock, signal } = context.global;
  const config = await client.find<ModuleConfig>(refs.moduleConfigs, { name });
  if (!config) return;
  const { deletionTimestamp, finalizers: held = [] } = config.metadata;
  if (deletionTimestamp) {
    if (!isInstalled(context, config)) await setFinalizers(context, name, without);
    return;
  }
  if (!held.includes(finalizers.moduleConfig)) {
    await setFinalizers(context, name, (known) => [...known, finalizers.moduleConfig]);
  }
  if (!config.status?.readyForDeploy) await clock.sleep(timing.configReady, signal);
  await changeStatus<ModuleConfig>(client, refs.moduleConfigs, { name }, (latest) => {
    const status = statusOf(latest, platformVersions(context));
    if (specHash(latest.status) === specHash(status)) return false;
    latest.status = status;
    return true;
  });
}

/** A version without a number can't be asked for by a ModuleInfo. */
export function statusOf({ spec }: ModuleConfig, platforms: string[]): NonNullable<ModuleConfig['status']> {
  return {
    readyForDeploy: (spec.version ?? '') !== '',
    targetClusterVersions: platforms.filter((version) => fitsPlatform(version, spec.targetClusterVersions)),
  };
}

function isInstalled({ infos }: PluginContext, { metadata }: ModuleConfig): boolean {
  return infos.list().some((info) => {
    const module = labelOf(info, labels.module);
    const versions = [info.spec.version, info.status?.version ?? ''];
    return versions.some((version) => moduleConfigName(module, version) === metadata.name);
  });
}

function without(known: string[]): string[] {
  return known.filter((it) => it !== finalizers.moduleConfig);
}

async function setFinalizers(
  context: PluginContext,
  name: string,
  change: (known: string[]) => string[],
): Promise<void> {
  await changeObject<ModuleConfig>(context.global.client, refs.moduleConfigs, { name }, ({ metadata }) => {
    const known = metadata.finalizers ?? [];
    const next = [...new Set(change(known))];
    if (next.length === known.length) return false;
    metadata.finalizers = next;
    return true;
  });
}
