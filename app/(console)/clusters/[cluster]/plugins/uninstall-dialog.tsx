'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionDialog } from '@/components/plugins/action-dialog';
import { useLocalized } from '@/components/plugins/localized';
import { ObstacleList } from '@/components/plugins/obstacles';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { announce } from '@/components/ui/toast';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import type { PluginRow } from '@/lib/plugins/contract';
import { pluginQuery, pluginsQuery, uninstallPlugin } from '@/lib/plugins/queries';
import { deleteCommand } from '@/lib/plugins/rules/manifests';

/** Confirms that a plugin is removed: what is lost, what is in the way, and on `global` its name. */
export function UninstallDialog({
  cluster,
  plugin: { name, displayName },
  onClose,
}: {
  cluster: string;
  plugin: PluginRow;
  onClose: () => void;
}) {
  const t = useTranslations('plugins');
  const localized = useLocalized();
  const client = useQueryClient();
  const title = localized(displayName);
  const [accepted, setAccepted] = useState(false);
  const [typed, setTyped] = useState('');
  const query = pluginQuery(cluster, name);
  // What is in the way lives outside of what is told live: it is read when the question is asked.
  const {
    data: plugin,
    error,
    isFetchedAfterMount,
    refetch,
  } = useQuery({ ...query, refetchOnMount: 'always' });
  const removal = useMutation({
    mutationFn: () => uninstallPlugin(cluster, name),
    onSuccess: () => {
      announce(t('uninstalling', { name: title, cluster }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  const known = isFetchedAfterMount ? plugin : undefined;
  const risk = known ? localized(known.uninstall.risk) : '';
  const blocked = known !== undefined && known.uninstall.obstacles.length > 0;
  const isGlobal = known?.globalCluster === cluster;
  return (
    <ActionDialog
      title={t('uninstallTitle', { name: title, cluster })}
      action={t('uninstall')}
      ready={!blocked && (!risk || accepted) && (!isGlobal || typed === name)}
      busy={removal.isPending}
      reading={known ? undefined : { error, retry: () => void refetch() }}
      failure={{ title: t('notUninstalled'), error: removal.error }}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {known && (
        <>
          <p>{t('uninstallText')}</p>
          {blocked && (
            <Notice tone="failed" title={t('uninstallBlocked')}>
              {localized(known.uninstall.blockText) && (
                <p className="mb-2">{localized(known.uninstall.blockText)}</p>
              )}
              <ObstacleList obstacles={known.uninstall.obstacles} />
            </Notice>
          )}
          {risk && !blocked && (
            <>
              <Notice tone="waiting" title={t('uninstallRisk')}>
                {risk}
              </Notice>
              <Checkbox checked={accepted} onChange={setAccepted} label={t('acceptRisk')} />
            </>
          )}
          {isGlobal && !blocked && (
            <TypedConfirmation
              label={t('typeName', { name })}
              help={t('typeNameHelp')}
              value={typed}
              onChange={setTyped}
            />
          )}
          {known.installation && (
            <CodeBlock
              label={t('commands')}
              text={deleteCommand(known.installation.name, known.globalCluster)}
            />
          )}
        </>
      )}
    </ActionDialog>
  );
}
