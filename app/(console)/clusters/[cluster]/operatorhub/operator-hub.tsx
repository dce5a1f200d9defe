'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { FacetPanel } from '@/components/operators/facet-panel';
import { countFacets, facetNames, filterRows, sortRows } from '@/components/operators/facets';
import { FilterChips } from '@/components/operators/filter-chips';
import { FilterDisclosure } from '@/components/operators/filter-disclosure';
import { HubToolbar } from '@/components/operators/hub-toolbar';
import { OperatorGrid } from '@/components/operators/operator-grid';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { OperatorRow } from '@/lib/operators/contract';
import { operatorsQuery } from '@/lib/operators/queries';
import { searchOperators } from '@/lib/operators/rules/search';
import { hubParams } from './search-params';

const noRows: OperatorRow[] = [];

/** The catalogue of a cluster: search, filters and order in the address, one card per operator. */
export function OperatorHub({ cluster }: { cluster: string }) {
  const t = useTranslations('operators');
  const frame = useTranslations('frame');
  const [params, setParams] = useQueryStates(hubParams, { history: 'replace' });
  const used = useScope(cluster);
  const { data, error, isPending, refetch } = useQuery(operatorsQuery(cluster, used.scope));
  const refusal = useRefusal(used, { data, error });
  // Typing stays smooth: the field follows the keys, the cards follow when there is time.
  const wanted = useDeferredValue(params);

  const rows = data?.items ?? noRows;
  const found = useMemo(() => searchOperators(rows, wanted.q), [rows, wanted.q]);
  const facets = useMemo(() => countFacets(rows, found, wanted), [rows, found, wanted]);
  const shown = useMemo(
    () => sortRows(filterRows(found, wanted), wanted.sort, wanted.q.trim() !== ''),
    [found, wanted],
  );

  const ticked = facetNames.reduce((sum, name) => sum + params[name].length, 0);
  const narrowed = ticked > 0 || params.q !== '';
  const clear = () => void setParams(null);
  const catalogs = new Set(rows.map(({ catalogNamespace, catalog }) => `${catalogNamespace}/${catalog}`))
    .size;

  if (refusal) {
    return (
      <>
        <PageHeader title={frame('operatorHub')} />
        <ScopeChooser cluster={cluster} used={used} error={refusal} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={frame('operatorHub')}
        actions={
          <HubToolbar
            search={params.q}
            onSearch={(q) => void setParams({ q: q || null })}
            sort={params.sort}
            onSort={(sort) => void setParams({ sort })}
          />
        }
      >
        <span role="status">
          {isPending
            ? t('loading')
            : narrowed
              ? t('shownOf', { shown: shown.length, count: rows.length })
              : data && t('summary', { count: rows.length, catalogs })}
        </span>
      </PageHeader>
      <ScopeBar cluster={cluster} used={used} />
      {error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <div className="grid items-start gap-x-7 gap-y-4 lg:grid-cols-[200px_minmax(0,1fr)]">
          <FilterDisclosure count={ticked}>
            <FacetPanel
              facets={isPending ? undefined : facets}
              ticked={params}
              onChange={(name, values) => void setParams({ [name]: values.length > 0 ? values : null })}
            />
          </FilterDisclosure>
          <div className="flex min-w-0 flex-col gap-4">
            {data && data.partial.length > 0 && <PartialNotice partial={data.partial} />}
            {ticked > 0 && (
              <FilterChips
                ticked={params}
                onRemove={(name, value) =>
                  void setParams({ [name]: params[name].filter((other) => other !== value) })
                }
                onClear={shown.length > 0 ? clear : undefined}
              />
            )}
            {!isPending && shown.length === 0 ? (
              <EmptyState
                icon={PackageSearch}
                title={rows.length === 0 ? t('emptyTitle') : t('noMatchTitle')}
                action={narrowed && <Button onClick={clear}>{t('clearAll')}</Button>}
              >
                {rows.length === 0 ? t('emptyText') : t('noMatchText')}
              </EmptyState>
            ) : (
              <OperatorGrid
                cluster={cluster}
                operators={shown}
                namespace={used.scope.namespace}
                busy={isPending}
              />
            )}
          </div>
        </div>
      )}
    </>
  );
}
