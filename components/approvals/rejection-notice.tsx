import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';

/** OLM v0 has no rejection; what can be done in its place. */
export function RejectionNotice() {
  const t = useTranslations('approvals');
  return (
    <CardSection title={t('rejectTitle')} className="text-muted">
      <p>{t('rejectText')}</p>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        <li>{t('rejectStay')}</li>
        <li>{t('rejectUnsubscribe')}</li>
        <li>{t('rejectOwnNamespace')}</li>
      </ul>
    </CardSection>
  );
}
