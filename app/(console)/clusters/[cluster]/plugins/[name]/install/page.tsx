import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type PluginParams, pluginOf } from '../plugin-ref';
import { InstallPage } from './install-page';

export async function generateMetadata({ params }: { params: PluginParams }): Promise<Metadata> {
  const [t, { name }] = await Promise.all([getTranslations('plugins'), pluginOf(params)]);
  return { title: t('installTitle', { name }) };
}

export default async function Page({ params }: { params: PluginParams }) {
  const { cluster, name } = await pluginOf(params);
  return <InstallPage cluster={cluster} name={name} />;
}
