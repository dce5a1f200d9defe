'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type PlanFilter, valuesOf } from '@/components/approvals/plan-filters';
import { cn } from '@/components/ui/cn';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Search and filters of the plans that wait, and what can be done with the selected ones. */
export function PlanToolbar({
  filter,
  clusters,
  namespaces,
  onChange,
  action,
}: {
  filter: PlanFilter;
  /** The clusters to choose from; none on the page of one cluster. */
  clusters?: readonly string[];
  namespaces: readonly string[];
  onChange: (filter: Partial<PlanFilter>) => void;
  action: ReactNode;
}) {
  const t = useTranslations('approvals');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={t('search')}
        value={filter.q}
        onChange={(q) => onChange({ q })}
        className="min-w-48 grow sm:max-w-85"
      />
      <Choice
        label={t('filterKind')}
        value={filter.kind}
        options={[
          ['all', t('kindAll')],
          ['install', t('kindInstall')],
          ['upgrade', t('kindUpgrade')],
        ]}
        onChange={(kind) => onChange({ kind: kind === 'install' || kind === 'upgrade' ? kind : 'all' })}
        className="max-sm:basis-full"
      />
      {clusters && (
        <Choice
          label={t('filterCluster')}
          value={filter.cluster}
          options={[
            ['', t('allClusters')],
            ...valuesOf(clusters, filter.cluster).map((name) => [name, name] as const),
          ]}
          onChange={(cluster) => onChange({ cluster })}
        />
      )}
      <Choice
        label={t('filterNamespace')}
        value={filter.namespace}
        options={[
          ['', t('allNamespaces')],
          ...valuesOf(namespaces, filter.namespace).map((name) => [name, name] as const),
        ]}
        onChange={(namespace) => onChange({ namespace })}
      />
      <div className="ml-auto flex items-center gap-3">{action}</div>
    </div>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
  className?: string;
}) {
  const hydrated = useHydrated();
  return (
    <span className={cn('min-w-0 max-sm:grow max-sm:basis-[40%] sm:max-w-56', className)}>
      <Select
        aria-label={label}
        value={value}
        disabled={!hydrated}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </Select>
    </span>
  );
}
