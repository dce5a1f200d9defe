'use client';

import { Download, LoaderCircle } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { addresses } from '@/components/addresses';
import { ConfigEditor } from '@/components/plugins/form/config-editor';
import { useConfigDraft } from '@/components/plugins/form/use-config-draft';
import { InstallOutcomes } from '@/components/plugins/install-outcomes';
import { PluginInstallPreview } from '@/components/plugins/install-preview';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { ObstacleList } from '@/components/plugins/obstacles';
import { TargetClusters } from '@/components/plugins/target-clusters';
import { ValuesOverride } from '@/components/plugins/values-override';
import { PluginVersionField } from '@/components/plugins/version-field';
import { configTextWords } from '@/components/plugins/words';
import { ActionButton } from '@/components/ui/action-button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { announce } from '@/components/ui/toast';
import type { Plugin, PluginVersion } from '@/lib/plugins/contract';
import type { FormDefinition } from '@/lib/plugins/form-contract';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { readConfigText } from '@/lib/plugins/rules/form/config-text';
import { formContextOf } from '../../resource-field';
import { usePluginAccess } from '../../use-plugin-access';
import { useClusterOrders } from './use-cluster-orders';
import { useInstallPlugins } from './use-install-plugins';
import { useTargets } from './use-targets';

/** Chooses version, configuration and clusters; shows exactly what will be created; creates it. */
export function InstallForm({
  cluster,
  plugin,
  version,
  definition,
  onVersion,
}: {
  cluster: string;
  plugin: Plugin;
  version: PluginVersion;
  definition: FormDefinition;
  onVersion: (version: string) => void;
}) {
  const t = useTranslations('plugins');
  const router = useRouter();
  const localized = useLocalized();
  const language = useFormLanguage();
  const form = useMemo(() => buildForm(definition, 'deploy', language), [definition, language]);
  const context = useMemo(() => formContextOf(cluster, plugin.name), [cluster, plugin.name]);
  const draft = useConfigDraft(form);
  const [attempted, setAttempted] = useState(false);
  const [valuesText, setValuesText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([cluster]);
  const [overrides, setOverrides] = useState<Readonly<Record<string, string>>>({});
  const { reason, pending } = usePluginAccess('create');
  const targets = useTargets(cluster, plugin.name, version.version);
  const installation = useInstallPlugins(plugin.name);

  const values = readConfigText(valuesText);
  const orders = useClusterOrders(
    { form, value: draft.value, version: version.version, valuesOverride: values.value },
    targets,
    chosen,
    overrides,
  );
  const refused = orders.filter(({ obstacles }) => obstacles.length > 0);
  const isPossible = refused.length < orders.length;
  const sound =
    draft.errors.length === 0 &&
    draft.yamlError === undefined &&
    values.error === undefined &&
    orders.every(({ overrideProblem }) => overrideProblem === undefined);

  async function install() {
    const outcomes = await installation.mutateAsync(orders);
    const failed = outcomes.filter(({ problem }) => problem !== undefined).map((one) => one.cluster);
    if (failed.length > 0 || outcomes.length > 1) {
      setChosen(failed);
      return;
    }
    announce(t('installing', { name: localized(plugin.displayName), cluster: orders[0]?.cluster ?? '' }));
    router.push(addresses.plugin(orders[0]?.cluster ?? cluster, plugin.name));
  }

  return (
    <form
      noValidate
      className="flex max-w-190 flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        setAttempted(true);
        const element = event.currentTarget;
        // The first field that is wrong takes the focus, once its error stands beside it.
        if (!sound) {
          requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        } else if (isPossible && !installation.isPending) void install();
      }}
    >
      <PluginVersionField versions={plugin.versions} version={version} onChange={onVersion} />
      <TargetClusters
        targets={targets}
        chosen={chosen}
        onChosen={(names) => {
          installation.reset();
          setChosen(names);
        }}
        overrides={overrides}
        onOverride={(name, text) => setOverrides({ ...overrides, [name]: text })}
        problemOf={(name) => orders.find((order) => order.cluster === name)?.overrideProblem}
      />
      {refused.length > 0 && (
        <Notice
          tone={isPossible ? 'waiting' : 'failed'}
          title={isPossible ? t('installPartly') : t('installBlocked')}
        >
          {refused.map(({ cluster: name, obstacles }) => (
            <div key={name}>
              {chosen.length > 1 && <span className="font-medium">{name}</span>}
              <ObstacleList obstacles={obstacles} />
            </div>
          ))}
        </Notice>
      )}
      <section aria-labelledby="configuration" className="flex flex-col gap-2">
        <h2 id="configuration" className="text-lead font-semibold">
          {t('configuration')}
        </h2>
        <ConfigEditor draft={draft} attempted={attempted} context={context} />
      </section>
      <ValuesOverride
        text={valuesText}
        error={values.error && configTextWords(t, values.error)}
        onChange={setValuesText}
      />
      <PluginInstallPreview
        globalCluster={plugin.globalCluster}
        orders={orders
          .filter((order) => !isPossible || order.refused === undefined)
          .map(({ cluster: name, input }) => ({ plugin: plugin.name, cluster: name, ...input }))}
      />
      {installation.data && <InstallOutcomes plugin={plugin.name} outcomes={installation.data} />}
      {attempted && draft.errors.length > 0 && (
        <Notice tone="failed" title={t('form.notValid', { count: draft.errors.length })} />
      )}
      <div className="flex flex-wrap items-start gap-2">
        <ActionButton
          type="submit"
          variant="primary"
          reason={reason}
          disabled={pending || !isPossible || installation.isPending}
        >
          {installation.isPending ? (
            <LoaderCircle aria-hidden className="animate-spin" />
          ) : (
            <Download aria-hidden />
          )}
          {t('install')}
        </ActionButton>
        <ButtonLink href={addresses.plugin(cluster, plugin.name)}>{t('cancel')}</ButtonLink>
      </div>
    </form>
  );
}
