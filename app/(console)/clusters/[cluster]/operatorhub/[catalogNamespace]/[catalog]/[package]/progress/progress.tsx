'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { ApprovePlan } from '@/app/(console)/approve-plan';
import { UnsettledSubscriptions } from '@/app/(console)/installation-diagnosis';
import { NamespaceLiveEvents } from '@/app/(console)/namespace-live-events';
import { patchInstallPlans, useNamespaceAccess } from '@/app/(console)/use-access';
import { addresses } from '@/components/addresses';
import { PathStops } from '@/components/approvals/plan-path';
import { FirstApprovalNotice } from '@/components/operators/first-approval-notice';
import { Initialization } from '@/components/operators/initialization';
import { InstallationProgress } from '@/components/operators/installation-progress';
import { OperatorHeader } from '@/components/operators/operator-header';
import { OperatorPageSkeleton } from '@/components/operators/operator-page-skeleton';
import { ProgressOutcome } from '@/components/operators/progress-outcome';
import { SubscriptionConditions } from '@/components/operators/subscription-conditions';
import { SubscriptionFacts } from '@/components/operators/subscription-facts';
import { UpgradeRunNotice } from '@/components/operators/upgrade-run-notice';
import { ButtonLink } from '@/components/ui/button-link';
import { CardSection } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { PageError } from '@/components/ui/page-error';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { OperatorRef } from '@/lib/operators/contract';
import { operatorQuery } from '@/lib/operators/queries';
import { shellQuote } from '@/lib/operators/rules/installation';
import { pathOf, versionIn } from '@/lib/operators/rules/plan/upgrade-run';
import { progressParams } from './search-params';
import { useFirstApproval } from './use-first-approval';
import { useUpgradeRun } from './use-upgrade-run';

/** The way of one Subscription to a ClusterServiceVersion that succeeded; follows the cluster live. */
export function Progress({ cluster, reference }: { cluster: string; reference: OperatorRef }) {
  const t = useTranslations('progress');
  const upgradeWords = useTranslations('upgrade');
  const [{ namespace, name }] = useQueryStates(progressParams);
  const {
    data: operator,
    error,
    refetch,
    isFetching,
  } = useQuery(
    // The namespace's own are enough here, and all that some users may read.
    operatorQuery(cluster, reference, { namespace }),
  );
  const subscription = operator?.subscriptions.find(
    (one) => one.namespace === namespace && one.name === name,
  );

  const first = useFirstApproval(cluster, subscription);
  const upgrade = useUpgradeRun(cluster, operator, subscription);
  const approving = useNamespaceAccess(cluster, namespace, patchInstallPlans);

  if (error && !operator)
    return <PageError title={reference.name} error={error} retry={() => void refetch()} />;
  if (!operator || (!subscription && isFetching)) return <OperatorPageSkeleton />;
  if (!subscription) {
    return (
      <EmptyState
        icon={PackageX}
        title={t('goneTitle')}
        action={<ButtonLink href={addresses.operator(cluster, reference)}>{t('toOperator')}</ButtonLink>}
      >
        {t('goneText', { namespace, name, cluster })}
      </EmptyState>
    );
  }
  const { plan } = subscription;
  const path = pathOf(operator, subscription);
  // Whoever sees this page approve has nothing to press.
  const driven = [first, upgrade].some(
    ({ driving, error: refused, state }) => driving && !refused && (state === 'waiting' || state === 'ready'),
  );
  const approve = plan?.approvable && !driven ? <ApprovePlan cluster={cluster} plan={plan} /> : undefined;
  const approvalTold = first.state !== 'none';
  // The button stands in the notice that asks for it, in sight on a narrow screen too; else at its step.
  const asked =
    subscription.status === 'Upgrade available' ||
    (subscription.status === 'Awaiting approval' && !approvalTold);
  const at = `kubectl --context ${shellQuote(cluster)} -n ${shellQuote(namespace)}`;
  return (
    <>
      {namespace && <NamespaceLiveEvents cluster={cluster} namespace={namespace} />}
      <OperatorHeader
        cluster={cluster}
        operator={operator}
        namespace={namespace}
        title={t('title', { name: operator.displayName })}
        actions={<ButtonLink href={addresses.operator(cluster, reference)}>{t('toOperator')}</ButtonLink>}
      />
      {operator.partial.length > 0 && (
        <div className="mb-4">
          <PartialNotice partial={operator.partial} />
        </div>
      )}
      <FirstApprovalNotice
        subscription={subscription}
        {...first}
        disabledReason={approving.reason}
        onContinue={first.start}
      />
      <UpgradeRunNotice
        state={upgrade.state}
        installed={subscription.installedVersion ?? '–'}
        target={versionIn(operator, subscription, subscription.upgradeTo ?? '')}
        next={subscription.newVersion ?? ''}
        driving={upgrade.driving}
        error={upgrade.error}
        disabledReason={approving.reason}
        busy={upgrade.forgetting}
        onContinue={upgrade.start}
        onForget={upgrade.forget}
      />
      <ProgressOutcome
        cluster={cluster}
        operator={operator}
        subscription={subscription}
        approvalTold={approvalTold}
        action={asked ? approve : undefined}
      />
      <UnsettledSubscriptions cluster={cluster} operator={operator} subscriptions={[subscription]} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          <CardSection title={t('heading')}>
            <InstallationProgress subscription={subscription} action={asked ? undefined : approve} />
          </CardSection>
          <Initialization cluster={cluster} operator={operator} subscription={subscription} />
          <SubscriptionConditions subscription={subscription} />
          <CodeBlock
            label={t('follow')}
            text={`${at} get subscriptions.operators.coreos.com ${shellQuote(name)} -o yaml\n${at} get csv --watch\n`}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CardSection title={t('subscription')}>
            <SubscriptionFacts cluster={cluster} subscription={subscription} />
          </CardSection>
          {path && path.steps.length > 0 && (
            <CardSection title={upgradeWords('pathTitle')}>
              <PathStops path={path} next={upgradeWords('pathNext')} />
            </CardSection>
          )}
        </div>
      </div>
    </>
  );
}
