'use client';

import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { ActivityTable } from '@/components/activity/activity-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PartialNotice } from '@/components/ui/partial-notice';
import { activityQuery } from '@/lib/activity/queries';

/** What was done to a cluster with this console. */
export function ClusterActivity({ cluster }: { cluster: string }) {
  const t = useTranslations('activity');
  const used = useScope(cluster);
  const { data, error, refetch } = useQuery(activityQuery(cluster, used.scope));
  const refusal = useRefusal(used, { data, error });
  if (refusal) return <ScopeChooser cluster={cluster} used={used} error={refusal} />;
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return <LoadingRows rows={6} />;
  }
  return (
    <div className="flex flex-col gap-4">
      <ScopeBar cluster={cluster} used={used} />
      <p className="text-muted">{t('text')}</p>
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {data.items.length > 0 ? (
        <ActivityTable activities={data.items} />
      ) : (
        <EmptyState icon={History} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  );
}
