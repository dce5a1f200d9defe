'use client';

import { useQuery } from '@tanstack/react-query';
import { FileCode2, History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EventTable } from '@/components/operators/event-table';
import { RightsSummary } from '@/components/operators/rights-summary';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { OperatorRef } from '@/lib/operators/contract';
import {
  operatorEventsQuery,
  operatorObjectsQuery,
  operatorRightsQuery,
  type Scope,
} from '@/lib/operators/queries';

interface Props {
  cluster: string;
  reference: OperatorRef;
  scope: Scope;
}

/** What the cluster reported about the operator's objects. */
export function OperatorEvents({ cluster, reference, scope }: Props) {
  const t = useTranslations('operators.events');
  const { data, error, refetch } = useQuery(operatorEventsQuery(cluster, reference, scope));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <div className="flex flex-col gap-4">
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {data.items.length > 0 ? (
        <EventTable events={data.items} />
      ) : (
        <EmptyState icon={History} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  );
}

/** The operator's objects as the cluster holds them. */
export function OperatorObjects({ cluster, reference, scope }: Props) {
  const t = useTranslations('operators.yaml');
  const { data, error, refetch } = useQuery(operatorObjectsQuery(cluster, reference, scope));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <div className="flex flex-col gap-4">
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {data.items.length > 0 ? (
        data.items.map(({ kind, namespace, name, yaml }) => (
          <CodeBlock
            key={`${kind}/${namespace}/${name}`}
            label={`${kind} ${namespace}/${name}`}
            text={yaml}
          />
        ))
      ) : (
        <EmptyState icon={FileCode2} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
    </div>
  );
}

/** What the operator may do, as far as a plan or ClusterServiceVersion tells it. */
export function OperatorRightsSection({ cluster, reference, scope }: Props) {
  const { data, error, refetch } = useQuery(operatorRightsQuery(cluster, reference, scope));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return <RightsSummary rights={data?.items} />;
}
