'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { InstallationDiagnosis } from '@/app/(console)/installation-diagnosis';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { addresses } from '@/components/addresses';
import { countStatuses, searchInstalled, sortInstalled } from '@/components/operators/installed-rows';
import { InstalledTable } from '@/components/operators/installed-table';
import { StatusFilter } from '@/components/operators/status-filter';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PageHeader } from '@/components/ui/page-header';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SearchField } from '@/components/ui/search-field';
import type { InstalledOperator } from '@/lib/operators/installed-contract';
import { installedOperatorsQuery } from '@/lib/operators/queries';
import { installedParams } from './search-params';

const noRows: InstalledOperator[] = [];

/** What OLM runs on a cluster; search, filter and order in the address. */
export function InstalledOperators({ cluster }: { cluster: string }) {
  const t = useTranslations('installed');
  const frame = useTranslations('frame');
  const hub = useTranslations('operators');
  const used = useScope(cluster);
  const [params, setParams] = useQueryStates(installedParams, { history: 'replace' });
  const { data, error, refetch } = useQuery(installedOperatorsQuery(cluster, used.scope));
  const refusal = useRefusal(used, { data, error });

  const rows = data?.items ?? noRows;
  const found = useMemo(() => searchInstalled(rows, params.q), [rows, params.q]);
  const sort = { by: params.sort, descending: params.descending };
  const shown = sortInstalled(
    found.filter(({ status }) => params.status.length === 0 || params.status.includes(status)),
    sort,
  );
  const stuck = rows.filter((row) => row.stuck && !row.stuck.key.startsWith('waitsForApproval')).length;
  const narrowed = params.q !== '' || params.status.length > 0;
  const clear = () => void setParams({ q: null, status: null });

  if (refusal) {
    return (
      <>
        <PageHeader title={frame('installedOperators')} />
        <ScopeChooser cluster={cluster} used={used} error={refusal} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={frame('installedOperators')}
        actions={
          <SearchField
            label={t('search')}
            value={params.q}
            onChange={(q) => void setParams({ q: q || null })}
            className="w-full sm:w-85"
          />
        }
      >
        <span role="status">
          {!data
            ? !error && t('loading')
            : narrowed
              ? t('shownOf', { shown: shown.length, count: rows.length })
              : [t('summary', { count: rows.length }), stuck > 0 && t('stuckCount', { count: stuck })]
                  .filter(Boolean)
                  .join(' · ')}
        </span>
      </PageHeader>
      <ScopeBar cluster={cluster} used={used} />
      {error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={8} />
      ) : (
        <div className="flex flex-col gap-4">
          {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
          {rows.length > 0 && (
            <StatusFilter
              statuses={countStatuses(found, params.status)}
              ticked={params.status}
              onChange={(status) => void setParams({ status: status.length > 0 ? status : null })}
            />
          )}
          {shown.length > 0 ? (
            <InstalledTable
              cluster={cluster}
              rows={shown}
              busy={false}
              sort={sort}
              onSort={({ by, descending }) => void setParams({ sort: by, descending: descending || null })}
              diagnosis={({ kind, namespace, name, operator, stuck: why }) => (
                <InstallationDiagnosis
                  cluster={cluster}
                  operator={operator}
                  installation={{ kind, namespace, name }}
                  told={why}
                />
              )}
            />
          ) : (
            <EmptyState
              icon={PackageSearch}
              title={rows.length === 0 ? t('emptyTitle') : t('noMatchTitle')}
              action={
                narrowed ? (
                  <Button onClick={clear}>{hub('clearAll')}</Button>
                ) : (
                  <ButtonLink href={addresses.operatorHub(cluster)} variant="primary">
                    {t('openHub')}
                  </ButtonLink>
                )
              }
            >
              {rows.length === 0 ? t('emptyText') : t('noMatchText')}
            </EmptyState>
          )}
        </div>
      )}
    </>
  );
}
