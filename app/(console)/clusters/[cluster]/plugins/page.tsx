import { Puzzle } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { addresses, segmentText } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('clusterPlugins') };
}

export default async function ClusterPluginsPage({ params }: { params: Promise<{ cluster: string }> }) {
  const [t, frame] = await Promise.all([getTranslations('later'), getTranslations('frame')]);
  const cluster = segmentText((await params).cluster);
  return (
    <>
      <PageHeader title={frame('clusterPlugins')} />
      <EmptyState
        icon={Puzzle}
        title={t('title')}
        action={<ButtonLink href={addresses.operatorHub(cluster)}>{t('openHub')}</ButtonLink>}
      >
        {t('plugins')}
      </EmptyState>
    </>
  );
}
