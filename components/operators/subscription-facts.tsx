import { useTranslations } from 'next-intl';
import { PlanLink } from '@/components/approvals/plan-link';
import { StatusBadge } from '@/components/operators/status-badge';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import type { Subscription } from '@/lib/operators/contract';

/** What a Subscription asks for and what it got, in a column. */
export function SubscriptionFacts({
  cluster,
  subscription,
}: {
  cluster: string;
  subscription: Subscription;
}) {
  const t = useTranslations('operators.subscription');
  const strategy = useTranslations('install.strategies');
  const { plan, clusterServiceVersion: csv } = subscription;
  return (
    <KeyValues
      items={[
        { key: t('status'), value: <StatusBadge status={subscription.status} /> },
        { key: t('namespace'), value: <CopyableName name={subscription.namespace} what={t('namespace')} /> },
        { key: t('name'), value: <CopyableName name={subscription.name} what={t('name')} /> },
        { key: t('channel'), value: <span className="name-text">{subscription.channel}</span> },
        { key: t('approval'), value: strategy(`${subscription.approval}.label`) },
        { key: t('csv'), value: csv && <CopyableName name={csv.name} what={t('csv')} /> },
        { key: t('phase'), value: csv?.phase },
        {
          key: t('plan'),
          value: plan && <PlanLink cluster={cluster} plan={plan} />,
        },
      ]}
    />
  );
}
