'use client';

import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { VersionStep } from '@/components/operators/operator-card';
import { RiskNotice } from '@/components/plugins/risk-notice';
import type { Risk } from '@/lib/plugins/contract';
import type { UpgradeState, UpgradeStep } from '@/lib/plugins/rules/upgrade-run';

/** One plugin of several that are upgraded together. */
export interface UpgradeRunRow {
  name: string;
  displayName: string;
  from: string;
  to: string;
  /** Display names of those that come before it. */
  after: string[];
  risk: Risk;
  /** Why it is left out. */
  leftOut?: ReactNode;
  step?: UpgradeStep;
}

const looks: Record<UpgradeState, { icon: LucideIcon; ink: string; spinning?: boolean }> = {
  waiting: { icon: CircleDashed, ink: 'text-faint' },
  sending: { icon: LoaderCircle, ink: 'text-accent', spinning: true },
  running: { icon: LoaderCircle, ink: 'text-newer', spinning: true },
  done: { icon: CircleCheck, ink: 'text-good' },
  failed: { icon: CircleX, ink: 'text-failed' },
  skipped: { icon: CircleSlash, ink: 'text-waiting' },
};

/** Upgrades in the order in which they happen: what each risks, and how far it is. */
export function UpgradeRunList({ rows, label }: { rows: readonly UpgradeRunRow[]; label: string }) {
  return (
    <ol
      aria-label={label}
      className="flex flex-col divide-y divide-line-faint rounded-control border border-line"
    >
      {rows.map((row) => (
        <UpgradeRunItem key={row.name} row={row} />
      ))}
    </ol>
  );
}

function UpgradeRunItem({
  row: { displayName, from, to, after, risk, leftOut, step },
}: {
  row: UpgradeRunRow;
}) {
  const t = useTranslations('plugins.batch');
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{displayName}</span>
        <VersionStep from={from} to={to} />
        {!leftOut && after.length > 0 && (
          <span className="text-small text-muted">{t('after', { names: after.join(', ') })}</span>
        )}
        <span className="ml-auto">
          {leftOut ? (
            <span className="inline-flex items-center gap-1 text-small text-waiting">
              <CircleSlash aria-hidden className="size-4" />
              {t('left')}
            </span>
          ) : (
            step && <StepState state={step.state} />
          )}
        </span>
      </div>
      {leftOut && <div className="text-small text-muted">{leftOut}</div>}
      {!leftOut && !step && <RiskNotice risk={risk} />}
      {step?.detail && <p className="text-small text-failed [overflow-wrap:anywhere]">{step.detail}</p>}
    </li>
  );
}

function StepState({ state }: { state: UpgradeState }) {
  const t = useTranslations('plugins.batch.state');
  const { icon: Icon, ink, spinning } = looks[state];
  return (
    <span className="inline-flex items-center gap-1 text-small">
      <Icon aria-hidden className={`size-4 ${ink} ${spinning ? 'animate-spin' : ''}`} />
      {t(state)}
    </span>
  );
}
