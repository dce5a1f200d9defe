'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ApprovePlan } from '@/app/(console)/approve-plan';
import { NamespaceLiveEvents } from '@/app/(console)/namespace-live-events';
import { PlanCarries, PlanFacts, PlanState } from '@/components/approvals/plan-details';
import { OperatorPageSkeleton } from '@/components/operators/operator-page-skeleton';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { installPlanQuery } from '@/lib/operators/queries';

/** One InstallPlan before it is approved: what it carries, and for whom. */
export function PlanReview({
  cluster,
  namespace,
  name,
}: {
  cluster: string;
  namespace: string;
  name: string;
}) {
  const t = useTranslations('approvals');
  const { data: plan, error, refetch } = useQuery(installPlanQuery(cluster, { namespace, name }));
  if (error && !plan) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!plan) return <OperatorPageSkeleton />;
  return (
    <>
      <NamespaceLiveEvents cluster={cluster} namespace={namespace} />
      <PageHeader
        title={t('planTitle', { name })}
        actions={plan.approvable && <ApprovePlan cluster={cluster} plan={plan} />}
      >
        {t('planIn', { namespace, cluster })}
      </PageHeader>
      <PlanState plan={plan} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <PlanCarries plan={plan} />
        <PlanFacts plan={plan} />
      </div>
    </>
  );
}
