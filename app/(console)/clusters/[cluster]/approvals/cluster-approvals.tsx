'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { needsScope, useScope } from '@/app/(console)/use-scope';
import { WaitingPlans } from '@/app/(console)/waiting-plans';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { PageHeader } from '@/components/ui/page-header';
import { installPlansQuery } from '@/lib/operators/queries';

/** What waits for approval on one cluster. */
export function ClusterApprovals({ cluster }: { cluster: string }) {
  const t = useTranslations('approvals');
  const frame = useTranslations('frame');
  const used = useScope(cluster);
  const { data, error } = useQuery(installPlansQuery(cluster, used.scope));
  const plans = data?.items.filter(({ approvable }) => approvable);
  return (
    <>
      <PageHeader
        title={frame('approvals')}
        actions={<ButtonLink href={addresses.approvals}>{t('allClusters')}</ButtonLink>}
      >
        {t('onCluster', { cluster })}
      </PageHeader>
      <ScopeBar cluster={cluster} used={used} />
      {needsScope(error, used) ? (
        <ScopeChooser cluster={cluster} used={used} error={error} />
      ) : (
        <WaitingPlans clusters={[{ cluster, plans, error }]} />
      )}
    </>
  );
}
