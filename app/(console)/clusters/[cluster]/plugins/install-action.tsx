'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { useLocalized } from '@/components/plugins/localized';
import { ObstacleList } from '@/components/plugins/obstacles';
import { useProblemWords } from '@/components/plugins/words';
import { ActionButton } from '@/components/ui/action-button';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { announce } from '@/components/ui/toast';
import type { Obstacle, PluginRow } from '@/lib/plugins/contract';
import { installPlugin, pluginFormQuery, pluginQuery, pluginsQuery } from '@/lib/plugins/queries';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { initialValue, toConfig } from '@/lib/plugins/rules/form/values';
import { usePluginAccess } from './use-plugin-access';

/** `Install`: leads to the form where there is one; a plugin without parameters is installed at once. */
export function InstallAction({
  cluster,
  plugin,
  compact,
}: {
  cluster: string;
  plugin: PluginRow;
  compact?: boolean;
}) {
  const t = useTranslations('plugins');
  const { reason } = usePluginAccess('create');
  const size = compact ? 'small' : 'medium';
  const variant = compact ? 'secondary' : 'primary';
  if (plugin.installForm && reason === undefined) {
    return (
      <ButtonLink
        href={addresses.pluginInstall(cluster, plugin.name)}
        size={size}
        variant={variant}
        icon={!compact && <Download aria-hidden />}
      >
        {t('install')}
      </ButtonLink>
    );
  }
  if (reason !== undefined) {
    return (
      <ActionButton size={size} variant={variant} reason={reason} compact={compact}>
        {t('install')}
      </ActionButton>
    );
  }
  return <InstallAtOnce cluster={cluster} plugin={plugin} size={size} variant={variant} />;
}

function InstallAtOnce({
  cluster,
  plugin: { name, displayName, newVersion },
  size,
  variant,
}: {
  cluster: string;
  plugin: PluginRow;
  size: 'small' | 'medium';
  variant: 'primary' | 'secondary';
}) {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const title = useLocalized()(displayName);
  const installation = useMutation({
    mutationFn: async (): Promise<Obstacle[]> => {
      const [{ versions }, { definition }] = await Promise.all([
        client.fetchQuery({ ...pluginQuery(cluster, name), staleTime: 0 }),
        client.fetchQuery(pluginFormQuery(cluster, name, newVersion)),
      ]);
      const obstacles = versions.find(({ version }) => version === newVersion)?.obstacles ?? [];
      if (obstacles.length > 0) return obstacles;
      const form = buildForm(definition, 'deploy', 'en');
      const config = toConfig(form, initialValue(form));
      await installPlugin(cluster, name, { version: newVersion, config });
      announce(t('installing', { name: title, cluster }));
      return [];
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  const refused = installation.data && installation.data.length > 0 ? installation.data : undefined;
  return (
    <>
      <Button
        size={size}
        variant={variant}
        disabled={installation.isPending}
        onClick={() => installation.mutate()}
      >
        {installation.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
        {t('install')}
      </Button>
      <Dialog
        open={refused !== undefined || installation.error !== null}
        onClose={() => installation.reset()}
        title={t('refusedTitle', { name: title, cluster })}
        footer={<Button onClick={() => installation.reset()}>{common('close')}</Button>}
      >
        {refused && <ObstacleList obstacles={refused} />}
        {installation.error && (
          <Notice tone="failed" title={t('notInstalled')}>
            {problemWords(installation.error)}
          </Notice>
        )}
      </Dialog>
    </>
  );
}
