import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { OperatorIcon } from '@/components/operators/operator-icon';
import { PageHeader } from '@/components/ui/page-header';
import { Time } from '@/components/ui/time';
import type { PlanReview } from '@/lib/operators/plan-contract';

/** What a plan does in a line: install or upgrade, of what, from which version to which, where and since when. */
export function PlanHeading({
  cluster,
  plan,
  actions,
}: {
  cluster: string;
  plan: PlanReview;
  actions: ReactNode;
}) {
  const t = useTranslations('approvals');
  const operators = useTranslations('operators');
  const [first] = plan.operators;
  const name = first?.displayName ?? plan.name;
  return (
    <PageHeader
      title={first?.from ? t('titleUpgrade', { name }) : t('titleInstall', { name })}
      media={
        first?.operator && (
          <OperatorIcon cluster={cluster} operator={first.operator} displayName={name} large />
        )
      }
      actions={actions}
    >
      <span className="flex flex-wrap items-center gap-x-1.5">
        {first?.from && (
          <>
            <span className="name-text">{first.from.version}</span>
            <ArrowRight aria-hidden className="size-3 shrink-0 text-faint" />
            <span className="sr-only">{operators('to')}</span>
          </>
        )}
        {first && (
          <span>
            <span className="name-text text-ink">{first.version}</span> <Dot />
          </span>
        )}
        <span>
          {t('inNamespace')} <span className="name-text">{plan.namespace}</span> <Dot />
        </span>
        <span>
          {plan.approvable ? t('waitsSince') : t('madeAt')} <Time value={plan.createdAt} /> <Dot />
        </span>
        <span className="name-text">{plan.name}</span>
      </span>
    </PageHeader>
  );
}

/** Ends a part of the line, and stays with it where the line breaks. */
function Dot() {
  return <span aria-hidden>·</span>;
}
