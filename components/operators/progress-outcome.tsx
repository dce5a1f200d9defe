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
  action,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
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
        return (
          <Notice tone="waiting" title={t('approvalTitle')}>
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
    </div>
  );
}
