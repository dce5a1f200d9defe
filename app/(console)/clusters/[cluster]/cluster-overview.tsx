'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useQueryState } from 'nuqs';
import { addresses } from '@/components/addresses';
import { ClusterFacts } from '@/components/clusters/cluster-facts';
import { HealthBadge } from '@/components/clusters/health';
import { OperatorCounts } from '@/components/clusters/operator-counts';
import { otherName } from '@/components/clusters/other-name';
import { ButtonLink } from '@/components/ui/button-link';
import { CardSection } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { clustersQuery } from '@/lib/clusters/queries';
import { operatorsQuery } from '@/lib/operators/queries';
import { ClusterActivity } from './activity';
import { Features } from './features';
import { clusterTab } from './search-params';

/** One cluster: what it is, and how its operators are. */
export function ClusterOverview({ cluster: name }: { cluster: string }) {
  const t = useTranslations('clusters');
  const [tab, setTab] = useQueryState('tab', clusterTab);
  const cluster = useQuery(clustersQuery()).data?.items.find((candidate) => candidate.name === name);
  const operators = useQuery(operatorsQuery(name));
  const overview = (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      <CardSection title={t('operators')} bodyClassName="p-0">
        {operators.error && !operators.data ? (
          <ErrorState error={operators.error} retry={() => void operators.refetch()} />
        ) : (
          <OperatorCounts cluster={name} operators={operators.data?.items} />
        )}
      </CardSection>
      <CardSection title={t('facts')}>
        <ClusterFacts cluster={cluster} />
      </CardSection>
    </div>
  );
  return (
    <>
      <PageHeader
        title={name}
        actions={
          <ButtonLink href={addresses.operatorHub(name)} variant="primary">
            {t('openHub')}
          </ButtonLink>
        }
      >
        {cluster && (
          <span className="flex flex-wrap items-center gap-2 pt-1">
            <HealthBadge health={cluster.health} />
            {otherName(cluster)}
          </span>
        )}
      </PageHeader>
      <Tabs
        label={name}
        value={tab}
        onChange={(value) => void setTab(value)}
        items={[
          { value: 'overview', label: t('tabs.overview'), content: overview },
          { value: 'features', label: t('tabs.features'), content: <Features cluster={name} /> },
          { value: 'activity', label: t('tabs.activity'), content: <ClusterActivity cluster={name} /> },
        ]}
      />
    </>
  );
}
