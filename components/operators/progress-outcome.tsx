import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useReason } from '@/components/operators/use-reason';
import { Notice } from '@/components/ui/notice';
import type { Operator, Subscription } from '@/lib/operators/contract';

/** How it ended, or what else the reader has to know; nothing while it simply goes on. */
export function ProgressOutcome({
  cluster,
  operator,
  subscription,
  approvalTold,
  action,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
  /** Another notice speaks of the approval already. */
  approvalTold: boolean;
  action?: ReactNode;
}) {
  const t = useTranslations('progress');
  const { status, installedVersion = '', newVersion = '', namespace } = subscription;
  const reason = useReason()(subscription);
  const name = operator.displayName;
  const outcome = () => {
    switch (status) {
      case 'Installed':
        return (
          <Notice tone="good" title={t('succeededTitle', { name, version: installedVersion })}>
            {t('succeededText', { cluster, namespace })}
          </Notice>
        );
      case 'Upgrade available':
        return (
          <Notice
            tone="waiting"
            title={t('upgradeTitle', { name, from: installedVersion, to: newVersion })}
            action={action}
          >
            {t('upgradeText')}
          </Notice>
        );
      case 'Failed':
        return (
          <Notice tone="failed" title={t('failedTitle', { name })}>
            {reason ?? t('failedText')}
          </Notice>
        );
      case 'Awaiting approval':
        if (approvalTold) return null;
        return (
          <Notice tone="waiting" title={t('approvalTitle')} action={action}>
            {t('approvalText')}
          </Notice>
        );
      default:
        return null;
    }
  };
  return (
    <div aria-live="polite" className="mb-4 empty:hidden">
      {outcome()}
      {resolvedOther(subscription) && (
        <Notice tone="info" title={t('otherTitle')} className="mt-3 first:mt-0">
          {t('otherText', {
            chosen: subscription.startingCSV ?? '',
            resolved: subscription.currentCSV ?? '',
          })}
        </Notice>
      )}
    </div>
  );
}

/** OLM takes another version than the chosen one where that one can't be had any more; this page follows what comes. */
function resolvedOther({ startingCSV, currentCSV, installedVersion, status }: Subscription): boolean {
  const first = installedVersion === undefined && status !== 'Installed' && status !== 'Upgrade available';
  return first && startingCSV !== undefined && currentCSV !== undefined && startingCSV !== currentCSV;
}
