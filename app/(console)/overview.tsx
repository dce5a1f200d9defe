'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { ClusterCards } from '@/components/clusters/cluster-cards';
import { attentionOf } from '@/components/features/attention';
import { AttentionList } from '@/components/features/attention-list';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { problemOf } from '@/components/ui/problem-of';
import { Skeleton } from '@/components/ui/skeleton';
import { clustersQuery } from '@/lib/clusters/queries';
import { NoAccess } from './no-access';
import { useComponents } from './use-components';
import { useWaitingPlans } from './use-waiting-plans';

/** What needs the reader, over all clusters. */
export function Overview() {
  const t = useTranslations('clusters');
  const frame = useTranslations('frame');
  const { data, error, refetch } = useQuery(clustersQuery());
  const waiting = useWaitingPlans(data?.items);
  const components = useComponents(data?.items);
  const total = waiting.reduce((sum, { plans }) => sum + (plans?.length ?? 0), 0);
  const counting = !data || waiting.some(({ plans, error }) => !plans && !error);
  const reading = !data || components.some(({ list, error }) => !list && !error);
  const trouble = data?.items.filter(({ health }) => health !== 'Healthy').length ?? 0;

  if (problemOf(error)?.code === 'forbidden' || data?.items.length === 0) {
    return (
      <>
        <PageHeader title={frame('overview')} />
        <NoAccess />
      </>
    );
  }
  return (
    <>
      <PageHeader title={frame('overview')}>
        {data ? t('summary', { count: data.items.length, trouble }) : t('loading')}
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          {total === 0 && counting && <Skeleton className="h-15.5 rounded-card" />}
          {total > 0 && (
            <Notice
              tone="waiting"
              title={t('totalWaiting', { count: total })}
              action={
                <Link
                  href={addresses.approvals}
                  className="inline-flex min-h-6 items-center gap-1 font-medium text-waiting hover:underline"
                >
                  {t('reviewThem')}
                  <ArrowRight aria-hidden className="size-4" />
                </Link>
              }
            >
              {t('totalWaitingText')}
            </Notice>
          )}
          <AttentionList items={attentionOf(data?.items ?? [], components)} reading={reading} />
          <h2 className="sr-only">{frame('clusters')}</h2>
          <ClusterCards
            clusters={data?.items}
            waiting={
              new Map(
                waiting.flatMap(({ cluster, plans }) => (plans ? [[cluster, plans.length] as const] : [])),
              )
            }
          />
        </div>
      )}
    </>
  );
}
