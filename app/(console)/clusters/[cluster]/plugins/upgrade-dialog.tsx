'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { DefinitionChangeList } from '@/components/plugins/definition-change-list';
import { ConfigEditor } from '@/components/plugins/form/config-editor';
import { useConfigDraft } from '@/components/plugins/form/use-config-draft';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { UpgradeFacts } from '@/components/plugins/upgrade-facts';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { Select } from '@/components/ui/select';
import { SkeletonRows } from '@/components/ui/skeleton';
import { announce } from '@/components/ui/toast';
import type {
  Installation,
  Plugin,
  PluginFormAnswer,
  PluginRow,
  UpgradeTarget,
} from '@/lib/plugins/contract';
import { pluginFormQuery, pluginQuery, pluginsQuery, upgradePlugin } from '@/lib/plugins/queries';
import { buildForm, hasEditableFields } from '@/lib/plugins/rules/form/build-form';
import { definitionChanges } from '@/lib/plugins/rules/form/definition-changes';
import { changePatch } from '@/lib/plugins/rules/form/values';
import { patchCommand } from '@/lib/plugins/rules/manifests';
import { formContextOf } from './resource-field';

/** Confirms an upgrade: to which version, what it risks, what its form asks, what changes. */
export function UpgradeDialog({
  cluster,
  plugin: row,
  onClose,
}: {
  cluster: string;
  plugin: PluginRow;
  onClose: () => void;
}) {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const title = t('upgradeTitle', { name: useLocalized()(row.displayName), cluster });
  const [chosen, setChosen] = useState('');
  const details = useQuery(pluginQuery(cluster, row.name));
  const targets = details.data?.upgradeTargets ?? [];
  const target = targets.find(({ version }) => version === chosen) ?? targets[0];
  const form = useQuery({
    ...pluginFormQuery(cluster, row.name, target?.version ?? ''),
    enabled: target !== undefined,
  });
  const installation = details.data?.installation;
  if (details.data && installation && target && form.data) {
    return (
      <UpgradeForm
        key={target.version}
        cluster={cluster}
        plugin={details.data}
        installation={installation}
        target={target}
        answer={form.data}
        title={title}
        onTarget={setChosen}
        onClose={onClose}
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
      ) : details.data && !target ? (
        <EmptyState icon={CircleCheck} title={t('noTargets')} />
      ) : (
        <div aria-busy="true">
          <SkeletonRows rows={4} />
        </div>
      )}
    </Dialog>
  );
}

function UpgradeForm({
  cluster,
  plugin,
  installation,
  target,
  answer: { definition, installedDefinition },
  title,
  onTarget,
  onClose,
}: {
  cluster: string;
  plugin: Plugin;
  installation: Installation;
  target: UpgradeTarget;
  answer: PluginFormAnswer;
  title: string;
  onTarget: (version: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const localized = useLocalized();
  const client = useQueryClient();
  const language = useFormLanguage();
  const [accepted, setAccepted] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const form = useMemo(() => buildForm(definition, 'upgrade', language), [definition, language]);
  const changes = useMemo(() => {
    if (!installedDefinition) return undefined;
    const of = (one: typeof definition) => buildForm(one, 'deploy', language);
    return definitionChanges(of(installedDefinition), of(definition));
  }, [definition, installedDefinition, language]);
  const context = useMemo(() => formContextOf(cluster, plugin.name), [cluster, plugin.name]);
  const draft = useConfigDraft(form, installation.config);
  const asks = hasEditableFields(form);
  const patch = asks ? changePatch(form, installation.config, draft.value) : {};
  const spec = {
    version: target.version,
    ...(Object.keys(patch).length > 0 ? { config: patch } : {}),
  };
  const upgrade = useMutation({
    mutationFn: () =>
      upgradePlugin(cluster, plugin.name, { ...spec, resourceVersion: installation.resourceVersion }),
    onSuccess: () => {
      announce(t('upgrading', { name: localized(plugin.displayName), version: target.version, cluster }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  const mustAccept = asksForAcceptance(target.risk);
  const ready = target.obstacles.length === 0 && (!mustAccept || accepted) && !upgrade.isPending;
  const send = () => {
    setAttempted(true);
    if (draft.yamlError === undefined && (!asks || draft.errors.length === 0)) upgrade.mutate();
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
          <Button variant="primary" disabled={!ready} onClick={send}>
            {upgrade.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('upgrade')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-ink">
        <Field
          id="upgrade-version"
          label={t('version')}
          help={t('upgradeFrom', { version: installation.targetVersion })}
        >
          <Select
            id="upgrade-version"
            value={target.version}
            onChange={(event) => onTarget(event.target.value)}
            aria-describedby="upgrade-version-help"
          >
            {plugin.upgradeTargets.map(({ version }) => (
              <option key={version} value={version}>
                {version}
              </option>
            ))}
          </Select>
        </Field>
        <UpgradeFacts target={target} blockReasons={installation.blockReasons} />
        {mustAccept && <Checkbox checked={accepted} onChange={setAccepted} label={t('acceptRisk')} />}
        {changes && <DefinitionChangeList changes={changes} />}
        {asks && <ConfigEditor draft={draft} attempted={attempted} context={context} />}
        <CodeBlock label={t('commands')} text={patchCommand(installation.name, spec, plugin.globalCluster)} />
        {attempted && asks && draft.errors.length > 0 && (
          <Notice tone="failed" title={t('form.notValid', { count: draft.errors.length })} />
        )}
        {upgrade.error && (
          <Notice tone="failed" title={t('notUpgraded')}>
            {problemOf(upgrade.error)?.detail ?? common('unknownError')}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
