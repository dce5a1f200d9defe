import { Package } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { PlanLink } from '@/components/approvals/plan-link';
import { PathStops } from '@/components/approvals/plan-path';
import { StatusBadge } from '@/components/operators/status-badge';
import { ConditionList } from '@/components/operators/subscription-conditions';
import { useReason } from '@/components/operators/use-reason';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { KeyValues } from '@/components/ui/key-values';
import { Time } from '@/components/ui/time';
import type { Operator, Subscription } from '@/lib/operators/contract';
import { pathOf } from '@/lib/operators/rules/plan/upgrade-run';

/** Every place on the cluster where the operator is subscribed. */
export function SubscriptionList({
  cluster,
  operator,
  upgrade,
}: {
  cluster: string;
  operator: Operator;
  /** What upgrades one of them. */
  upgrade: (subscription: Subscription) => ReactNode;
}) {
  const t = useTranslations('operators.subscription');
  if (operator.subscriptions.length === 0) {
    return (
      <EmptyState icon={Package} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {operator.subscriptions.map((subscription) => (
        <SubscriptionCard
          key={subscription.uid}
          cluster={cluster}
          operator={operator}
          subscription={subscription}
          upgrade={upgrade(subscription)}
        />
      ))}
    </div>
  );
}

function SubscriptionCard({
  cluster,
  operator,
  subscription,
  upgrade,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
  upgrade: ReactNode;
}) {
  const t = useTranslations('operators.subscription');
  const strategy = useTranslations('install.strategies');
  const reason = useReason()(subscription);
  const upgradeWords = useTranslations('upgrade');
  const path = pathOf(operator, subscription);
  const { namespace, name, status, plan, clusterServiceVersion: csv } = subscription;
  return (
    <CardSection
      title={<span className="name-text font-semibold">{`${namespace} / ${name}`}</span>}
      aside={
        <span className="flex items-center gap-3">
          <StatusBadge status={status} />
          <Link
            href={addresses.progress(cluster, operator, subscription)}
            className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
          >
            {t('progress')}
          </Link>
        </span>
      }
    >
      {reason && <p className="mb-4 text-muted [overflow-wrap:anywhere]">{reason}</p>}
      <KeyValues
        className="grid gap-x-6 sm:grid-cols-2 xl:grid-cols-4"
        items={[
          {
            key: t('installed'),
            value: subscription.installedVersion && (
              <span className="name-text">{subscription.installedVersion}</span>
            ),
          },
          {
            key: t('newVersion'),
            value: subscription.newVersion && (
              <span className="name-text text-newer">{subscription.newVersion}</span>
            ),
          },
          { key: t('channel'), value: <span className="name-text">{subscription.channel}</span> },
          { key: t('approval'), value: strategy(`${subscription.approval}.label`) },
          {
            key: t('startingCSV'),
            value: subscription.startingCSV && <span className="name-text">{subscription.startingCSV}</span>,
          },
          {
            key: t('catalog'),
            value: (
              <span className="name-text">{`${subscription.catalogNamespace} / ${subscription.catalog}`}</span>
            ),
          },
          { key: t('csv'), value: csv && <CopyableName name={csv.name} what={t('csv')} /> },
          {
            key: t('phase'),
            value:
              csv && (csv.reason && csv.reason !== csv.phase ? `${csv.phase} · ${csv.reason}` : csv.phase),
          },
          { key: t('created'), value: <Time value={subscription.createdAt} /> },
          {
            key: t('plan'),
            value: plan && <PlanLink cluster={cluster} plan={plan} />,
          },
        ]}
      />
      {path && path.steps.length > 0 && (
        <section className="mt-4 flex flex-wrap items-start justify-between gap-3 border-t border-line-faint pt-4">
          <div className="min-w-0 flex-1 basis-72">
            <h3 className="mb-2 font-medium">{upgradeWords('pathTitle')}</h3>
            <PathStops path={path} next={upgradeWords('pathNext')} />
          </div>
          {upgrade}
        </section>
      )}
      {csv?.message && csv.phase !== 'Succeeded' && (
        <p className="mt-4 text-small text-muted [overflow-wrap:anywhere]">{csv.message}</p>
      )}
      {subscription.conditions.length > 0 && (
        <div className="mt-4">
          <Disclosure label={t('conditions')}>
            <ConditionList conditions={subscription.conditions} />
          </Disclosure>
        </div>
      )}
    </CardSection>
  );
}
