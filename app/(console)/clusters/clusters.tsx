'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useQueryState } from 'nuqs';
import { ClusterTable } from '@/components/clusters/cluster-table';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PageHeader } from '@/components/ui/page-header';
import { problemOf } from '@/components/ui/problem-of';
import { Tabs } from '@/components/ui/tabs';
import { clustersQuery } from '@/lib/clusters/queries';
import { NoAccess } from '../no-access';
import { clustersTab } from './search-params';
import { VersionMatrix } from './version-matrix';

/** Every cluster that the user may see. */
export function Clusters() {
  const t = useTranslations('clusters');
  const frame = useTranslations('frame');
  const [tab, setTab] = useQueryState('tab', clustersTab);
  const { data, error, refetch } = useQuery(clustersQuery());
  const none = problemOf(error)?.code === 'forbidden' || data?.items.length === 0;
  const trouble = data?.items.filter(({ health }) => health !== 'Healthy').length ?? 0;
  return (
    <>
      <PageHeader title={frame('clusters')}>
        {!none && (data ? t('summary', { count: data.items.length, trouble }) : t('loading'))}
      </PageHeader>
      {none ? (
        <NoAccess />
      ) : error && !data ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data ? (
        <Tabs
          label={frame('clusters')}
          value={tab}
          onChange={(value) => void setTab(value)}
          items={[
            { value: 'clusters', label: frame('clusters'), content: <ClusterTable clusters={data.items} /> },
            {
              value: 'operators',
              label: t('operatorVersions'),
              content: <VersionMatrix kind="operator" clusters={data.items} />,
            },
            {
              value: 'plugins',
              label: t('pluginVersions'),
              content: <VersionMatrix kind="plugin" clusters={data.items} />,
            },
          ]}
        />
      ) : (
        <LoadingRows rows={3} />
      )}
    </>
  );
}
