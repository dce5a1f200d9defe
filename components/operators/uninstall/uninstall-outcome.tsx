import { useTranslations } from 'next-intl';
import type { UninstallRun } from '@/components/operators/uninstall/uninstall-stage';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import type { Uninstallation } from '@/lib/operators/uninstall-contract';

/** How an uninstallation ended, or why it does not go on. */
export function UninstallOutcome({ review, run }: { review: Uninstallation; run: UninstallRun | undefined }) {
  const t = useTranslations('uninstall');
  const common = useTranslations('common');
  const there = review.subscription !== undefined || review.clusterServiceVersions.length > 0;
  const outcome = () => {
    if (!there) {
      return (
        <Notice tone="good" title={t('outcome.goneTitle')}>
          {review.leftovers?.length ? t('outcome.goneText') : t('outcome.cleanText')}
        </Notice>
      );
    }
    if (run?.error) {
      return (
        <Notice tone="failed" title={t('outcome.refusedTitle')}>
          {problemOf(run.error)?.detail ?? common('unknownError')}
        </Notice>
      );
    }
    if (run?.doing === 'ended' && run.progress?.state === 'refused') {
      return (
        <Notice tone="failed" title={t('outcome.instancesRefusedTitle')}>
          {t('outcome.instancesRefusedText')}
        </Notice>
      );
    }
    if (run?.doing === 'ended' && run.progress && run.progress.state !== 'gone') {
      return (
        <Notice tone="waiting" title={t('outcome.waitOverTitle')}>
          {t('outcome.waitOverText')}
        </Notice>
      );
    }
    if (run?.doing === 'instances' || run?.doing === 'operator') return null;
    if (!review.subscription && review.clusterServiceVersions.every(({ deleting }) => !deleting)) {
      return (
        <Notice tone="waiting" title={t('outcome.halfTitle')}>
          {t('outcome.halfText')}
        </Notice>
      );
    }
    const begun = review.apis.some(({ instances }) => instances.some(({ deleting }) => deleting));
    return begun ? (
      <Notice tone="waiting" title={t('outcome.begunTitle')}>
        {t('outcome.begunText')}
      </Notice>
    ) : null;
  };
  return (
    <div aria-live="polite" className="empty:hidden">
      {outcome()}
    </div>
  );
}
