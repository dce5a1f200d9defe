import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { PluginList } from '../contract';
import { pluginRow } from '../rules/catalogue';
import { readPlugins } from './read-plugins';

/**
 * The cluster plugins that the platform knows of, each with its state on one cluster, by name.
 * @throws KubeError 403 when the user may not list them
 */
export async function listPlugins(context: GlobalContext): Promise<PluginList> {
  const { entries, cluster, available, partial } = await readPlugins(context);
  const items = [...entries.values()].map((entry) => pluginRow(entry, cluster));
  return { items: items.sort((a, b) => a.name.localeCompare(b.name)), available, partial };
}
