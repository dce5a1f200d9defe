import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { ReviewedOperator } from '@/lib/operators/plan-contract';

type What = 'deploymentAdded' | 'deploymentRemoved' | 'webhookAdded' | 'webhookRemoved' | 'modeRemoved';

/** Deployments and webhooks that come and go, and install modes that go; nothing where all of that stays. */
export function PlanOperation({ operators }: { operators: readonly ReviewedOperator[] }) {
  const t = useTranslations('approvals.operation');
  const rows = operators.flatMap(({ clusterServiceVersion, operation }) => {
    if (!operation) return [];
    const { deployments, webhooks, modesDropped } = operation;
    const row = (what: What, names: readonly string[]) =>
      names.map((name) => ({ id: `${clusterServiceVersion} ${what} ${name}`, what, name }));
    return [
      ...row('deploymentAdded', deployments.added),
      ...row('deploymentRemoved', deployments.removed),
      ...row('webhookAdded', webhooks.added),
      ...row('webhookRemoved', webhooks.removed),
      ...row('modeRemoved', modesDropped),
    ];
  });
  if (rows.length === 0) return null;
  return (
    <CardSection title={t('title')} bodyClassName="p-0">
      <ul className="divide-y divide-line-faint">
        {rows.map(({ id, what, name }) => {
          const added = what.endsWith('Added');
          return (
            <li
              key={id}
              className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5"
            >
              <span className="name-text min-w-0 [overflow-wrap:anywhere]">
                <span
                  aria-hidden
                  className={cn('mr-2 inline-block w-2 font-semibold', added ? 'text-good' : 'text-failed')}
                >
                  {added ? '+' : '−'}
                </span>
                {name}
              </span>
              <span className="text-muted max-sm:pl-4">{t(what)}</span>
            </li>
          );
        })}
      </ul>
    </CardSection>
  );
}
