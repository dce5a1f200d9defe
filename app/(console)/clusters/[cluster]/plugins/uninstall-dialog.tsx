'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmName } from '@/components/plugins/confirm-name';
import { useLocalized } from '@/components/plugins/localized';
import { ObstacleList } from '@/components/plugins/obstacles';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { Skeleton } from '@/components/ui/skeleton';
import { announce } from '@/components/ui/toast';
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
  const common = useTranslations('common');
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
  const ready = known && !blocked && (!risk || accepted) && (!isGlobal || typed === name);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('uninstallTitle', { name: title, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={!ready || removal.isPending} onClick={() => removal.mutate()}>
            {removal.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('uninstall')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4" aria-busy={!known && !error ? true : undefined}>
        {error && !plugin ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : !known ? (
          <Skeleton className="w-3/4" />
        ) : (
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
            {isGlobal && !blocked && <ConfirmName name={name} value={typed} onChange={setTyped} />}
            {known.installation && (
              <CodeBlock
                label={t('commands')}
                text={deleteCommand(known.installation.name, known.globalCluster)}
              />
            )}
          </>
        )}
        {removal.error && (
          <Notice tone="failed" title={t('notUninstalled')}>
            {problemOf(removal.error)?.detail ?? common('unknownError')}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
