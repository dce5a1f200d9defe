import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';

/** What could not be read, and why; everything else is shown. */
export function PartialNotice({ partial }: { partial: readonly { resource: string; reason: string }[] }) {
  const t = useTranslations('common');
  return (
    <Notice tone="waiting" title={t('partialTitle')}>
      <ul className="flex flex-col gap-0.5">
        {partial.map(({ resource, reason }) => (
          <li key={resource}>
            <span className="name-text">{resource}</span>: {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
