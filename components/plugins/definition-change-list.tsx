import { useTranslations } from 'next-intl';
import { Value } from '@/components/plugins/form/difference-table';
import { Notice } from '@/components/ui/notice';
import type { DefinitionChanges } from '@/lib/plugins/rules/form/definition-changes';

/** What a newer version's form asks differently from the installed one's. */
export function DefinitionChangeList({
  changes: { added, removed, defaults },
}: {
  changes: DefinitionChanges;
}) {
  const t = useTranslations('plugins.changes');
  if (added.length + removed.length + defaults.length === 0) return null;
  const rows = [
    ...added.map((field) => ({ ...field, kind: 'added' as const, before: undefined, after: undefined })),
    ...removed.map((field) => ({ ...field, kind: 'removed' as const, before: undefined, after: undefined })),
    ...defaults.map((field) => ({ ...field, kind: 'default' as const })),
  ];
  return (
    <Notice tone="info" title={t('title')}>
      <p className="mb-1 text-small text-muted">{t('text')}</p>
      <ul aria-label={t('title')} className="flex max-h-48 flex-col gap-1 overflow-y-auto text-small">
        {rows.map(({ kind, label, path, before, after }) => (
          <li key={`${kind}${path.join('.')}`}>
            <span className="font-medium">{t(kind)}</span> {label}{' '}
            <span className="name-text text-faint">{path.join('.')}</span>
            {kind === 'default' && (
              <>
                {': '}
                <Value value={before} /> → <Value value={after} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
