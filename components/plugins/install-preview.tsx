'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import {
  type InstallOrder,
  installCommands,
  moduleInfoManifest,
  toYaml,
} from '@/lib/plugins/rules/manifests';

/** Exactly what will be created on the global cluster, as YAML and as kubectl commands. */
export function PluginInstallPreview({
  globalCluster,
  orders,
}: {
  globalCluster: string;
  orders: readonly InstallOrder[];
}) {
  const t = useTranslations('plugins');
  return (
    <Disclosure label={t('preview')}>
      <div className="flex flex-col gap-3">
        <CodeBlock
          label="YAML"
          text={orders.map((order) => toYaml(moduleInfoManifest(order))).join('---\n')}
        />
        <CodeBlock
          label={t('commands')}
          text={orders.map((order) => installCommands(order, globalCluster)).join('\n')}
        />
      </div>
    </Disclosure>
  );
}
