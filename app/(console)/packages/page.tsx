import { Upload } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('frame'))('uploadPackages') };
}

export default async function PackagesPage() {
  const [t, frame] = await Promise.all([getTranslations('later'), getTranslations('frame')]);
  return (
    <>
      <PageHeader title={frame('uploadPackages')} />
      <EmptyState
        icon={Upload}
        title={t('title')}
        action={<ButtonLink href={addresses.clusters}>{t('openClusters')}</ButtonLink>}
      >
        {t('packages')}
      </EmptyState>
    </>
  );
}
