import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type OperatorParams, operatorOf } from '../operator-ref';
import { UninstallPage } from './uninstall-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('uninstall') };
}

export default async function Page({ params }: { params: OperatorParams }) {
  const { cluster, operator } = await operatorOf(params);
  return <UninstallPage cluster={cluster} reference={operator} />;
}
