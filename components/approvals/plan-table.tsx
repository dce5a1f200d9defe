import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { installedBefore } from '@/components/approvals/installed-before';
import { VersionStep } from '@/components/operators/operator-card';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import type { InstallPlan } from '@/lib/operators/contract';
import { versionOfName } from '@/lib/operators/rules/version';

export interface WaitingPlan {
  cluster: string;
  plan: InstallPlan;
}

/** The InstallPlans that wait for somebody's approval. */
export function PlanTable({
  rows,
  busy,
  approve,
}: {
  rows: readonly WaitingPlan[];
  busy: boolean;
  approve: (row: WaitingPlan) => ReactNode;
}) {
  const t = useTranslations('approvals');
  const columns: Column<WaitingPlan>[] = [
    {
      id: 'what',
      header: t('what'),
      cell: ({ plan }) => (
        <ul className="flex min-w-44 flex-col gap-0.5">
          {plan.clusterServiceVersionNames.map((name) => (
            <li key={name} className="name-text font-medium [overflow-wrap:anywhere]">
              {name}
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'version',
      header: t('version'),
      cell: ({ plan }) => <PlanVersions plan={plan} />,
    },
    {
      id: 'cluster',
      header: t('cluster'),
      cell: ({ cluster }) => (
        <Link href={addresses.cluster(cluster)} className="hover:text-accent hover:underline">
          {cluster}
        </Link>
      ),
    },
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
      cell: (row) => (
        <span className="inline-flex items-start justify-end gap-3">
          <Link
            href={addresses.plan(row.cluster, row.plan.namespace, row.plan.name)}
            className="inline-flex h-8 items-center font-medium text-accent hover:underline"
          >
            {t('review')}
          </Link>
          {approve(row)}
        </span>
      ),
    },
  ];
  return (
    <ResourceTable
      label={t('table')}
      busy={busy}
      columns={columns}
      rows={rows}
      rowKey={({ cluster, plan }) => `${cluster}/${plan.uid}`}
    />
  );
}

/** From which version to which; of a first installation its version alone, of several only how many. */
function PlanVersions({ plan }: { plan: InstallPlan }) {
  const t = useTranslations('approvals');
  const [csv] = plan.clusterServiceVersionNames;
  if (plan.clusterServiceVersionNames.length !== 1 || !csv) {
    return (
      <span className="text-muted">{t('several', { count: plan.clusterServiceVersionNames.length })}</span>
    );
  }
  const from = installedBefore(plan, csv);
  const to = versionOfName(csv);
  if (from && from !== to) return <VersionStep from={from} to={to} />;
  return <span className="name-text">{to}</span>;
}
