'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import { toCommands, toYaml } from '@/lib/operators/rules/installation';
import type { ManifestObject } from '@/lib/operators/rules/objects';

/** Exactly what will be created, as YAML and as the kubectl commands that do the same. */
export function InstallPreview({
  cluster,
  manifests,
}: {
  cluster: string;
  manifests: readonly ManifestObject[];
}) {
  const t = useTranslations('install');
  return (
    <Disclosure label={t('preview')}>
      <div className="flex flex-col gap-3">
        <CodeBlock label="YAML" text={toYaml(manifests)} />
        <CodeBlock label={t('commands')} text={`${toCommands(manifests, cluster).join('\n\n')}\n`} />
      </div>
    </Disclosure>
  );
}
