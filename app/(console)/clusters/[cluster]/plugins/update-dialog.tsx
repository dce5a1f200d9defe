'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/plugins/action-dialog';
import { useLocalized } from '@/components/plugins/localized';
import { CodeBlock } from '@/components/ui/code-block';
import { announce } from '@/components/ui/toast';
import type { Installation, Plugin, PluginRow } from '@/lib/plugins/contract';
import type { FormDefinition } from '@/lib/plugins/form-contract';
import { pluginsQuery, updatePlugin } from '@/lib/plugins/queries';
import { patchCommand } from '@/lib/plugins/rules/manifests';
import { ConfigChangeFields } from './config-change-fields';
import { useConfigChange } from './use-config-change';
import { usePluginForm } from './use-plugin-form';

interface Props {
  cluster: string;
  plugin: PluginRow;
  onClose: () => void;
}

/** Changes the configuration of an installed plugin, at the same version. */
export function UpdateDialog(props: Props) {
  const { cluster, plugin: row, onClose } = props;
  const t = useTranslations('plugins');
  const localized = useLocalized();
  const { plugin, answer, reading } = usePluginForm(
    cluster,
    row.name,
    ({ installation }) => installation?.targetVersion ?? '',
  );
  if (plugin?.installation && answer) {
    return (
      <UpdateForm
        cluster={cluster}
        plugin={plugin}
        installation={plugin.installation}
        definition={answer.definition}
        onClose={onClose}
      />
    );
  }
  return (
    <ActionDialog
      wide
      title={t('updateTitle', { name: localized(row.displayName), cluster })}
      action={t('update')}
      ready={false}
      reading={reading}
      onConfirm={onClose}
      onClose={onClose}
    >
      <p>{t('noConfigurationTitle')}</p>
    </ActionDialog>
  );
}

function UpdateForm({
  cluster,
  plugin: { name, displayName, globalCluster },
  installation,
  definition,
  onClose,
}: {
  cluster: string;
  plugin: Plugin;
  installation: Installation;
  definition: FormDefinition;
  onClose: () => void;
}) {
  const t = useTranslations('plugins');
  const client = useQueryClient();
  const title = useLocalized()(displayName);
  const change = useConfigChange(definition, 'edit', installation);
  const { patch } = change;
  const unchanged = Object.keys(patch).length === 0;
  const update = useMutation({
    mutationFn: () =>
      updatePlugin(cluster, name, { config: patch, resourceVersion: installation.resourceVersion }),
    onSuccess: () => {
      announce(t('updating', { name: title, cluster }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  return (
    <ActionDialog
      wide
      title={t('updateTitle', { name: title, cluster })}
      action={t('update')}
      ready={!unchanged}
      busy={update.isPending}
      failure={{ title: t('notUpdated'), error: update.error }}
      onConfirm={() => change.attempt() && update.mutate()}
      onClose={onClose}
    >
      <p className="text-muted">{t('updateText', { version: installation.targetVersion })}</p>
      <ConfigChangeFields cluster={cluster} name={name} change={change} />
      {!unchanged && (
        <CodeBlock
          label={t('commands')}
          text={patchCommand(installation.name, { config: patch }, globalCluster)}
        />
      )}
    </ActionDialog>
  );
}
