'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { HealthDot } from '@/components/clusters/health';
import { otherName } from '@/components/clusters/other-name';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Cluster } from '@/lib/clusters/contract';

/** Chooses the cluster; what shows is drawn over the browser's own select. */
export function ClusterSwitch({
  clusters,
  current,
  onChange,
}: {
  clusters: readonly Cluster[] | undefined;
  current: string | undefined;
  onChange: (name: string) => void;
}) {
  const t = useTranslations('frame');
  const hydrated = useHydrated();
  const cluster = clusters?.find(({ name }) => name === current);
  const known = cluster !== undefined || current === undefined;
  return (
    <div
      aria-busy={clusters === undefined || undefined}
      className="relative flex h-13 items-center gap-2.5 rounded-control border border-line bg-panel px-3 shadow-lift focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-solid hover:bg-subtle"
    >
      <HealthDot health={cluster?.health} />
      <span aria-hidden className="min-w-0 grow">
        <span className="block truncate font-semibold">{current ?? t('noCluster')}</span>
        <span className="block h-4 truncate text-small text-faint">
          {cluster && (cluster.platformVersion ?? cluster.kubernetesVersion ?? t('versionUnknown'))}
        </span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
      <select
        aria-label={t('cluster')}
        value={current ?? ''}
        disabled={!hydrated}
        onChange={(event) => onChange(event.target.value)}
        className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
      >
        {(!known || current === undefined) && (
          <option value={current ?? ''}>{current ?? t('noCluster')}</option>
        )}
        {clusters?.map(({ name, displayName }) => (
          <option key={name} value={name}>
            {otherName({ name, displayName }) ? `${name} (${displayName})` : name}
          </option>
        ))}
      </select>
    </div>
  );
}
