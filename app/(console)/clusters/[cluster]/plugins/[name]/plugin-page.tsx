'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useQueryState } from 'nuqs';
import { useLocalized } from '@/components/plugins/localized';
import { PluginConfiguration } from '@/components/plugins/plugin-configuration';
import { PluginHeader } from '@/components/plugins/plugin-header';
import { PluginNotices } from '@/components/plugins/plugin-notices';
import { PluginOverview } from '@/components/plugins/plugin-overview';
import { PluginPageSkeleton } from '@/components/plugins/plugin-page-skeleton';
import { PluginVersions } from '@/components/plugins/plugin-versions';
import { PageError } from '@/components/ui/page-error';
import { PartialNotice } from '@/components/ui/partial-notice';
import { Tabs } from '@/components/ui/tabs';
import { pluginQuery } from '@/lib/plugins/queries';
import { PluginActions } from '../plugin-actions';
import { PluginObjects } from './plugin-objects';
import { pluginTab, pluginTabs } from './search-params';

/** One cluster plugin as a cluster has it. */
export function PluginPage({ cluster, name }: { cluster: string; name: string }) {
  const t = useTranslations('plugins');
  const [tab, setTab] = useQueryState('tab', pluginTab);
  const localized = useLocalized();
  const { data: plugin, error, refetch } = useQuery(pluginQuery(cluster, name));
  if (error && !plugin) return <PageError title={name} error={error} retry={() => void refetch()} />;
  if (!plugin) return <PluginPageSkeleton />;
  const content = {
    overview: <PluginOverview cluster={cluster} plugin={plugin} />,
    versions: <PluginVersions cluster={cluster} plugin={plugin} />,
    configuration: <PluginConfiguration installation={plugin.installation} />,
    yaml: <PluginObjects cluster={cluster} plugin={plugin} />,
  };
  return (
    <>
      <PluginHeader
        cluster={cluster}
        plugin={plugin}
        actions={<PluginActions cluster={cluster} plugin={plugin} />}
      />
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        {plugin.partial.length > 0 && <PartialNotice partial={plugin.partial} />}
        <PluginNotices cluster={cluster} plugin={plugin} />
      </div>
      <Tabs
        label={localized(plugin.displayName)}
        value={tab}
        onChange={(value) => void setTab(value)}
        items={pluginTabs.map((value) => ({ value, label: t(`tabs.${value}`), content: content[value] }))}
      />
    </>
  );
}
