'use client';

import { useTranslations } from 'next-intl';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { useWaitingPlans } from '@/app/(console)/use-waiting-plans';
import { WaitingPlans } from '@/app/(console)/waiting-plans';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';

/** What waits for approval on one cluster. */
export function ClusterApprovals({ cluster }: { cluster: string }) {
  const t = useTranslations('approvals');
  const frame = useTranslations('frame');
  const used = useScope(cluster);
  // The gate around this page has seen that the cluster answers.
  const plans = useWaitingPlans([{ name: cluster, health: 'Healthy' }], used.scope);
  const refusal = useRefusal(used, { data: plans[0]?.plans, error: plans[0]?.error });
  return (
    <>
      <PageHeader
        title={frame('approvals')}
        actions={<ButtonLink href={addresses.approvals}>{t('allClusters')}</ButtonLink>}
      >
        {t('onCluster', { cluster })}
      </PageHeader>
      <ScopeBar cluster={cluster} used={used} />
      {refusal ? (
        <ScopeChooser cluster={cluster} used={used} error={refusal} />
      ) : (
        <WaitingPlans clusters={plans} everywhere={false} />
      )}
    </>
  );
}
