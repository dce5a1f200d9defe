import type { ReconcileResult } from '../../client/controller.ts';
import { changeObject } from '../change.ts';
import { finalizers, labelOf, labels, type ModuleInfo, refs } from './api.ts';
import type { PluginContext } from './context.ts';
import { readyCondition, writeStatus } from './installation-status.ts';
import { finalNameOf, moduleConfigName } from './naming.ts';
import { removeReleases } from './releases.ts';
import { removeBlockers } from './remove-blockers.ts';
import { timing } from './timing.ts';

/**
 * Takes a deleted installation off its cluster: nothing happens while objects of `resourcesBlockRemove` exist (they are
 * named in `blockReasons`, and `removeIsPrevented` is set); then the releases go, then the finalizer.
 */
export async function uninstall(
  context: PluginContext,
  info: ModuleInfo,
): Promise<ReconcileResult | undefined> {
  if (!info.metadata.finalizers?.includes(finalizers.moduleInfo)) return undefined;
  const target = context.clusters.get(labelOf(info, labels.cluster));
  const version = info.status?.version ?? '';
  if (!target || info.metadata.name !== finalNameOf(info)) return release(context, info);

  const name = moduleConfigName(labelOf(info, labels.module), version || info.spec.version);
  const blockers = await removeBlockers(target, context.configs.get({ name })?.spec.resourcesBlockRemove);
  if (blockers.length > 0) {
    const reasons = blockers.map((it) => `${it} on cluster ${target.name} must be deleted first`);
    await writeStatus(context, info, {
      phase: 'Deleting',
      version,
      removeIsPrevented: true,
      blockReasons: reasons,
      conditions: [readyCondition('False', 'RemoveIsPrevented', reasons.join('; '))],
    });
    return { requeueAfterMs: timing.blockedRecheck };
  }
  await writeStatus(context, info, {
    phase: 'Deleting',
    version,
    removeIsPrevented: undefined,
    blockReasons: undefined,
    conditions: [readyCondition('False', 'Deleting', 'the releases are being removed')],
  });
  const gone = await removeReleases(target, info);
  await context.global.clock.sleep(timing.uninstall, context.global.signal);
  if (!gone && !(await removeReleases(target, info))) return { requeueAfterMs: timing.blockedRecheck };
  return release(context, info);
}

async function release(context: PluginContext, info: ModuleInfo): Promise<undefined> {
  const key = { name: info.metadata.name ?? '' };
  await changeObject<ModuleInfo>(context.global.client, refs.moduleInfos, key, ({ metadata }) => {
    const kept = metadata.finalizers?.filter((it) => it !== finalizers.moduleInfo) ?? [];
    if (kept.length === metadata.finalizers?.length) return false;
    metadata.finalizers = kept;
    return true;
  });
}
