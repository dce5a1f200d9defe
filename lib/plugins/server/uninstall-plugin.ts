import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { PluginWrite } from '../contract';
import { moduleInfos } from '../refs';
import { specOf } from '../rules/catalogue';
import { uninstallObstacles } from '../rules/obstacles';
import { installationOf } from './change-installation';
import { findObjectsInTheWay } from './find-objects-in-the-way';
import { readPlugin } from './read-plugins';
import { refuse } from './refusal';

/**
 * Uninstalls a plugin by deleting its ModuleInfo; the platform removes it once its finalizer has done its work.
 * @throws ProblemError with the obstacle in `reason`: `not-deleteable`, `resources-in-the-way`, `removal-prevented`
 */
export async function uninstallPlugin(
  context: GlobalContext,
  { name, dryRun }: { name: string; dryRun: boolean },
): Promise<PluginWrite> {
  const { entry } = await readPlugin(context, name);
  const info = installationOf(context, entry, 'delete');
  const spec = specOf(entry, info);
  const inTheWay = await findObjectsInTheWay(context, spec?.resourcesBlockRemove ?? []);
  refuse(context, 'delete', name, uninstallObstacles(info, spec, inTheWay));
  const { name: moduleInfo, uid } = info.metadata;
  await context.global.delete(moduleInfos, moduleInfo, { uid, dryRun });
  return { dryRun, moduleInfo: { name: moduleInfo, uid } };
}
