import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { CardSection } from '@/components/ui/card';
import type { PlanReview } from '@/lib/operators/plan-contract';

/** OLM v0 has no rejection; what can be done in its place, for one plan with the ways there. */
export function RejectionNotice({ of }: { of?: { cluster: string; plan: PlanReview } }) {
  const t = useTranslations('approvals');
  return (
    <CardSection title={t('rejectTitle')} className="text-muted">
      <p>{t('rejectText')}</p>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        <li>{t('rejectStay')}</li>
        <li>
          {t('rejectUnsubscribe')}
          {of && <Unsubscribe {...of} />}
        </li>
        <li>{t('rejectOwnNamespace')}</li>
      </ul>
    </CardSection>
  );
}

function Unsubscribe({ cluster, plan: { namespace, operators } }: { cluster: string; plan: PlanReview }) {
  const t = useTranslations('approvals');
  return operators.map(
    ({ operator, subscription, displayName }) =>
      operator &&
      subscription && (
        <Link
          key={subscription}
          href={addresses.uninstall(cluster, operator, { namespace, name: subscription })}
          prefetch={false}
          className="block min-h-6 font-medium text-accent underline [overflow-wrap:anywhere]"
        >
          {t('rejectUninstall', { name: displayName })}
        </Link>
      ),
  );
}
