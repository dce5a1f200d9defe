import { useTranslations } from 'next-intl';
import { DependencyList } from '@/components/plugins/dependency-list';
import { ObstacleList } from '@/components/plugins/obstacles';
import { RiskNotice } from '@/components/plugins/risk-notice';
import { Notice } from '@/components/ui/notice';
import type { UpgradeTarget } from '@/lib/plugins/contract';

/** What is to be known of an upgrade before it is confirmed. */
export function UpgradeFacts({
  target: { obstacles, risk, dependencies, upgradeBefore, upgradeFirst },
  blockReasons,
}: {
  target: UpgradeTarget;
  /** The platform's own words on what holds the installation up. */
  blockReasons: readonly string[];
}) {
  const t = useTranslations('plugins');
  return (
    <>
      {obstacles.length > 0 && (
        <Notice tone="failed" title={t('upgradeBlocked')}>
          <ObstacleList obstacles={obstacles} />
        </Notice>
      )}
      {upgradeFirst.length > 0 && (
        <Notice tone="waiting" title={t('upgradeFirst')}>
          <span className="name-text">{upgradeFirst.join(', ')}</span>
        </Notice>
      )}
      {blockReasons.length > 0 && (
        <Notice tone="waiting" title={t('blockReasons')}>
          {blockReasons.join('; ')}
        </Notice>
      )}
      <RiskNotice risk={risk} />
      {upgradeBefore.length > 0 && (
        <p className="text-small text-muted">
          {t('upgradeBefore')} <span className="name-text">{upgradeBefore.join(', ')}</span>
        </p>
      )}
      {dependencies.length > 0 && (
        <div>
          <h3 className="mb-1 font-medium">{t('dependencies')}</h3>
          <DependencyList dependencies={dependencies} />
        </div>
      )}
    </>
  );
}
