import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { ObstacleList } from '@/components/plugins/obstacles';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import { pushPluginCommand } from '@/lib/packages/rules/commands';
import type { Plugin } from '@/lib/plugins/contract';

/** A finalizer that has not done its work after this is stuck rather than busy. */
const STUCK_MS = 10 * 60_000;

/** What stands out of a plugin on a cluster, and what to do about it. */
export function PluginNotices({ cluster, plugin }: { cluster: string; plugin: Plugin }) {
  const t = useTranslations('plugins');
  const { installation, status, blockReasons } = plugin;
  const offered = plugin.versions.find(({ version }) => version === plugin.newVersion);
  const failed = status === 'Failed' ? reasonsOf(plugin) : [];
  const isStuck =
    installation?.deletingSince !== undefined &&
    Date.now() - Date.parse(installation.deletingSince) > STUCK_MS;
  return (
    <>
      {plugin.coreReminder && (
        <Notice tone="info" title={t('coreTitle', { version: plugin.coreReminder })}>
          {t('coreText', { cluster })}
        </Notice>
      )}
      {!installation && offered && offered.obstacles.length > 0 && (
        <Notice tone="waiting" title={t('notHere', { cluster })}>
          <ObstacleList obstacles={offered.obstacles} />
        </Notice>
      )}
      {status === 'Absent' && (
        <Notice
          tone="info"
          title={plugin.synchronisingSince ? t('synchronisingTitle') : t('absentTitle')}
          action={
            !plugin.synchronisingSince && (
              <ButtonLink href={`${addresses.packages}?tab=plugin`}>{t('howToUpload')}</ButtonLink>
            )
          }
        >
          {plugin.synchronisingSince ? (
            <>
              {t('synchronising')} <Time value={plugin.synchronisingSince} />. {t('synchronisingText')}
            </>
          ) : (
            t('absentText')
          )}
        </Notice>
      )}
      {status === 'Absent' && !plugin.synchronisingSince && (
        <CodeBlock label={t('uploadCommand')} text={pushPluginCommand(plugin.name)} />
      )}
      {status !== 'Failed' && blockReasons.length > 0 && (
        <Notice tone="waiting" title={t('blockReasons')}>
          {blockReasons.join('; ')}
        </Notice>
      )}
      {status === 'Failed' && (
        <Notice tone="failed" title={t('failedTitle', { cluster })}>
          {failed.length > 0 ? (
            <ul>
              {failed.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          ) : (
            t('failedText')
          )}
        </Notice>
      )}
      {installation?.deletingSince && (
        <Notice tone="waiting" title={isStuck ? t('stuckTitle') : t('deletingTitle')}>
          {t('deletingSince')} <Time value={installation.deletingSince} />.{' '}
          {installation.finalizers.length > 0 &&
            t('finalizers', { finalizers: installation.finalizers.join(', ') })}{' '}
          {isStuck && t('stuckText')}
        </Notice>
      )}
    </>
  );
}

/** What the platform says of a failure: of each release, else what blocks it, else its conditions. */
function reasonsOf({ installation, blockReasons }: Plugin): string[] {
  const releases = (installation?.releases ?? [])
    .filter(({ failed, message }) => failed || message)
    .map(({ name, reason, message }) => [name, reason, message].filter(Boolean).join(': '));
  const conditions = (installation?.conditions ?? [])
    .filter(({ status }) => status === 'False')
    .map(({ reason, message }) => [reason, message].filter(Boolean).join(': '));
  const found = [releases, blockReasons, conditions].find((reasons) => reasons.some(Boolean)) ?? [];
  return [...new Set(found.filter(Boolean))];
}
