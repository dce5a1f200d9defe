import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type OperatorParams, operatorOf } from '../operator-ref';
import { InstallPage } from './install-page';

export async function generateMetadata({ params }: { params: OperatorParams }): Promise<Metadata> {
  const [t, { operator }] = await Promise.all([getTranslations('install'), operatorOf(params)]);
  return { title: t('title', { name: operator.name }) };
}

export default async function Page({ params }: { params: OperatorParams }) {
  const { cluster, operator } = await operatorOf(params);
  return <InstallPage cluster={cluster} reference={operator} />;
}
