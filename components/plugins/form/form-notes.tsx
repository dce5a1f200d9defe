import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { FormNote } from '@/lib/plugins/rules/form/form';

const MAX_SHOWN = 10;

/** What of the form's definition could not be followed, so that nobody wonders about a plain field. */
export function FormNotes({ notes }: { notes: readonly FormNote[] }) {
  const t = useTranslations('plugins.form');
  if (notes.length === 0) return null;
  return (
    <Notice tone="info" title={t('notesTitle')}>
      <ul className="flex flex-col gap-0.5 text-small">
        {notes.slice(0, MAX_SHOWN).map((note) => (
          <li key={JSON.stringify(note)}>
            {note.path && <span className="name-text">{note.path}: </span>}
            {t(`notes.${note.code}`, { text: note.text.slice(0, 200) })}
          </li>
        ))}
        {notes.length > MAX_SHOWN && <li>{t('moreNotes', { count: notes.length - MAX_SHOWN })}</li>}
      </ul>
    </Notice>
  );
}
