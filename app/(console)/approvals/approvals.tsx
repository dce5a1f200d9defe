'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { problemOf } from '@/components/ui/problem-of';
import { clustersQuery } from '@/lib/clusters/queries';
import { NoAccess } from '../no-access';
import { useWaitingPlans } from '../use-waiting-plans';
import { WaitingPlans } from '../waiting-plans';

/** What waits for approval, over all clusters. */
export function Approvals() {
  const t = useTranslations('approvals');
  const frame = useTranslations('frame');
  const words = useTranslations('clusters');
  const { data, error, refetch } = useQuery(clustersQuery());
  const plans = useWaitingPlans(data?.items);
  const silent = (data?.items ?? [])
    .filter(({ health }) => health !== 'Healthy')
    .map(({ name, health, reason }) => ({ resource: name, reason: reason ?? words(`health.${health}`) }));
  const none = problemOf(error)?.code === 'forbidden' || data?.items.length === 0;
  return (
    <>
      <PageHeader title={frame('approvals')}>{!none && t('everywhere')}</PageHeader>
      {none ? (
        <NoAccess />
      ) : error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <WaitingPlans clusters={data && plans} silent={silent} everywhere />
      )}
    </>
  );
}
