'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ConfigEditor } from '@/components/plugins/form/config-editor';
import { useConfigDraft } from '@/components/plugins/form/use-config-draft';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { SkeletonRows } from '@/components/ui/skeleton';
import { announce } from '@/components/ui/toast';
import type { Installation, PluginFormAnswer, PluginRow } from '@/lib/plugins/contract';
import { pluginFormQuery, pluginQuery, pluginsQuery, updatePlugin } from '@/lib/plugins/queries';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { changePatch } from '@/lib/plugins/rules/form/values';
import { patchCommand } from '@/lib/plugins/rules/manifests';
import { formContextOf } from './resource-field';

interface Props {
  cluster: string;
  plugin: PluginRow;
  onClose: () => void;
}

/** Changes the configuration of an installed plugin, at the same version. */
export function UpdateDialog(props: Props) {
  const { cluster, plugin, onClose } = props;
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const title = t('updateTitle', { name: useLocalized()(plugin.displayName), cluster });
  const details = useQuery(pluginQuery(cluster, plugin.name));
  const installation = details.data?.installation;
  const version = installation?.targetVersion ?? '';
  const form = useQuery({ ...pluginFormQuery(cluster, plugin.name, version), enabled: version !== '' });
  if (installation && details.data && form.data) {
    return (
      <UpdateForm
        {...props}
        title={title}
        installation={installation}
        answer={form.data}
        globalCluster={details.data.globalCluster}
      />
    );
  }
  const error = details.error ?? form.error;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      footer={<Button onClick={onClose}>{common('cancel')}</Button>}
    >
      {error ? (
        <ErrorState error={error} retry={() => void Promise.all([details.refetch(), form.refetch()])} />
      ) : (
        <div aria-busy="true">
          <SkeletonRows rows={4} />
        </div>
      )}
    </Dialog>
  );
}

function UpdateForm({
  cluster,
  plugin: { name, displayName },
  onClose,
  title,
  installation,
  answer: { definition },
  globalCluster,
}: Props & {
  title: string;
  installation: Installation;
  answer: PluginFormAnswer;
  globalCluster: string;
}) {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const localized = useLocalized();
  const client = useQueryClient();
  const language = useFormLanguage();
  const [attempted, setAttempted] = useState(false);
  const form = useMemo(() => buildForm(definition, 'edit', language), [definition, language]);
  const context = useMemo(() => formContextOf(cluster, name), [cluster, name]);
  const draft = useConfigDraft(form, installation.config);
  const patch = changePatch(form, installation.config, draft.value);
  const unchanged = Object.keys(patch).length === 0;
  const update = useMutation({
    mutationFn: () =>
      updatePlugin(cluster, name, { config: patch, resourceVersion: installation.resourceVersion }),
    onSuccess: () => {
      announce(t('updating', { name: localized(displayName), cluster }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  const send = () => {
    setAttempted(true);
    if (draft.errors.length === 0 && draft.yamlError === undefined && !unchanged) update.mutate();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={unchanged || update.isPending} onClick={send}>
            {update.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('update')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-ink">
        <p className="text-muted">{t('updateText', { version: installation.targetVersion })}</p>
        <ConfigEditor draft={draft} attempted={attempted} context={context} />
        {!unchanged && (
          <CodeBlock
            label={t('commands')}
            text={patchCommand(installation.name, { config: patch }, globalCluster)}
          />
        )}
        {attempted && draft.errors.length > 0 && (
          <Notice tone="failed" title={t('form.notValid', { count: draft.errors.length })} />
        )}
        {update.error && (
          <Notice tone="failed" title={t('notUpdated')}>
            {problemOf(update.error)?.detail ?? common('unknownError')}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
