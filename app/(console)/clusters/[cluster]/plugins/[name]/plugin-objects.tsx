'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { Plugin } from '@/lib/plugins/contract';
import { pluginObjectsQuery } from '@/lib/plugins/queries';
import { getCommand } from '@/lib/plugins/rules/manifests';

/** The plugin's objects as the global cluster holds them, and the command that finds its installation. */
export function PluginObjects({ cluster, plugin }: { cluster: string; plugin: Plugin }) {
  const t = useTranslations('plugins');
  const { data, error, refetch } = useQuery(pluginObjectsQuery(cluster, plugin.name));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return <LoadingRows />;
  }
  return (
    <div className="flex flex-col gap-4">
      <CodeBlock label={t('commands')} text={getCommand(plugin.name, cluster, plugin.globalCluster)} />
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {data.items.map(({ kind, name, yaml }) => (
        <CodeBlock key={`${kind}/${name}`} label={`${kind} ${name}`} text={yaml} />
      ))}
    </div>
  );
}
