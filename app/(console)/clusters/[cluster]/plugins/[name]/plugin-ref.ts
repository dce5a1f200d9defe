import { segmentText } from '@/components/addresses';

export type PluginParams = Promise<{ cluster: string; name: string }>;

/** The cluster and the plugin that an address names. */
export async function pluginOf(params: PluginParams): Promise<{ cluster: string; name: string }> {
  const { cluster, name } = await params;
  return { cluster: segmentText(cluster), name: segmentText(name) };
}
