import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { useReason } from '@/components/operators/use-reason';
import { Notice } from '@/components/ui/notice';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { Operator, PlanReference } from '@/lib/operators/contract';

/** What the reader should know before everything else: deprecation, trouble, what waits for approval. */
export function OperatorNotices({
  cluster,
  operator,
  approve,
}: {
  cluster: string;
  operator: Operator;
  approve: (plan: PlanReference) => ReactNode;
}) {
  const t = useTranslations('operators.notices');
  const reasonOf = useReason();
  const waiting = operator.subscriptions.filter(({ plan }) => plan?.approvable);
  const failed = operator.subscriptions.filter(({ status }) => status === 'Failed');
  const nothing =
    operator.partial.length + waiting.length + failed.length === 0 && operator.deprecation === undefined;
  if (nothing) return null;
  return (
    <div className="mb-5 flex flex-col gap-3">
      {operator.partial.length > 0 && <PartialNotice partial={operator.partial} />}
      {operator.deprecation !== undefined && (
        <Notice tone="waiting" title={t('deprecated')}>
          {operator.deprecation}
        </Notice>
      )}
      {failed.map((subscription) => (
        <Notice
          key={subscription.uid}
          tone="failed"
          title={t('failed', { namespace: subscription.namespace })}
        >
          {reasonOf(subscription) ?? t('failedSilently')}
        </Notice>
      ))}
      {waiting.map(
        ({
          uid,
          namespace,
          name,
          installedVersion,
          newVersion,
          plan,
          approveFirst,
          installedCSV,
          upgradeTo,
        }) => (
          <Notice
            key={uid}
            tone="waiting"
            title={
              installedVersion && newVersion
                ? t('upgradeWaits', { from: installedVersion, to: newVersion })
                : t('installationWaits')
            }
            action={plan && approve(plan)}
          >
            {t('waitsIn', { namespace, cluster })}
            {((approveFirst && !installedCSV) || upgradeTo) && (
              <p>
                {upgradeTo ? t('upgradeRun', { target: upgradeTo }) : t('firstApproval')}{' '}
                <Link
                  href={addresses.progress(cluster, operator, { namespace, name })}
                  className="font-medium text-accent underline"
                >
                  {t('openProgress')}
                </Link>
              </p>
            )}
          </Notice>
        ),
      )}
    </div>
  );
}
