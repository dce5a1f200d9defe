'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { addresses } from '@/components/addresses';
import { useLocalized } from '@/components/plugins/localized';
import { PluginHeader } from '@/components/plugins/plugin-header';
import { PluginPageSkeleton } from '@/components/plugins/plugin-page-skeleton';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageError } from '@/components/ui/page-error';
import type { Plugin, PluginVersion } from '@/lib/plugins/contract';
import { pluginFormQuery, pluginQuery } from '@/lib/plugins/queries';
import { InstallForm } from './install-form';

/** The install form of one cluster plugin; the address keeps the version. */
export function InstallPage({ cluster, name }: { cluster: string; name: string }) {
  const t = useTranslations('plugins');
  const localized = useLocalized();
  const [wanted, setWanted] = useQueryState('version', parseAsString);
  const { data: plugin, error, refetch } = useQuery(pluginQuery(cluster, name));
  const version = plugin && chosenVersion(plugin, wanted);
  const form = useQuery({
    ...pluginFormQuery(cluster, name, version?.version ?? ''),
    enabled: version !== undefined,
    // While another version's form is on its way, the page stays.
    placeholderData: (before) => before,
  });

  const failure = (!plugin && error) || (!form.data && form.error);
  if (failure) {
    const retry = () => void Promise.all([refetch(), form.refetch()]);
    return <PageError title={t('installTitle', { name })} error={failure} retry={retry} />;
  }
  if (!plugin || (version && !form.data)) return <PluginPageSkeleton />;
  return (
    <>
      <PluginHeader
        cluster={cluster}
        plugin={plugin}
        title={t('installTitle', { name: localized(plugin.displayName) })}
      />
      {version && form.data ? (
        <InstallForm
          cluster={cluster}
          plugin={plugin}
          version={version}
          definition={form.data.definition}
          onVersion={(next) => void setWanted(next)}
        />
      ) : (
        <EmptyState
          icon={PackageX}
          title={t('absentTitle')}
          action={<ButtonLink href={`${addresses.packages}?tab=plugin`}>{t('howToUpload')}</ButtonLink>}
        >
          {t('absentText')}
        </EmptyState>
      )}
    </>
  );
}

/** What the address asks for, else what would be offered, else the newest. */
function chosenVersion(plugin: Plugin, wanted: string | null): PluginVersion | undefined {
  const { versions, newVersion } = plugin;
  return (
    versions.find(({ version }) => version === wanted) ??
    (plugin.installation ? undefined : versions.find(({ version }) => version === newVersion)) ??
    versions.find(({ obstacles }) => obstacles.length === 0) ??
    versions[0]
  );
}
