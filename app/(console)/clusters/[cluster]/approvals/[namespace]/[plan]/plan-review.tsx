'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ApprovePlan } from '@/app/(console)/approve-plan';
import { CleanUpPlan } from '@/app/(console)/clean-up-plan';
import { NamespaceLiveEvents } from '@/app/(console)/namespace-live-events';
import { PlanApis } from '@/components/approvals/plan-apis';
import { PlanCarries, PlanInstances } from '@/components/approvals/plan-carries';
import { PlanHeading } from '@/components/approvals/plan-heading';
import { PlanImages } from '@/components/approvals/plan-images';
import { PlanNotices } from '@/components/approvals/plan-notices';
import { PlanObjects } from '@/components/approvals/plan-objects';
import { PlanOperation } from '@/components/approvals/plan-operation';
import { PlanPathCard } from '@/components/approvals/plan-path';
import { PlanRights } from '@/components/approvals/plan-rights';
import { RejectionNotice } from '@/components/approvals/rejection-notice';
import { OperatorPageSkeleton } from '@/components/operators/operator-page-skeleton';
import { PageError } from '@/components/ui/page-error';
import { installPlanQuery } from '@/lib/operators/queries';
import { PlanTools } from './plan-tools';
import { PlanYaml } from './plan-yaml';

/** One InstallPlan before it is approved: what it carries, against what runs. */
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
  if (error && !plan)
    return <PageError title={t('planTitle', { name })} error={error} retry={() => void refetch()} />;
  if (!plan) return <OperatorPageSkeleton />;
  const several = plan.operators.length > 1;
  return (
    <>
      <NamespaceLiveEvents cluster={cluster} namespace={namespace} />
      <PlanHeading
        cluster={cluster}
        plan={plan}
        actions={
          <>
            <PlanTools cluster={cluster} plan={plan} />
            {plan.cleanable && <CleanUpPlan cluster={cluster} plan={plan} />}
            <ApprovePlan cluster={cluster} plan={plan} />
          </>
        }
      />
      <PlanNotices cluster={cluster} plan={plan} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          <PlanApis apis={plan.apis} />
          {plan.operators.map((operator) => (
            <PlanRights key={operator.clusterServiceVersion} operator={operator} named={several} />
          ))}
          <PlanImages operators={plan.operators} />
          <PlanOperation operators={plan.operators} />
          <PlanObjects
            steps={plan.steps}
            total={plan.totalSteps}
            yaml={(step) => (
              <PlanYaml
                cluster={cluster}
                plan={plan}
                step={step}
                label={`${plan.steps[step]?.kind} ${plan.steps[step]?.name}`}
              />
            )}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {plan.paths.map((path) => (
            <PlanPathCard key={path.subscription} path={path} named={several} />
          ))}
          <PlanCarries plan={plan} />
          <PlanInstances apis={plan.apis} />
          {plan.approvable && <RejectionNotice of={{ cluster, plan }} />}
        </div>
      </div>
      <p className="sr-only" role="status">
        {t(`state.${plan.state.id}`)}
      </p>
    </>
  );
}
