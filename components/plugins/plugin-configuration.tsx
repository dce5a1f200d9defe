import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import type { Installation } from '@/lib/plugins/contract';
import { toYaml } from '@/lib/plugins/rules/manifests';

/** The configuration that is installed. */
export function PluginConfiguration({ installation }: { installation: Installation | undefined }) {
  const t = useTranslations('plugins');
  if (!installation) {
    return (
      <EmptyState icon={SlidersHorizontal} title={t('noConfigurationTitle')}>
        {t('noConfigurationText')}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <CodeBlock label="spec.config" text={toYaml(installation.config)} />
      {Object.keys(installation.valuesOverride).length > 0 && (
        <CodeBlock label="spec.valuesOverride" text={toYaml(installation.valuesOverride)} />
      )}
    </div>
  );
}
