import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { DependencyList } from '@/components/plugins/dependency-list';
import { InstallationFacts } from '@/components/plugins/installation-facts';
import { useLocalized } from '@/components/plugins/localized';
import { PluginStatusBadge } from '@/components/plugins/plugin-status';
import { RequirementList } from '@/components/plugins/requirement-list';
import { RiskNotice } from '@/components/plugins/risk-notice';
import { CardSection } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { Markdown } from '@/components/ui/markdown';
import type { Plugin } from '@/lib/plugins/contract';

/** What a plugin is, what it asks of this cluster, and how it stands here and elsewhere. */
export function PluginOverview({ cluster, plugin }: { cluster: string; plugin: Plugin }) {
  const t = useTranslations('plugins');
  const localized = useLocalized();
  const shown =
    plugin.versions.find(
      ({ version }) => version === (plugin.installation?.targetVersion || plugin.newVersion),
    ) ?? plugin.versions[0];
  // What is at stake is the next upgrade; without one, how this version was reached.
  const upgrade = plugin.upgradeTargets[0];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-4">
        <CardSection title={t('description')}>
          {localized(plugin.description) ? (
            <Markdown text={localized(plugin.description)} />
          ) : (
            <p className="text-muted">{t('noDescription')}</p>
          )}
        </CardSection>
        {plugin.installation && <InstallationFacts installation={plugin.installation} />}
        {shown && shown.affinity.length > 0 && (
          <CardSection title={t('requirements', { cluster })}>
            <RequirementList requirements={shown.affinity} />
          </CardSection>
        )}
        {shown && shown.dependencies.length > 0 && (
          <CardSection title={t('dependencies')}>
            <DependencyList dependencies={shown.dependencies} />
          </CardSection>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <CardSection title={t('facts')}>
          <KeyValues
            items={[
              {
                key: t('lifecycleHeader'),
                value: (
                  <>
                    {t(`lifecycle.${plugin.lifecycle}.label`)}
                    <span className="block text-small text-muted">
                      {t(`lifecycle.${plugin.lifecycle}.meaning`)}
                    </span>
                  </>
                ),
              },
              {
                key: t('version'),
                value: plugin.version && <span className="name-text">{plugin.version}</span>,
              },
              {
                key: t('newVersion'),
                value: plugin.newVersion && <span className="name-text">{plugin.newVersion}</span>,
              },
              { key: t('keptOn'), value: <span className="name-text">{plugin.globalCluster}</span> },
            ]}
          />
        </CardSection>
        {upgrade ? (
          <RiskNotice risk={upgrade.risk} step={{ from: plugin.version, to: upgrade.version }} />
        ) : (
          shown && <RiskNotice risk={shown.risk} />
        )}
        {plugin.elsewhere.length > 0 && (
          <CardSection title={t('elsewhere')}>
            <ul className="flex flex-col gap-2">
              {plugin.elsewhere.map((other) => (
                <li key={other.cluster} className="flex flex-wrap items-center gap-2">
                  <Link
                    href={addresses.plugin(other.cluster, plugin.name)}
                    className="font-medium text-accent hover:underline"
                  >
                    {other.cluster}
                  </Link>
                  <span className="name-text">{other.version}</span>
                  <PluginStatusBadge status={other.status} />
                </li>
              ))}
            </ul>
          </CardSection>
        )}
      </div>
    </div>
  );
}
