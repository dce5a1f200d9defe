'use client';

import { ServerOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';

/** For an address of a cluster that the registry does not have, or not for this user. */
export function UnknownCluster({ cluster }: { cluster: string }) {
  const t = useTranslations('clusters');
  return (
    <>
      <PageHeader title={cluster} />
      <EmptyState
        icon={ServerOff}
        title={t('unknownTitle', { cluster })}
        action={
          <ButtonLink href={addresses.clusters} variant="primary">
            {t('showAll')}
          </ButtonLink>
        }
      >
        {t('unknownText')}
      </EmptyState>
    </>
  );
}
