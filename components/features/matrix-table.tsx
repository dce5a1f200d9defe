'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { HealthDot } from '@/components/clusters/health';
import { useBlockSentence } from '@/components/features/block-sentence';
import { type PlacedComponent, placedKey } from '@/components/features/feature-rows';
import type { MatrixRow } from '@/components/features/matrix';
import { VersionStep } from '@/components/operators/operator-card';
import { useLocalized } from '@/components/plugins/localized';
import { Checkbox } from '@/components/ui/checkbox';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Skeleton } from '@/components/ui/skeleton';
import type { Cluster } from '@/lib/clusters/contract';

/** Installed versions: one row per operator or plugin, one column per cluster. */
export function MatrixTable({
  label,
  rows,
  clusters,
  known,
  selected,
  onSelect,
}: {
  label: string;
  rows: readonly MatrixRow[];
  clusters: readonly Cluster[];
  /** Clusters whose components are known. */
  known: ReadonlySet<string>;
  selected: ReadonlySet<string>;
  onSelect: (key: string, chosen: boolean) => void;
}) {
  const t = useTranslations('matrix');
  const localized = useLocalized();
  const columns: Column<MatrixRow>[] = [
    {
      id: 'name',
      header: t('name'),
      className: 'min-w-36 align-top sm:min-w-60',
      cell: (row) => (
        <span className="flex flex-col">
          <span className="font-medium [overflow-wrap:anywhere]">{localized(row.displayName)}</span>
          <span className="name-text text-faint [overflow-wrap:anywhere]">{row.name}</span>
        </span>
      ),
    },
    ...clusters.map(
      ({ name, health }): Column<MatrixRow> => ({
        id: `cluster/${name}`,
        header: (
          <span className="inline-flex items-center gap-1.5">
            <HealthDot health={health} />
            <Link href={addresses.clusterTab(name, 'features')} className="hover:text-accent hover:underline">
              {name}
            </Link>
          </span>
        ),
        className: 'align-top',
        cell: ({ cells }) => {
          if (health !== 'Healthy') return <span className="text-small text-muted">{t('unknown')}</span>;
          if (!known.has(name)) return <Skeleton className="w-16" />;
          const installed = cells.get(name) ?? [];
          if (installed.length === 0) return <span className="text-faint">–</span>;
          return (
            <span className="flex flex-col gap-1">
              {installed.map((component) => (
                <Cell
                  key={placedKey(component)}
                  component={component}
                  several={installed.length > 1}
                  checked={selected.has(placedKey(component))}
                  onChange={(chosen) => onSelect(placedKey(component), chosen)}
                />
              ))}
            </span>
          );
        },
      }),
    ),
  ];
  return <ResourceTable label={label} columns={columns} rows={rows} rowKey={({ key }) => key} />;
}

function Cell({
  component,
  several,
  checked,
  onChange,
}: {
  component: PlacedComponent;
  several: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const t = useTranslations('matrix');
  const localized = useLocalized();
  const sentence = useBlockSentence();
  const { cluster, from, to, selectable, block, namespace } = component;
  const versions =
    from && to ? (
      <VersionStep from={from} to={to} />
    ) : (
      <span className="name-text whitespace-nowrap text-muted">{from || '–'}</span>
    );
  return (
    <span className="flex items-start gap-2" title={block ? sentence(block) : undefined}>
      {selectable && (
        <Checkbox
          checked={checked}
          onChange={onChange}
          label={
            <span className="sr-only">
              {t('select', { name: localized(component.displayName), cluster, namespace: namespace ?? '' })}
            </span>
          }
        />
      )}
      <span className="flex min-h-6 flex-col justify-center">
        {versions}
        {several && <span className="name-text text-faint">{namespace}</span>}
      </span>
    </span>
  );
}
