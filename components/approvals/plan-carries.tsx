import { useTranslations } from 'next-intl';
import { VersionStep } from '@/components/operators/operator-card';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import type { PlanReview } from '@/lib/operators/plan-contract';

/** Every operator and Subscription of a plan, and how many objects of which kinds. */
export function PlanCarries({ plan }: { plan: PlanReview }) {
  const t = useTranslations('approvals');
  const kinds = countBy(plan.steps.map(({ kind }) => kind));
  const subscriptions = new Set(plan.operators.flatMap(({ subscription }) => subscription ?? [])).size;
  return (
    <CardSection title={t('carriesTitle')} bodyClassName="flex flex-col gap-3 p-4">
      <p className="text-muted">
        {t('carriesOperators', { count: plan.operators.length })} ·{' '}
        {t('carriesSubscriptions', { count: subscriptions })}
      </p>
      <ul className="flex flex-col gap-2">
        {plan.operators.map(({ clusterServiceVersion, from, version, dependency }) => (
          <li key={clusterServiceVersion} className="min-w-0">
            <CopyableName name={clusterServiceVersion} what={t('csvName')} />
            <div className="flex flex-wrap items-center gap-x-2 text-small text-muted">
              {from ? (
                <VersionStep from={from.version} to={version} />
              ) : (
                <span className="name-text">{version}</span>
              )}
              {dependency && <span>{t('dependency')}</span>}
            </div>
          </li>
        ))}
      </ul>
      <p className="text-muted">
        {t('carriesObjects', { count: plan.totalSteps })}
        {kinds.length > 0 && ': '}
        {kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')}
      </p>
    </CardSection>
  );
}

/** How many objects exist of the APIs that the plan changes. */
export function PlanInstances({ apis }: { apis: PlanReview['apis'] }) {
  const t = useTranslations('approvals');
  const used = apis.filter(({ instances }) => (instances?.count ?? 0) > 0);
  const known = apis.some(({ instances }) => instances !== undefined);
  if (!known) return null;
  return (
    <CardSection title={t('instancesTitle')}>
      {used.length === 0 ? (
        <p className="text-muted">{t('instancesNone')}</p>
      ) : (
        <ul className="flex flex-col gap-1 text-muted">
          {used.map(({ name, kind, instances }) => (
            <li key={name}>
              <span className="text-ink tabular-nums">
                {instances?.count}
                {instances?.more && '+'}
              </span>{' '}
              {instances && instances.namespaces > 0
                ? t('instancesIn', { kind, count: instances.namespaces })
                : kind}
            </li>
          ))}
        </ul>
      )}
    </CardSection>
  );
}

function countBy(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1]);
}
