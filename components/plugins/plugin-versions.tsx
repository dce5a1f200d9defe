import { CircleCheck, Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { ObstacleList } from '@/components/plugins/obstacles';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { Day } from '@/components/ui/time';
import type { Plugin } from '@/lib/plugins/contract';

/** Every ModuleConfig of a plugin, newest first: ready or why not. */
export function PluginVersions({ cluster, plugin }: { cluster: string; plugin: Plugin }) {
  const t = useTranslations('plugins');
  if (plugin.versions.length === 0) return <p className="text-muted">{t('noVersions')}</p>;
  return (
    <Card>
      <ul className="divide-y divide-line-faint">
        {plugin.versions.map((one) => {
          // That it is installed already is no news in a list of versions.
          const obstacles = one.obstacles.filter(({ code }) => code !== 'already-installed');
          return (
            <li key={one.moduleConfig} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3">
              <span className="name-text w-24 font-semibold">{one.version}</span>
              <CopyableName name={one.moduleConfig} what="ModuleConfig" className="text-muted" />
              <span className="ml-auto flex flex-wrap items-center gap-2">
                {one.version === plugin.version && (
                  <Badge tone="good" icon={CircleCheck}>
                    {t('installedHere')}
                  </Badge>
                )}
                <Badge tone={one.ready ? 'outline' : 'waiting'} icon={one.ready ? undefined : Hourglass}>
                  {one.ready ? t('ready') : t('notReady')}
                </Badge>
                {!plugin.installation && one.obstacles.length === 0 && (
                  <Link
                    href={addresses.pluginInstall(cluster, plugin.name, one.version)}
                    className="font-medium text-accent hover:underline"
                  >
                    {t('installVersion', { version: one.version })}
                  </Link>
                )}
              </span>
              <p className="w-full text-small text-muted">
                <Day value={one.createdAt} />
                {one.supportedUpgradeVersions &&
                  ` · ${t('upgradesFrom', { range: one.supportedUpgradeVersions })}`}
                {one.targetClusterVersions.length > 0 &&
                  ` · ${t('madeFor', { versions: one.targetClusterVersions.join(', ') })}`}
              </p>
              {obstacles.length > 0 && (
                <div className="w-full text-small">
                  <ObstacleList obstacles={obstacles} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
