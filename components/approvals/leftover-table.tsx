import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { PlacedPlan } from '@/components/approvals/plan-filters';
import { PlanLink } from '@/components/approvals/plan-link';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';

/** The InstallPlans that nobody will execute any more, and why. */
export function LeftoverTable({
  rows,
  everywhere,
  cleanUp,
}: {
  rows: readonly PlacedPlan[];
  everywhere: boolean;
  cleanUp: (row: PlacedPlan) => ReactNode;
}) {
  const t = useTranslations('approvals');
  const columns: Column<PlacedPlan>[] = [
    {
      id: 'plan',
      header: t('what'),
      wholeLine: true,
      cell: ({ cluster, plan }) => (
        <span className="flex min-w-0 flex-col gap-0.5">
          <PlanLink cluster={cluster} plan={plan} />
          <span className="name-text text-muted [overflow-wrap:anywhere]">
            {plan.clusterServiceVersionNames.join(', ')}
          </span>
        </span>
      ),
    },
    {
      id: 'why',
      header: t('why'),
      wholeLine: true,
      cell: ({ plan: { state } }) => (
        <span className="flex flex-col">
          <span>{t(`state.${state.id}`)}</span>
          {state.by && <span className="text-small text-muted">{t('whySuperseded', { by: state.by })}</span>}
        </span>
      ),
    },
    { id: 'cluster', header: t('cluster'), cell: ({ cluster }) => cluster },
    {
      id: 'namespace',
      header: t('namespace'),
      cell: ({ plan }) => <span className="name-text">{plan.namespace}</span>,
    },
    {
      id: 'since',
      header: t('since'),
      className: 'whitespace-nowrap text-muted',
      cell: ({ plan }) => <Time value={plan.createdAt} />,
    },
    {
      id: 'actions',
      header: <span className="sr-only">{t('actions')}</span>,
      align: 'end',
      wholeLine: true,
      cell: cleanUp,
    },
  ];
  return (
    <section aria-label={t('leftTitle')} className="flex flex-col gap-3">
      <div>
        <h2 className="text-lead font-semibold tracking-tight">{t('leftTitle')}</h2>
        <p className="text-muted">{t('leftText')}</p>
      </div>
      <ResourceTable
        label={t('leftTitle')}
        cards
        columns={everywhere ? columns : columns.filter(({ id }) => id !== 'cluster')}
        rows={rows}
        rowKey={({ cluster, plan }) => `${cluster}/${plan.uid}`}
      />
    </section>
  );
}
