'use client';

import { useTranslations } from 'next-intl';
import { useBlockSentence } from '@/components/features/block-sentence';
import { ComponentName, ComponentOrigin } from '@/components/features/component-name';
import { type FeatureRow, isChoosable } from '@/components/features/feature-rows';
import { RetryButton } from '@/components/features/retry-button';
import { StepStateCell } from '@/components/features/step-state';
import { VersionStep } from '@/components/operators/operator-card';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { Checkbox } from '@/components/ui/checkbox';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import type { Component, ShownStep } from '@/lib/clusters/features-contract';
import { componentKey } from '@/lib/clusters/rules/features/component';

/** What can be upgraded at once on a cluster, and how its upgrade goes. */
export function ComponentTable({
  cluster,
  rows,
  selected,
  onSelect,
  steps,
  onRetry,
}: {
  cluster: string;
  rows: readonly FeatureRow[];
  /** Keys. */
  selected: ReadonlySet<string>;
  onSelect: (key: string, chosen: boolean) => void;
  /** All steps of the run that the rows belong to. */
  steps: readonly ShownStep[];
  /** Tries a failed step again; undefined while nothing can be tried. */
  onRetry: ((key: string) => void) | undefined;
}) {
  const t = useTranslations('features');
  const columns: Column<FeatureRow>[] = [
    {
      id: 'name',
      header: t('name'),
      className: 'min-w-44 align-top sm:min-w-72',
      cell: (row) => <NameCell cluster={cluster} row={row} selected={selected} onSelect={onSelect} />,
    },
    {
      id: 'origin',
      header: t('origin'),
      className: 'align-top',
      cell: ({ component }) => component && <ComponentOrigin component={component} />,
    },
    {
      id: 'version',
      header: t('version'),
      className: 'align-top',
      cell: ({ component, step }) => (
        <VersionStep from={step?.from || component?.from || ''} to={step?.to ?? component?.to ?? ''} />
      ),
    },
    {
      id: 'state',
      header: t('state'),
      className: 'align-top',
      cell: ({ component, step }) =>
        step ? (
          <StepStateCell step={step} steps={steps} />
        ) : (
          component && <Notes component={component} rows={rows} />
        ),
    },
    {
      id: 'actions',
      header: <span className="sr-only">{t('actions')}</span>,
      align: 'end',
      className: 'align-top',
      cell: ({ step }) => <RetryButton step={step} onRetry={onRetry} />,
    },
  ];
  return <ResourceTable label={t('table')} columns={columns} rows={rows} rowKey={({ key }) => key} />;
}

function NameCell({
  cluster,
  row,
  selected,
  onSelect,
}: {
  cluster: string;
  row: FeatureRow;
  selected: ReadonlySet<string>;
  onSelect: (key: string, chosen: boolean) => void;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const { key, component, step } = row;
  const known = component ?? step;
  if (!known) return null;
  const choosable = isChoosable(row);
  return (
    <span className="flex items-start gap-3">
      {component?.selectable || component?.block?.code === 'permission' ? (
        <span className="pt-0.5">
          <Checkbox
            checked={choosable && selected.has(key)}
            disabled={!choosable}
            onChange={(chosen) => onSelect(key, chosen)}
            label={<span className="sr-only">{t('select', { name: localized(known.displayName) })}</span>}
          />
        </span>
      ) : (
        <span className="w-6.5 shrink-0" />
      )}
      <ComponentName cluster={cluster} component={known} />
    </span>
  );
}

/** What a reader should know before choosing it. */
function Notes({ component, rows }: { component: Component; rows: readonly FeatureRow[] }) {
  const t = useTranslations('features');
  const plugins = useTranslations('plugins.risk');
  const sentence = useBlockSentence();
  const localized = useLocalized();
  const language = useFormLanguage();
  const { block, after, sharedWith, deadCatalog, risk } = component;
  const nameOf = (name: string) => {
    const plugin = rows.find(({ key }) => key === componentKey({ kind: 'plugin', name }))?.component;
    return plugin ? localized(plugin.displayName) : name;
  };
  const notes = [
    block && sentence(block),
    after.length > 0 && t('comesAfter', { names: after.map(nameOf).join(', ') }),
    sharedWith.length > 0 && t('sharedWith', { names: sharedWith.join(', ') }),
    deadCatalog && t('deadCatalog', { catalog: deadCatalog }),
    risk?.level && risk.text[language] && plugins(risk.level),
  ].filter(Boolean);
  return (
    <ul className="max-w-110 min-w-56 text-small text-muted [overflow-wrap:anywhere]">
      {notes.map((note) => (
        <li key={String(note)}>{note}</li>
      ))}
    </ul>
  );
}
