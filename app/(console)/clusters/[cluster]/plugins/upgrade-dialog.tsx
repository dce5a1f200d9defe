'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ActionDialog } from '@/components/plugins/action-dialog';
import { DefinitionChangeList } from '@/components/plugins/definition-change-list';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { asksForAcceptance } from '@/components/plugins/risk-notice';
import { UpgradeFacts } from '@/components/plugins/upgrade-facts';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { announce } from '@/components/ui/toast';
import type { Installation, Plugin, PluginRow, UpgradeTarget } from '@/lib/plugins/contract';
import type { FormDefinition, PluginFormAnswer } from '@/lib/plugins/form-contract';
import { pluginsQuery, upgradePlugin } from '@/lib/plugins/queries';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { definitionChanges } from '@/lib/plugins/rules/form/definition-changes';
import { patchCommand } from '@/lib/plugins/rules/manifests';
import { ConfigChangeFields } from './config-change-fields';
import { useConfigChange } from './use-config-change';
import { usePluginForm } from './use-plugin-form';

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
  const localized = useLocalized();
  const [chosen, setChosen] = useState('');
  const targetOf = ({ upgradeTargets }: Plugin) =>
    upgradeTargets.find(({ version }) => version === chosen) ?? upgradeTargets[0];
  const { plugin, answer, reading } = usePluginForm(
    cluster,
    row.name,
    (known) => targetOf(known)?.version ?? '',
  );
  const target = plugin && targetOf(plugin);
  if (plugin?.installation && target && answer) {
    return (
      <UpgradeForm
        key={target.version}
        cluster={cluster}
        plugin={plugin}
        installation={plugin.installation}
        target={target}
        answer={answer}
        onTarget={setChosen}
        onClose={onClose}
      />
    );
  }
  return (
    <ActionDialog
      wide
      title={t('upgradeTitle', { name: localized(row.displayName), cluster })}
      action={t('upgrade')}
      ready={false}
      reading={reading}
      onConfirm={onClose}
      onClose={onClose}
    >
      <EmptyState icon={CircleCheck} title={t('noTargets')} />
    </ActionDialog>
  );
}

function UpgradeForm({
  cluster,
  plugin: { name, displayName, globalCluster, upgradeTargets },
  installation,
  target,
  answer: { definition, installedDefinition },
  onTarget,
  onClose,
}: {
  cluster: string;
  plugin: Plugin;
  installation: Installation;
  target: UpgradeTarget;
  answer: PluginFormAnswer;
  onTarget: (version: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations('plugins');
  const client = useQueryClient();
  const title = useLocalized()(displayName);
  const [accepted, setAccepted] = useState(false);
  const changes = useDefinitionChanges(installedDefinition, definition);
  const change = useConfigChange(definition, 'upgrade', installation);
  const { patch, asks } = change;
  const spec = {
    version: target.version,
    ...(Object.keys(patch).length > 0 ? { config: patch } : {}),
  };
  const upgrade = useMutation({
    mutationFn: () =>
      upgradePlugin(cluster, name, { ...spec, resourceVersion: installation.resourceVersion }),
    onSuccess: () => {
      announce(t('upgrading', { name: title, version: target.version, cluster }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: pluginsQuery(cluster).queryKey }),
  });
  const mustAccept = asksForAcceptance(target.risk);
  return (
    <ActionDialog
      wide
      title={t('upgradeTitle', { name: title, cluster })}
      action={t('upgrade')}
      ready={target.obstacles.length === 0 && (!mustAccept || accepted)}
      busy={upgrade.isPending}
      failure={{ title: t('notUpgraded'), error: upgrade.error }}
      onConfirm={() => change.attempt() && upgrade.mutate()}
      onClose={onClose}
    >
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
          {upgradeTargets.map(({ version }) => (
            <option key={version} value={version}>
              {version}
            </option>
          ))}
        </Select>
      </Field>
      <UpgradeFacts target={target} blockReasons={installation.blockReasons} />
      {mustAccept && <Checkbox checked={accepted} onChange={setAccepted} label={t('acceptRisk')} />}
      {changes && <DefinitionChangeList changes={changes} />}
      {asks && <ConfigChangeFields cluster={cluster} name={name} change={change} />}
      <CodeBlock label={t('commands')} text={patchCommand(installation.name, spec, globalCluster)} />
    </ActionDialog>
  );
}

/** What a version's form asks differently, as far as the installed one's is known. */
function useDefinitionChanges(before: FormDefinition | undefined, after: FormDefinition) {
  const language = useFormLanguage();
  return useMemo(() => {
    if (!before) return undefined;
    const of = (definition: FormDefinition) => buildForm(definition, 'deploy', language);
    return definitionChanges(of(before), of(after));
  }, [before, after, language]);
}
