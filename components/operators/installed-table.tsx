import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { DeprecationBadge } from '@/components/operators/deprecation-badge';
import { type InstalledSort, installedSorts } from '@/components/operators/installed-rows';
import { VersionStep } from '@/components/operators/operator-card';
import { StatusBadge } from '@/components/operators/status-badge';
import { StuckSentence } from '@/components/operators/stuck-sentence';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import type { InstalledOperator } from '@/lib/operators/installed-contract';

/** One row per Subscription, and per ClusterServiceVersion without one. */
export function InstalledTable({
  cluster,
  rows,
  busy,
  sort,
  onSort,
  diagnosis,
}: {
  cluster: string;
  rows: readonly InstalledOperator[];
  busy: boolean;
  sort: { by: InstalledSort; descending: boolean };
  onSort: (sort: { by: InstalledSort; descending: boolean }) => void;
  /** What cures a row that is stuck. */
  diagnosis: (row: InstalledOperator) => ReactNode;
}) {
  const t = useTranslations('installed');
  const columns: Column<InstalledOperator>[] = [
    {
      id: 'name',
      header: t('name'),
      sortable: true,
      className: 'min-w-48 align-top',
      wholeLine: true,
      cell: (row) => <Name cluster={cluster} row={row} />,
    },
    {
      id: 'namespace',
      header: t('namespace'),
      sortable: true,
      className: 'align-top',
      cell: ({ namespace }) => <span className="name-text leading-5.5">{namespace}</span>,
    },
    {
      id: 'status',
      header: t('status'),
      sortable: true,
      className: 'w-[40%] min-w-60 align-top',
      wholeLine: true,
      cell: (row) => <State cluster={cluster} row={row} diagnosis={diagnosis} />,
    },
    {
      id: 'version',
      header: t('version'),
      sortable: true,
      className: 'align-top',
      cell: (row) => (row.installedVersion ?? row.newVersion) && <Versions cluster={cluster} row={row} />,
    },
    {
      id: 'channel',
      header: t('channel'),
      className: 'align-top',
      cell: ({ channel }) => channel && <span className="name-text leading-5.5">{channel}</span>,
    },
    {
      id: 'approval',
      header: t('approval'),
      className: 'align-top',
      cell: (row) => row.approval && <Approval row={row} />,
    },
    {
      id: 'watches',
      header: t('watches'),
      className: 'max-w-60 align-top text-muted',
      cell: ({ watches }) =>
        watches && (
          <span className="leading-5.5 [overflow-wrap:anywhere]">
            {watches.length === 0 ? t('all') : watches.join(', ')}
          </span>
        ),
    },
    {
      id: 'created',
      header: t('created'),
      sortable: true,
      align: 'end',
      className: 'align-top leading-5.5 whitespace-nowrap text-muted',
      cell: ({ createdAt }) => <Time value={createdAt} />,
    },
  ];
  return (
    <ResourceTable
      label={t('table')}
      busy={busy}
      columns={columns}
      rows={rows}
      rowKey={({ uid }) => uid}
      cards
      sort={sort}
      onSort={({ by, descending }) => {
        const column = installedSorts.find((name) => name === by);
        if (column) onSort({ by: column, descending });
      }}
    />
  );
}

function Name({ cluster, row }: { cluster: string; row: InstalledOperator }) {
  const t = useTranslations('installed');
  const lone = row.kind === 'ClusterServiceVersion';
  return (
    <span className="flex flex-col gap-0.5">
      {row.operator ? (
        <Link
          // Without a Subscription there is nothing to change: what can be done is to remove it.
          href={
            lone
              ? addresses.uninstall(cluster, row.operator, row)
              : addresses.operatorTab(cluster, row.operator, 'subscription')
          }
          prefetch={false}
          className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
        >
          {row.displayName}
        </Link>
      ) : (
        <span className="font-medium [overflow-wrap:anywhere]">{row.displayName}</span>
      )}
      <span className="name-text text-faint [overflow-wrap:anywhere]">{row.name}</span>
      {lone && (
        <span title={t('loneHint')}>
          <Badge tone="waiting">{t('lone')}</Badge>
        </span>
      )}
    </span>
  );
}

function State({
  cluster,
  row,
  diagnosis,
}: {
  cluster: string;
  row: InstalledOperator;
  diagnosis: (row: InstalledOperator) => ReactNode;
}) {
  const t = useTranslations('installed');
  const words = useTranslations('diagnosis');
  const plan = row.stuck?.key.startsWith('waitsForApproval') ? row.stuck.values.plan : undefined;
  return (
    <div className="group/state">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <StatusBadge status={row.status} />
        <DeprecationBadge parts={row.deprecations} />
        {plan && (
          <Link
            href={addresses.plan(cluster, row.namespace, plan)}
            className="font-medium text-accent hover:underline"
          >
            {t('review')}
          </Link>
        )}
      </span>
      {row.stuck && <StuckSentence stuck={row.stuck} />}
      {row.stuck && !(plan && row.status === 'Upgrade available') && (
        <div className="mt-1 max-w-160">
          <Disclosure label={words('whatToDo')} compact>
            {diagnosis(row)}
          </Disclosure>
        </div>
      )}
      {row.offered === false && row.installedVersion && (
        <p className="mt-1 text-small text-waiting">{t('notOffered')}</p>
      )}
    </div>
  );
}

function Versions({ cluster, row }: { cluster: string; row: InstalledOperator }) {
  const t = useTranslations('installed');
  const { installedVersion, newVersion } = row;
  if (installedVersion && newVersion && installedVersion !== newVersion) {
    return (
      <span className="inline-flex flex-col items-start align-top leading-5.5 whitespace-nowrap">
        <VersionStep from={installedVersion} to={newVersion} />
        {row.operator && row.status === 'Upgrade available' && (
          <Link
            href={addresses.operatorTab(cluster, row.operator, 'subscription')}
            prefetch={false}
            className="font-medium text-accent hover:underline"
          >
            {t('path')}
          </Link>
        )}
      </span>
    );
  }
  return (
    <span className="name-text leading-5.5 whitespace-nowrap text-muted">
      {installedVersion ?? newVersion}
    </span>
  );
}

function Approval({ row: { approval, manualBecauseOf } }: { row: InstalledOperator }) {
  const t = useTranslations('installed');
  const strategy = useTranslations('install.strategies');
  return (
    <>
      {approval && <span className="leading-5.5">{strategy(`${approval}.label`)}</span>}
      {manualBecauseOf.length > 0 && (
        <span className="block min-w-22 text-small text-waiting [overflow-wrap:anywhere]">
          {t('actsAsManual', { names: manualBecauseOf.join(', ') })}
        </span>
      )}
    </>
  );
}
