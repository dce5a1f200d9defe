import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { LifeCycleBadge } from '@/components/plugins/life-cycle-badge';
import { useLocalized } from '@/components/plugins/localized';
import { PluginStatusBadge } from '@/components/plugins/plugin-status';
import { CopyableName } from '@/components/ui/copy-button';
import { PageHeader } from '@/components/ui/page-header';
import { TileIcon } from '@/components/ui/tile-icon';
import type { Plugin } from '@/lib/plugins/contract';

/** Name, icon, status and life cycle of a plugin, and what can be done with it. */
export function PluginHeader({
  cluster,
  plugin,
  title,
  actions,
}: {
  cluster: string;
  plugin: Plugin;
  /** Other words for the heading, as on the install page. */
  title?: string;
  actions?: ReactNode;
}) {
  const t = useTranslations('plugins');
  const displayName = useLocalized()(plugin.displayName);
  return (
    <PageHeader
      title={title ?? displayName}
      media={
        <TileIcon
          key={plugin.name}
          src={plugin.hasIcon ? addresses.pluginIcon(cluster, plugin.name) : undefined}
          name={plugin.name}
          displayName={displayName}
          large
        />
      }
      actions={actions}
    >
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <PluginStatusBadge status={plugin.status} />
        <LifeCycleBadge lifecycle={plugin.lifecycle} focusable />
        {plugin.version && <span className="name-text">{plugin.version}</span>}
        <CopyableName name={plugin.name} what={t('pluginName')} />
      </div>
    </PageHeader>
  );
}
