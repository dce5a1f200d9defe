import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import type { PluginWrite } from '../contract';
import { moduleInfos } from '../refs';
import { infoOn, type PluginEntry } from '../rules/catalogue';
import type { Json } from '../rules/json';
import type { ModuleInfoObject } from '../rules/objects';
import { notInstalled } from '../rules/obstacles';
import { refusal } from './refusal';

/** The installation on the cluster in question. @throws ProblemError `not-installed` when there is none */
export function installationOf(context: GlobalContext, entry: PluginEntry, verb: string): ModuleInfoObject {
  const info = infoOn(entry, context.cluster.name);
  if (info) return info;
  throw refusal(context, verb, entry.name, [notInstalled(context.cluster.name)]);
}

/**
 * Patches one ModuleInfo's spec, first with `dryRun=All`. Keys that the patch does not name stay.
 * @throws KubeError 409 when `resourceVersion` is given and the object is another one by now
 */
export async function patchInstallation(
  { global }: GlobalContext,
  info: ModuleInfoObject,
  spec: { version?: string; config?: Json },
  { resourceVersion, dryRun }: { resourceVersion?: string; dryRun: boolean },
): Promise<PluginWrite> {
  // The uid makes sure that it is this installation and not one of the same name made in between.
  const metadata = { uid: info.metadata.uid, ...(resourceVersion ? { resourceVersion } : {}) };
  const patch = { metadata, spec };
  const { name } = info.metadata;
  const accepted = await global.mergePatch<KubeObject>(moduleInfos, name, patch, { dryRun: true });
  const changed = dryRun
    ? accepted
    : await global.mergePatch<KubeObject>(moduleInfos, name, patch, { before: info });
  return { dryRun, moduleInfo: { name: changed.metadata.name, uid: changed.metadata.uid } };
}
