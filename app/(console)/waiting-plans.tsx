'use client';

import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PlanTable } from '@/components/approvals/plan-table';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ApprovePlan } from './approve-plan';
import type { ClusterPlans } from './use-waiting-plans';

/** What waits for approval on some clusters, oldest first; `undefined` while the clusters are not known yet. */
export function WaitingPlans({ clusters }: { clusters: readonly ClusterPlans[] | undefined }) {
  const t = useTranslations('approvals');
  if (!clusters || (clusters.length > 0 && clusters.every(({ plans, error }) => !plans && !error))) {
    return (
      <div aria-busy="true">
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      </div>
    );
  }
  const failed = clusters.filter(({ plans, error }) => error && !plans);
  const [first] = failed;
  if (first && failed.length === clusters.length) return <ErrorState error={first.error} />;
  const rows = clusters
    .flatMap(({ cluster, plans }) => (plans ?? []).map((plan) => ({ cluster, plan })))
    .sort((a, b) => a.plan.createdAt.localeCompare(b.plan.createdAt));
  const busy = clusters.some(({ plans, error }) => !plans && !error);
  return (
    <div className="flex flex-col gap-4">
      {failed.length > 0 && (
        <PartialNotice
          partial={failed.map(({ cluster, error }) => ({ resource: cluster, reason: error?.message ?? '' }))}
        />
      )}
      {rows.length > 0 || busy ? (
        <PlanTable
          rows={rows}
          busy={busy}
          approve={({ cluster, plan }) => <ApprovePlan cluster={cluster} plan={plan} compact />}
        />
      ) : (
        <EmptyState icon={CircleCheck} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  );
}
