'use client';

import { useTranslations } from 'next-intl';
import { useWaitingPlans } from '@/app/(console)/use-waiting-plans';
import { WaitingPlans } from '@/app/(console)/waiting-plans';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';

/** What waits for approval on one cluster. */
export function ClusterApprovals({ cluster }: { cluster: string }) {
  const t = useTranslations('approvals');
  const frame = useTranslations('frame');
  // The gate around this page has seen that the cluster answers.
  const plans = useWaitingPlans([{ name: cluster, health: 'Healthy' }]);
  return (
    <>
      <PageHeader
        title={frame('approvals')}
        actions={<ButtonLink href={addresses.approvals}>{t('allClusters')}</ButtonLink>}
      >
        {t('onCluster', { cluster })}
      </PageHeader>
      <WaitingPlans clusters={plans} everywhere={false} />
    </>
  );
}
