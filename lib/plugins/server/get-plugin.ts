import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { Plugin } from '../contract';
import { infoOn, specOf } from '../rules/catalogue';
import { describePlugin } from '../rules/details';
import { findObjectsInTheWay } from './find-objects-in-the-way';
import { readPlugin } from './read-plugins';

/**
 * One plugin, whole, as a cluster sees it.
 * @throws ProblemError `not-found` when the platform does not know it
 */
export async function getPlugin(context: GlobalContext, name: string): Promise<Plugin> {
  const { entry, entries, cluster, partial } = await readPlugin(context, name);
  const info = infoOn(entry, cluster.name);
  const inTheWay = info
    ? await findObjectsInTheWay(context, specOf(entry, info)?.resourcesBlockRemove ?? [])
    : [];
  return {
    ...describePlugin(entry, cluster, entries.values(), inTheWay),
    globalCluster: context.global.cluster,
    partial,
  };
}
