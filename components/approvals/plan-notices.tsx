import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { Notice } from '@/components/ui/notice';
import type { PlanReview, ReviewedOperator } from '@/lib/operators/plan-contract';

/** What a plan does beside what its name promises, and whether it may be approved: said before anything else. */
export function PlanNotices({ cluster, plan }: { cluster: string; plan: PlanReview }) {
  const [, ...others] = plan.operators;
  return (
    <div aria-live="polite" className="mb-4 flex flex-col gap-3 empty:hidden">
      {plan.state.id !== 'waiting' && <StateNotice cluster={cluster} plan={plan} />}
      {others.map((operator) => (
        <AlsoNotice key={operator.clusterServiceVersion} operator={operator} />
      ))}
      {plan.operators.map((operator) => (
        <MisfitNotice key={operator.clusterServiceVersion} operator={operator} />
      ))}
      <NotWhole plan={plan} />
      {plan.operators
        .filter(({ rights }) => rights?.everything)
        .map(({ clusterServiceVersion, displayName }) => (
          <EverythingNotice key={clusterServiceVersion} name={displayName} />
        ))}
    </div>
  );
}

function AlsoNotice({ operator }: { operator: ReviewedOperator }) {
  const t = useTranslations('approvals');
  const { displayName: name, change, from, version: to, dependency } = operator;
  return (
    <Notice tone="waiting">
      <strong className="font-semibold text-waiting">
        {change === 'upgrade' ? t('alsoUpgrades', { name }) : t('alsoInstalls', { name })}
      </strong>{' '}
      {from ? t('alsoFromTo', { from: from.version, to }) : t('alsoVersion', { to })}.{' '}
      {dependency ? t('becauseNeeded') : t('becauseShared')}
    </Notice>
  );
}

/** What keeps the new version from running although OLM would install it. */
function MisfitNotice({ operator: { displayName: name, operation } }: { operator: ReviewedOperator }) {
  const t = useTranslations('approvals.misfit');
  const { unsupportedMode: mode, kubernetes } = operation ?? {};
  return (
    <>
      {mode && (
        <Notice tone="failed" title={t('modeTitle', { name, mode })}>
          {t('modeText')}
        </Notice>
      )}
      {kubernetes && (
        <Notice tone="failed" title={t('kubernetesTitle', { name, ...kubernetes })}>
          {t('kubernetesText')}
        </Notice>
      )}
    </>
  );
}

function EverythingNotice({ name }: { name: string }) {
  const t = useTranslations('rights');
  return (
    <Notice tone="waiting" title={`${name}: ${t('everythingTitle')}`}>
      {t('everythingText')}
    </Notice>
  );
}

function StateNotice({ cluster, plan }: { cluster: string; plan: PlanReview }) {
  const t = useTranslations('approvals');
  const { id, by } = plan.state;
  if (id === 'waiting') return null;
  const onwards = by
    ? { href: addresses.plan(cluster, plan.namespace, by), text: t('toNewer', { by }) }
    : installationOf(cluster, plan, t('toInstallation'));
  const tone = id === 'failed' || id === 'stalled' ? 'failed' : id === 'complete' ? 'good' : 'info';
  return (
    <Notice
      tone={tone}
      title={t(`state.${id}`)}
      action={
        onwards && (
          <Link
            href={onwards.href}
            className="inline-flex min-h-6 items-center font-medium text-accent underline"
          >
            {onwards.text}
          </Link>
        )
      }
    >
      {t(`stateText.${id}`, { by: by ?? '–' })}
      {id === 'failed' && plan.message && <p className="[overflow-wrap:anywhere]">{plan.message}</p>}
    </Notice>
  );
}

/** An approved plan goes on as an installation, which has a page of its own. */
function installationOf(cluster: string, { state, namespace, operators: [first] }: PlanReview, text: string) {
  const followed = state.id === 'installing' || state.id === 'complete' || state.id === 'failed';
  if (!followed || !first?.operator || !first.subscription) return undefined;
  const subscription = { namespace, name: first.subscription };
  return { href: addresses.progress(cluster, first.operator, subscription), text };
}

/** What could not be read, so that a review with gaps is not taken for one without findings. */
function NotWhole({ plan }: { plan: PlanReview }) {
  const t = useTranslations('approvals');
  const said = [
    ...plan.problems.map(({ id, subject, detail }) => t(`problem.${id}`, { subject, detail: detail ?? '–' })),
    ...plan.unknown.map(({ subject, name }) => t(`unknown.${subject}`, { name })),
    ...plan.partial.map(({ resource, reason }) => `${resource}: ${reason}`),
  ];
  if (said.length === 0) return null;
  return (
    <Notice tone="waiting" title={t('problemsTitle')}>
      <ul className="flex flex-col gap-0.5">
        {[...new Set(said)].slice(0, 20).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}
