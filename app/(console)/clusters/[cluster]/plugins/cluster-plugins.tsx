'use client';

import { useQuery } from '@tanstack/react-query';
import { Puzzle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo, useState } from 'react';
import { ClusterRun } from '@/app/(console)/cluster-run';
import { addresses } from '@/components/addresses';
import { useLocalized } from '@/components/plugins/localized';
import {
  countPluginFacets,
  filterPlugins,
  isInstalled,
  pluginSorts,
  searchPlugins,
  sortPlugins,
} from '@/components/plugins/plugin-facets';
import { PluginFilters } from '@/components/plugins/plugin-filters';
import { PluginTable } from '@/components/plugins/plugin-table';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { PluginRow } from '@/lib/plugins/contract';
import { pluginsQuery } from '@/lib/plugins/queries';
import { PluginActions } from './plugin-actions';
import { pluginParams } from './search-params';
import { SelectPlugin } from './select-plugin';
import { UpgradeSelected } from './upgrade-selected';

const noRows: PluginRow[] = [];

/** The cluster plugins of the platform as one cluster has them: search, filters and order in the address. */
export function ClusterPlugins({ cluster }: { cluster: string }) {
  const t = useTranslations('plugins');
  const frame = useTranslations('frame');
  const localized = useLocalized();
  const [params, setParams] = useQueryStates(pluginParams, { history: 'replace' });
  const { data, error, isPending, refetch } = useQuery(pluginsQuery(cluster));
  const wanted = useDeferredValue(params);

  const rows = data?.items ?? noRows;
  const found = useMemo(() => searchPlugins(rows, wanted.q), [rows, wanted.q]);
  const facets = useMemo(() => countPluginFacets(rows, found, wanted), [rows, found, wanted]);
  const shown = sortPlugins(filterPlugins(found, wanted), wanted.sort, (row) => localized(row.displayName));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const upgradable = rows.filter(({ actions }) => actions.includes('Upgrade'));
  const narrowed = params.q !== '' || params.lifecycle.length + params.status.length > 0;
  const clear = () => void setParams(null);

  return (
    <>
      <PageHeader
        title={frame('clusterPlugins')}
        actions={
          <ListToolbar
            searchLabel={t('search')}
            search={params.q}
            onSearch={(q) => void setParams({ q: q || null })}
            sortLabel={t('sortBy')}
            sorts={pluginSorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
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
              : data?.available &&
                t('summary', {
                  count: rows.length,
                  installed: rows.filter(isInstalled).length,
                  upgrades: upgradable.length,
                })}
        </span>
      </PageHeader>
      {error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data && !data.available ? (
        <EmptyState
          icon={Puzzle}
          title={t('unavailableTitle')}
          action={<ButtonLink href={addresses.operatorHub(cluster)}>{t('openHub')}</ButtonLink>}
        >
          {t('unavailableText')}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-3">
          {data && data.partial.length > 0 && <PartialNotice partial={data.partial} />}
          <ClusterRun cluster={cluster} />
          <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
            <PluginFilters
              facets={facets}
              ticked={params}
              onChange={(name, values) => void setParams({ [name]: values.length > 0 ? values : null })}
            />
            {upgradable.length > 1 && (
              <UpgradeSelected
                cluster={cluster}
                names={upgradable.map(({ name }) => name).filter((name) => selected.has(name))}
                onStart={() => setSelected(new Set())}
              />
            )}
          </div>
          {isPending ? (
            <div aria-busy="true">
              <Card>
                <SkeletonRows rows={10} />
              </Card>
            </div>
          ) : shown.length > 0 ? (
            <PluginTable
              cluster={cluster}
              plugins={shown}
              select={(plugin) =>
                upgradable.length > 1 && (
                  <SelectPlugin plugin={plugin} selected={selected} onChange={setSelected} />
                )
              }
              actions={(plugin) => <PluginActions cluster={cluster} plugin={plugin} compact />}
            />
          ) : (
            <EmptyState
              icon={Puzzle}
              title={rows.length === 0 ? t('emptyTitle') : t('noMatchTitle')}
              action={
                narrowed ? (
                  <Button onClick={clear}>{t('clearAll')}</Button>
                ) : (
                  <ButtonLink href={`${addresses.packages}?tab=plugin`}>{t('howToUpload')}</ButtonLink>
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
