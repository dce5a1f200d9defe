import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ActionButton } from '@/components/ui/action-button';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import type { UpgradeRun } from '@/lib/operators/rules/plan/upgrade-run';

/** Tells who goes on with an upgrade that somebody has asked for, and what it is doing or why it has stopped. */
export function UpgradeRunNotice({
  state,
  installed,
  target,
  next,
  driving,
  error,
  disabledReason,
  busy,
  onContinue,
  onForget,
}: {
  state: UpgradeRun;
  /** Versions: what runs, where it ends, and what OLM is at or offers next. */
  installed: string;
  target: string;
  next: string;
  driving: boolean;
  error: Error | null;
  disabledReason: string | undefined;
  busy: boolean;
  onContinue: () => void;
  onForget: () => void;
}) {
  const t = useTranslations('upgrade.run');
  if (state === 'none' || (state === 'reached' && !driving)) return null;
  const versions = { installed, target, next: next || '–' };
  const stopped = error ? 'refused' : state === 'ready' || state === 'waiting' ? undefined : state;
  if (driving && !stopped) {
    const doing = state === 'ready' ? 'approving' : next && next !== installed ? 'upgrading' : 'resolving';
    return (
      <Notice tone="info" title={t('drivingTitle', versions)} className="mb-4">
        {t(doing, versions)} {t('keepOpen')}
      </Notice>
    );
  }
  return (
    <Notice
      tone={stopped === 'failed' || stopped === 'refused' ? 'failed' : 'waiting'}
      title={stopped ? t('stoppedTitle', versions) : t('nobodyTitle', versions)}
      className="mb-4"
      action={
        <span className="flex flex-wrap items-start justify-end gap-2">
          <Button onClick={onForget} disabled={busy || disabledReason !== undefined}>
            {t('forget')}
          </Button>
          {(!stopped || stopped === 'refused') && (
            <ActionButton onClick={onContinue} reason={disabledReason}>
              <Play aria-hidden />
              {t('continue')}
            </ActionButton>
          )}
        </span>
      }
    >
      {stopped ? t(`stopped.${stopped}`, versions) : t('nobodyText', versions)}
      {error && <p>{problemOf(error)?.detail}</p>}
    </Notice>
  );
}
