import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import type { Subscription } from '@/lib/operators/contract';
import type { FirstApproval } from '@/lib/operators/rules/first-approval';

/** Tells who gives the first approval that was asked for: this page, or nobody until the reader continues. */
export function FirstApprovalNotice({
  subscription: { approveFirst = '' },
  state,
  driving,
  error,
  disabledReason,
  onContinue,
}: {
  subscription: Subscription;
  state: FirstApproval;
  driving: boolean;
  error: Error | null;
  /** Why the reader may not approve. */
  disabledReason: string | undefined;
  onContinue: () => void;
}) {
  const t = useTranslations('progress.first');
  if (state === 'none') return null;
  if (error) {
    return (
      <Notice tone="failed" title={t('refusedTitle')} className="mb-4">
        {problemOf(error)?.detail} {t('byHand')}
      </Notice>
    );
  }
  if (state === 'shared' || state === 'other') {
    return (
      <Notice tone="waiting" title={t('notGivenTitle')} className="mb-4">
        {state === 'shared' ? t('shared') : t('other', { csv: approveFirst })} {t('byHand')}
      </Notice>
    );
  }
  if (driving) {
    return (
      <Notice tone="info" title={t('drivingTitle')} className="mb-4">
        {t('drivingText', { csv: approveFirst })}
      </Notice>
    );
  }
  return (
    <Notice
      tone="waiting"
      title={t('nobodyTitle')}
      className="mb-4"
      action={
        <span className="inline-flex flex-col items-end gap-1">
          <Button
            onClick={onContinue}
            disabled={disabledReason !== undefined}
            aria-describedby={disabledReason ? 'continue-reason' : undefined}
          >
            <Play aria-hidden />
            {t('continue')}
          </Button>
          {disabledReason && <DisabledReason id="continue-reason">{disabledReason}</DisabledReason>}
        </span>
      }
    >
      {t('nobodyText', { csv: approveFirst })}
    </Notice>
  );
}
