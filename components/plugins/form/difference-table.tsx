import { useTranslations } from 'next-intl';
import { ResourceTable } from '@/components/ui/resource-table';
import type { Difference } from '@/lib/plugins/rules/form/values';
import { toYaml } from '@/lib/plugins/rules/manifests';

/** Where a configuration differs from the plugin's defaults. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const t = useTranslations('plugins.form');
  if (differences.length === 0) return <p className="text-muted">{t('noDifference')}</p>;
  return (
    <ResourceTable
      label={t('view.difference')}
      rows={differences}
      rowKey={({ path }) => path.join('\0')}
      columns={[
        {
          id: 'path',
          header: t('key'),
          cell: ({ path }) => <span className="name-text [overflow-wrap:anywhere]">{path.join('.')}</span>,
        },
        { id: 'before', header: t('default'), cell: (row) => <Value value={row.before} /> },
        { id: 'after', header: t('chosen'), cell: (row) => <Value value={row.after} /> },
      ]}
    />
  );
}

/** A value of a configuration as it would stand in YAML. */
export function Value({ value }: { value: unknown }) {
  if (value === undefined) return <span className="text-faint">–</span>;
  return (
    <code className="text-small whitespace-pre-wrap [overflow-wrap:anywhere]">{toYaml(value).trimEnd()}</code>
  );
}
