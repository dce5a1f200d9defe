import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { installedBefore } from '@/components/approvals/installed-before';
import type { PlacedPlan } from '@/components/approvals/plan-filters';
import { VersionStep } from '@/components/operators/operator-card';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import { versionOfName } from '@/lib/operators/rules/version';

/** The InstallPlans that wait for somebody's approval. */
export function PlanTable({
  rows,
  busy,
  everywhere,
  select,
  digest,
  approve,
}: {
  rows: readonly PlacedPlan[];
  busy: boolean;
  /** Several clusters are shown, so that each row names its own. */
  everywhere: boolean;
  /** The checkbox of a row. */
  select: (row: PlacedPlan) => ReactNode;
  /** What a row changes. */
  digest: (row: PlacedPlan, index: number) => ReactNode;
  approve: (row: PlacedPlan) => ReactNode;
}) {
  const t = useTranslations('approvals');
  const columns: Column<PlacedPlan>[] = [
    {
      id: 'what',
      header: t('what'),
      className: 'align-top',
      wholeLine: true,
      cell: (row) => (
        <span className="flex items-start gap-2.5">
          {select(row)}
          <ul className="flex min-w-48 flex-col gap-2">
            {row.plan.clusterServiceVersionNames.map((name) => (
              <li key={name} className="flex flex-col gap-0.5">
                <span className="name-text font-medium [overflow-wrap:anywhere]">{name}</span>
                <CarriedVersion row={row} name={name} />
              </li>
            ))}
          </ul>
        </span>
      ),
    },
    {
      id: 'changes',
      header: t('changes'),
      className: 'min-w-40',
      wholeLine: true,
      cell: (row) => digest(row, rows.indexOf(row)),
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
      wholeLine: true,
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
      cards
      columns={everywhere ? columns : columns.filter(({ id }) => id !== 'cluster')}
      rows={rows}
      rowKey={({ cluster, plan }) => `${cluster}/${plan.uid}`}
    />
  );
}

/** From which version to which; of a first installation that it is one. */
function CarriedVersion({ row: { plan }, name }: { row: PlacedPlan; name: string }) {
  const t = useTranslations('approvals');
  const from = installedBefore(plan, name);
  const to = versionOfName(name);
  if (from && from !== to) return <VersionStep from={from} to={to} />;
  return <span className="text-small text-muted">{t('firstInstallation')}</span>;
}
