'use client';

import { CircleCheck, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ClosedClusters } from '@/components/approvals/closed-clusters';
import { LeftoverTable } from '@/components/approvals/leftover-table';
import { filterPlans } from '@/components/approvals/plan-filters';
import { PlanTable } from '@/components/approvals/plan-table';
import { PlanToolbar } from '@/components/approvals/plan-toolbar';
import { RejectionNotice } from '@/components/approvals/rejection-notice';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PartialNotice } from '@/components/ui/partial-notice';
import { problemOf } from '@/components/ui/problem-of';
import type { Unread } from '@/lib/operators/contract';
import { approvalParams } from './approvals/search-params';
import { ApprovePlan } from './approve-plan';
import { ApproveSelected } from './approve-selected';
import { CleanUpPlan } from './clean-up-plan';
import { PlanChanges, SelectPlan } from './plan-row';
import type { ClusterPlans } from './use-waiting-plans';

/**
 * What waits for approval on some clusters, oldest first, and what is left over; `undefined` while the clusters are not
 * known yet.
 */
export function WaitingPlans({
  clusters,
  silent = [],
  everywhere,
}: {
  clusters: readonly ClusterPlans[] | undefined;
  /** The clusters that could not be asked, and why. */
  silent?: Unread;
  everywhere: boolean;
}) {
  const t = useTranslations('approvals');
  const [filter, setFilter] = useQueryStates(approvalParams, { history: 'replace' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  if (!clusters || (clusters.length > 0 && clusters.every(({ plans, error }) => !plans && !error))) {
    return <LoadingRows rows={4} />;
  }
  const failed = clusters.filter(({ plans, error }) => error && !plans);
  const [first] = failed;
  if (first && failed.length === clusters.length) {
    const closed = failed.every(({ error }) => problemOf(error)?.code === 'forbidden');
    if (!closed) return <ErrorState error={first.error} />;
    return (
      <ClosedClusters clusters={failed.map(({ cluster }) => cluster)} detail={first.error?.message ?? ''} />
    );
  }
  const partial = [
    ...silent,
    ...failed.map(({ cluster, error }) => ({ resource: cluster, reason: error?.message ?? '' })),
    ...clusters.flatMap((one) => one.partial),
  ];
  const rows = clusters
    .flatMap(({ cluster, plans }) => (plans ?? []).map((plan) => ({ cluster, plan })))
    .sort((a, b) => a.plan.createdAt.localeCompare(b.plan.createdAt));
  const shown = filterPlans(rows, filter);
  const chosen = shown.filter(({ plan }) => selected.has(plan.uid));
  const leftovers = clusters.flatMap(({ cluster, leftovers: plans }) =>
    plans.map((plan) => ({ cluster, plan })),
  );
  const busy = clusters.some(({ plans, error }) => !plans && !error);
  const select = (uid: string, checked: boolean) => {
    const next = new Set(selected);
    if (checked) next.add(uid);
    else next.delete(uid);
    setSelected(next);
  };
  return (
    <div className="flex flex-col gap-4">
      {partial.length > 0 && <PartialNotice partial={partial} />}
      <PlanToolbar
        filter={filter}
        clusters={everywhere ? rows.map(({ cluster }) => cluster) : undefined}
        namespaces={rows.map(({ plan }) => plan.namespace)}
        onChange={(change) =>
          void setFilter(
            Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null])),
          )
        }
        action={<ApproveSelected selected={chosen} onDone={() => setSelected(new Set())} />}
      />
      {shown.length > 0 || busy ? (
        <PlanTable
          rows={shown}
          busy={busy}
          everywhere={everywhere}
          select={(row) => (
            <SelectPlan
              row={row}
              checked={selected.has(row.plan.uid)}
              onChange={(checked) => select(row.plan.uid, checked)}
            />
          )}
          digest={(row, index) => <PlanChanges row={row} index={index} />}
          approve={({ cluster, plan }) => <ApprovePlan cluster={cluster} plan={plan} compact />}
        />
      ) : rows.length > 0 ? (
        <EmptyState
          icon={SearchX}
          title={t('noMatchTitle')}
          action={<Button onClick={() => void setFilter(null)}>{t('clearFilters')}</Button>}
        >
          {t('noMatchText')}
        </EmptyState>
      ) : clusters.length === 0 ? null : (
        <EmptyState icon={CircleCheck} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {leftovers.length > 0 && (
        <LeftoverTable
          rows={leftovers}
          everywhere={everywhere}
          cleanUp={({ cluster, plan }) => <CleanUpPlan cluster={cluster} plan={plan} />}
        />
      )}
      {rows.length > 0 && <RejectionNotice />}
    </div>
  );
}
