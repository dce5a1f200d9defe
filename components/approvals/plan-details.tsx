import { useTranslations } from 'next-intl';
import { installedBefore } from '@/components/approvals/installed-before';
import { VersionStep } from '@/components/operators/operator-card';
import { Badge, type Tone } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { InstallPlan } from '@/lib/operators/contract';
import { versionOfName } from '@/lib/operators/rules/version';

/** What approving would mean now, or why there is nothing to approve. */
export function PlanState({ plan }: { plan: InstallPlan }) {
  const t = useTranslations('approvals');
  const several = plan.clusterServiceVersionNames.length > 1;
  const state = () => {
    if (plan.approvable && several) {
      return (
        <Notice tone="waiting" title={t('sharedTitle', { count: plan.clusterServiceVersionNames.length })}>
          {t('sharedText')}
        </Notice>
      );
    }
    if (plan.approvable) return null;
    if (plan.approved) {
      return (
        <Notice tone={plan.phase === 'Failed' ? 'failed' : 'good'} title={t('alreadyTitle')}>
          {t('alreadyText', { phase: plan.phase || '–' })}
        </Notice>
      );
    }
    return (
      <Notice tone="info" title={t('notWaitingTitle')}>
        {plan.subscriptions.length === 0 ? t('superseded') : t('notReady', { phase: plan.phase || '–' })}
      </Notice>
    );
  };
  return (
    <div aria-live="polite" className="mb-4 empty:hidden">
      {state()}
    </div>
  );
}

/** The ClusterServiceVersions that the plan installs. */
export function PlanCarries({ plan }: { plan: InstallPlan }) {
  const t = useTranslations('approvals');
  return (
    <CardSection
      title={t('carries')}
      aside={<Badge>{plan.clusterServiceVersionNames.length}</Badge>}
      bodyClassName="p-0"
    >
      <ul className="divide-y divide-line-faint">
        {plan.clusterServiceVersionNames.map((name) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
            <CopyableName name={name} what={t('csvName')} />
            <CarriedVersion plan={plan} csv={name} />
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

function CarriedVersion({ plan, csv }: { plan: InstallPlan; csv: string }) {
  const t = useTranslations('approvals');
  const to = versionOfName(csv);
  const from = installedBefore(plan, csv);
  if (from && from !== to) return <VersionStep from={from} to={to} />;
  return <Badge tone="accent">{t('firstInstallation')}</Badge>;
}

const tones: Record<string, Tone> = {
  RequiresApproval: 'waiting',
  Installing: 'accent',
  Planning: 'accent',
  Complete: 'good',
  Failed: 'failed',
};

/** For whom the plan is, and in which state. */
export function PlanFacts({ plan }: { plan: InstallPlan }) {
  const t = useTranslations('approvals');
  const strategy = useTranslations('install.strategies');
  return (
    <CardSection title={t('facts')}>
      <KeyValues
        items={[
          {
            key: t('phase'),
            value: plan.phase && <Badge tone={tones[plan.phase] ?? 'neutral'}>{plan.phase}</Badge>,
          },
          { key: t('strategy'), value: strategy(`${plan.approval}.label`) },
          {
            key: t('subscriptions'),
            value: plan.subscriptions.length > 0 && (
              <ul className="flex flex-col gap-1">
                {plan.subscriptions.map(({ name }) => (
                  <li key={name}>
                    <CopyableName name={name} what={t('subscriptions')} />
                  </li>
                ))}
              </ul>
            ),
          },
          { key: t('since'), value: <Time value={plan.createdAt} /> },
        ].filter(({ value }) => value !== false)}
      />
    </CardSection>
  );
}
