import { now } from '../../now.ts';
import { changeObject } from '../change.ts';
import { annotations, labelOf, labels, type ModuleConfig, type ModuleInfo, refs } from './api.ts';
import type { PluginContext } from './context.ts';

/** Notes on the installation when its upgrade began; once per upgrade. */
export async function noteUpgradeStart(context: PluginContext, info: ModuleInfo): Promise<void> {
  await change(context, info, ({ metadata }) => {
    const {
      [annotations.upgradedAt]: at,
      [annotations.upgradedEnd]: end,
      ...rest
    } = metadata.annotations ?? {};
    if (at && !end) return false;
    metadata.annotations = { ...rest, [annotations.upgradedAt]: now() };
    return true;
  });
}

/** Notes on the installation when its upgrade was through. */
export async function noteUpgradeEnd(context: PluginContext, info: ModuleInfo): Promise<void> {
  await change(context, info, ({ metadata }) => {
    if (metadata.annotations?.[annotations.upgradedEnd]) return false;
    metadata.annotations = { ...metadata.annotations, [annotations.upgradedEnd]: now() };
    return true;
  });
}

/** Writes the link to the plugin's pages, made from the version's `entrypointTemplate`, into `spec.entrypoint`. */
export async function noteEntrypoint(
  context: PluginContext,
  info: ModuleInfo,
  config: ModuleConfig,
): Promise<void> {
  const template = config.spec.entrypointTemplate;
  if (!template) return;
  const entrypoint = renderEntrypoint(template, info);
  await change(context, info, ({ spec }) => {
    if (spec.entrypoint === entrypoint) return false;
    spec.entrypoint = entrypoint;
    return true;
  });
}

/** Puts the cluster's name and the version in the places that a template marks with `<< .Name >>`; other marks become empty. */
export function renderEntrypoint(template: string, info: ModuleInfo): string {
  const values: Record<string, string> = {
    ClusterName: labelOf(info, labels.cluster),
    Version: info.spec.version,
  };
  return template.replace(/<<\s*\.(\w{1,40})\s*>>/g, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : '',
  );
}

async function change(
  context: PluginContext,
  info: ModuleInfo,
  edit: (info: ModuleInfo) => boolean,
): Promise<void> {
  const key = { name: info.metadata.name ?? '' };
  await changeObject<ModuleInfo>(context.global.client, refs.moduleInfos, key, (latest) =>
    latest.metadata.uid === info.metadata.uid ? edit(latest) : false,
  );
}
