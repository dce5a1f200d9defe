import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { listPlugins } from './list-plugins';

/** How many cluster plugins of a cluster can be upgraded by themselves: Core ones go with the cluster. */
export async function countPluginUpgrades(context: GlobalContext): Promise<number> {
  const { items } = await listPlugins(context);
  return items.filter(({ actions }) => actions.includes('Upgrade')).length;
}
