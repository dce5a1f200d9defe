import { Info } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { LifeCycleBadge } from '@/components/plugins/life-cycle-badge';
import { useLocalized } from '@/components/plugins/localized';
import { PluginStatusBadge } from '@/components/plugins/plugin-status';
import { cn } from '@/components/ui/cn';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { TileIcon } from '@/components/ui/tile-icon';
import { Time } from '@/components/ui/time';
import type { PluginRow } from '@/lib/plugins/contract';

/** The cluster plugins of a cluster, one row each; `select` stands at the beginning of a row, `actions` at its end. */
export function PluginTable({
  cluster,
  plugins,
  select,
  actions,
}: {
  cluster: string;
  plugins: readonly PluginRow[];
  select: (plugin: PluginRow) => ReactNode;
  actions: (plugin: PluginRow) => ReactNode;
}) {
  const t = useTranslations('plugins');
  const columns: Column<PluginRow>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: (row) => <NameCell cluster={cluster} plugin={row} select={select(row)} />,
    },
    {
      id: 'lifecycle',
      header: t('lifecycleHeader'),
      cell: ({ lifecycle }) => <LifeCycleBadge lifecycle={lifecycle} />,
    },
    { id: 'status', header: t('statusHeader'), cell: (row) => <StatusCell plugin={row} /> },
    {
      id: 'version',
      header: t('version'),
      cell: ({ version }) => <VersionText version={version} />,
    },
    {
      id: 'newVersion',
      header: t('newVersion'),
      cell: ({ newVersion, actions: possible }) => (
        <VersionText version={newVersion} newer={possible.includes('Upgrade')} />
      ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">{t('actions')}</span>,
      align: 'end',
      cell: (row) => (
        <div className="flex items-center justify-end gap-1.5">
          {row.lifecycle === 'Core' && row.version && row.newVersion && <CoreHint />}
          {row.status === 'Absent' && !row.synchronisingSince && (
            <Link
              href={`${addresses.packages}?tab=plugin`}
              className="text-small font-medium text-accent hover:underline"
            >
              {t('howToUpload')}
            </Link>
          )}
          {actions(row)}
        </div>
      ),
    },
  ];
  return <ResourceTable label={t('table')} columns={columns} rows={plugins} rowKey={({ name }) => name} />;
}

function NameCell({ cluster, plugin, select }: { cluster: string; plugin: PluginRow; select: ReactNode }) {
  const localized = useLocalized();
  const displayName = localized(plugin.displayName);
  return (
    <div className="flex items-center gap-3 max-sm:w-52">
      {select}
      <span className="shrink-0 max-sm:hidden">
        <TileIcon
          src={plugin.hasIcon ? addresses.pluginIcon(cluster, plugin.name) : undefined}
          name={plugin.name}
          displayName={displayName}
        />
      </span>
      <div className="min-w-0">
        <Link
          href={addresses.plugin(cluster, plugin.name)}
          prefetch={false}
          className="font-semibold hover:text-accent hover:underline"
        >
          {displayName}
        </Link>
        <p className="name-text text-faint [overflow-wrap:anywhere]">{plugin.name}</p>
      </div>
    </div>
  );
}

function StatusCell({ plugin }: { plugin: PluginRow }) {
  const t = useTranslations('plugins');
  return (
    <div className="flex flex-col items-start gap-0.5">
      <PluginStatusBadge status={plugin.status} />
      {plugin.synchronisingSince && (
        <span className="text-small text-muted">
          {t('synchronising')} <Time value={plugin.synchronisingSince} />
        </span>
      )}
    </div>
  );
}

function VersionText({ version, newer }: { version: string; newer?: boolean }) {
  if (!version) return <span className="text-faint">–</span>;
  return (
    <span className={cn('name-text whitespace-nowrap', newer && 'font-medium text-newer')}>{version}</span>
  );
}

function CoreHint() {
  const t = useTranslations('plugins');
  return (
    <span className="inline-flex items-center gap-1 text-small whitespace-nowrap text-muted">
      <Info aria-hidden className="size-3.5" />
      {t('coreInstead')}
    </span>
  );
}
