import type { Metadata } from 'next';
import { PluginPage } from './plugin-page';
import { type PluginParams, pluginOf } from './plugin-ref';

export async function generateMetadata({ params }: { params: PluginParams }): Promise<Metadata> {
  return { title: (await pluginOf(params)).name };
}

export default async function Page({ params }: { params: PluginParams }) {
  const { cluster, name } = await pluginOf(params);
  return <PluginPage cluster={cluster} name={name} />;
}
