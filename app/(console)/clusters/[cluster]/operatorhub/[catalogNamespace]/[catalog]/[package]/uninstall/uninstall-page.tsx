'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageX, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { NamespaceLiveEvents } from '@/app/(console)/namespace-live-events';
import { addresses } from '@/components/addresses';
import { InstanceList } from '@/components/operators/uninstall/instance-list';
import { Blockers, InstanceDeletion } from '@/components/operators/uninstall/instance-progress';
import { UninstallOutcome } from '@/components/operators/uninstall/uninstall-outcome';
import { UninstallStages } from '@/components/operators/uninstall/uninstall-stages';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { CardSection } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PageHeader } from '@/components/ui/page-header';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { OperatorRef } from '@/lib/operators/contract';
import { operatorQuery } from '@/lib/operators/queries';
import type { SubscriptionRef } from '@/lib/operators/uninstall-contract';
import { uninstallationQuery } from '@/lib/operators/uninstall-queries';
import { progressParams } from '../progress/search-params';
import { UninstallButton } from '../uninstall-button';
import { useUninstallRun } from '../use-uninstall-run';
import { Leftovers } from './leftovers';

/** One uninstallation: where it stands, what holds it up, and what is left. Read from the cluster, so it survives a reload. */
export function UninstallPage({ cluster, reference }: { cluster: string; reference: OperatorRef }) {
  const t = useTranslations('uninstall');
  const [target] = useQueryStates(progressParams);
  if (!target.namespace || !target.name) {
    return (
      <EmptyState
        icon={PackageX}
        title={t('unnamedTitle')}
        action={<ButtonLink href={addresses.operator(cluster, reference)}>{t('toOperator')}</ButtonLink>}
      >
        {t('unnamedText')}
      </EmptyState>
    );
  }
  return <Uninstallation cluster={cluster} reference={reference} target={target} />;
}

function Uninstallation({
  cluster,
  reference,
  target,
}: {
  cluster: string;
  reference: OperatorRef;
  target: SubscriptionRef;
}) {
  const t = useTranslations('uninstall');
  const { run } = useUninstallRun(cluster, reference, target);
  const {
    data: review,
    error,
    refetch,
    isFetching,
  } = useQuery(uninstallationQuery(cluster, reference, target));
  // The catalog may have lost the package; its name has to do then.
  const operator = useQuery(operatorQuery(cluster, reference, { namespace: target.namespace })).data;
  const displayName = operator?.displayName ?? review?.displayName ?? reference.name;
  const there = review && (review.subscription || review.clusterServiceVersions.length > 0);
  const busy = run !== undefined && run.doing !== 'ended';
  const stuck = (review?.clusterServiceVersions ?? []).filter(
    ({ deleting, finalizers }) => deleting && finalizers.length > 0,
  );
  return (
    <>
      <NamespaceLiveEvents cluster={cluster} namespace={target.namespace} />
      <PageHeader
        title={t('pageTitle', { name: displayName })}
        actions={
          <>
            <Button onClick={() => void refetch()} disabled={isFetching}>
              <RotateCw aria-hidden />
              {t('lookAgain')}
            </Button>
            <ButtonLink href={addresses.operator(cluster, reference)}>{t('toOperator')}</ButtonLink>
            {there && !busy && (
              <UninstallButton
                cluster={cluster}
                reference={reference}
                displayName={displayName}
                subscriptions={[target]}
                primary
              />
            )}
          </>
        }
      >
        {t('pageText', { ...target, cluster })}
      </PageHeader>
      {error && !review && <ErrorState error={error} retry={() => void refetch()} />}
      {!review && !error && (
        <div aria-busy="true">
          <SkeletonRows />
        </div>
      )}
      {review && (
        <div className="flex flex-col gap-4">
          {review.partial.length > 0 && <PartialNotice partial={review.partial} />}
          <UninstallOutcome review={review} run={run} />
          <CardSection title={t('steps')}>
            <UninstallStages
              review={review}
              run={run}
              details={{
                instances: run?.progress ? (
                  <>
                    <InstanceDeletion progress={run.progress} />
                    {run.stop && (
                      <Button className="mt-3" onClick={run.stop}>
                        {t('stopWaiting')}
                      </Button>
                    )}
                  </>
                ) : (
                  <div className="mt-2">
                    <InstanceList apis={review.apis} />
                  </div>
                ),
                version: stuck.length > 0 && <Blockers objects={stuck} />,
                leftovers: review.leftovers && (
                  <Leftovers
                    cluster={cluster}
                    reference={reference}
                    target={target}
                    displayName={displayName}
                    leftovers={review.leftovers}
                  />
                ),
              }}
            />
          </CardSection>
          {error && <ErrorState error={error} retry={() => void refetch()} />}
        </div>
      )}
    </>
  );
}
