import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { PlanReview } from '@/lib/operators/plan-contract';

/** What a plan changes, in a few chips; what may hurt comes first. */
export function PlanDigest({ plan }: { plan: PlanReview }) {
  const t = useTranslations('approvals.digest');
  const touched = plan.apis.filter(({ change }) => change !== 'unchanged').length;
  const images = plan.operators.reduce((sum, operator) => sum + operator.images.length, 0);
  const atRisk = plan.apis.some(
    ({ storedAtRisk, newlyRequired, refused, scope, prunes }) =>
      storedAtRisk.length + refused.length > 0 ||
      scope ||
      prunes ||
      newlyRequired.some(({ lackedBy }) => (lackedBy?.count ?? 0) > 0),
  );
  const misfit = plan.operators.some(({ operation }) => operation?.unsupportedMode || operation?.kubernetes);
  const wider = plan.operators.some(({ from, rights }) => from && (rights?.widened.length ?? 0) > 0);
  const everything = plan.operators.some(({ rights }) => rights?.everything);
  const unread = plan.problems.length + plan.unknown.length > 0;
  const nothing = touched + images === 0 && !atRisk && !misfit && !wider && !everything && !unread;
  return (
    <span className="flex flex-wrap gap-1">
      {atRisk && <Badge tone="failed">{t('risk')}</Badge>}
      {misfit && <Badge tone="failed">{t('misfit')}</Badge>}
      {everything && <Badge tone="failed">{t('everything')}</Badge>}
      {wider && <Badge tone="waiting">{t('wider')}</Badge>}
      {unread && <Badge tone="waiting">{t('unread')}</Badge>}
      {touched > 0 && <Badge>{t('apis', { count: touched })}</Badge>}
      {images > 0 && <Badge>{t('images', { count: images })}</Badge>}
      {nothing && <span className="text-muted">{t('none')}</span>}
    </span>
  );
}
