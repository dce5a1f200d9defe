'use client';

import { Download, Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { countStates } from '@/components/features/feature-rows';
import { ProgressBar } from '@/components/features/progress-bar';
import { StepStateCell } from '@/components/features/step-state';
import { useLocalized } from '@/components/plugins/localized';
import { ActionButton } from '@/components/ui/action-button';
import { Button } from '@/components/ui/button';
import { CardSection } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { Run } from '@/lib/clusters/features-contract';
import { runsAsCsv, runsAsJson } from '@/lib/clusters/rules/features/run-file';

/** A run as a whole: how far it is, who carries it out, and what can be done about it. */
export function RunPanel({
  run,
  isHere,
  notStored,
  problem,
  listSteps,
  missing,
  onContinue,
  onStop,
}: {
  run: Run;
  /** This page carries it out. */
  isHere: boolean;
  notStored: string | undefined;
  /** Why this page could not go on with it. */
  problem: string | undefined;
  /** Tells the steps here, where no table beside does. */
  listSteps: boolean;
  /** Why the user may not go on with it. */
  missing: string | undefined;
  onContinue: () => void;
  onStop: () => void;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const counts = countStates(run.steps);
  const planned = run.steps.length - counts.skipped;
  const share = run.steps.reduce(
    (sum, { state, progress }) => (state === 'skipped' ? sum : sum + progress),
    0,
  );
  const driven = isHere || run.drivers.length > 0;
  const told = run.steps.filter(({ state }) => listSteps || state === 'skipped');
  return (
    <CardSection
      title={t('runOn', { cluster: run.cluster })}
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <Save
            name={`upgrade-${run.cluster}.csv`}
            type="text/csv"
            text={() => runsAsCsv(run.steps)}
            label={t('csv')}
          />
          <Save
            name={`upgrade-${run.cluster}.json`}
            type="application/json"
            text={() => runsAsJson([run])}
            label={t('json')}
          />
          {!run.finished && !driven && (
            <ActionButton variant="primary" size="small" compact reason={missing} onClick={onContinue}>
              <Play aria-hidden />
              {t('continue')}
            </ActionButton>
          )}
          {!run.finished && (
            <ActionButton size="small" compact reason={missing} onClick={onStop}>
              <Square aria-hidden />
              {t('stop')}
            </ActionButton>
          )}
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <ProgressBar
            value={planned === 0 ? 100 : share / planned}
            label={t('total')}
            className="w-full max-w-80"
          />
          <span role="status" className="tabular-nums">
            {[
              t('done', { done: counts.succeeded, count: planned }),
              counts.failed > 0 && t('failedCount', { count: counts.failed }),
              counts.skipped > 0 && t('skippedCount', { count: counts.skipped }),
              counts.stopped > 0 && t('stoppedCount', { count: counts.stopped }),
              run.finished && t('finished'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className="text-small text-muted">
            {run.startedBy && t('startedBy', { user: run.startedBy })}
            {run.startedAt && (
              <>
                {' · '}
                <Time value={run.startedAt} />
              </>
            )}
            {!run.finished && driven && (
              <> · {isHere ? t('drivenHere') : t('driven', { users: run.drivers.join(', ') })}</>
            )}
          </span>
        </div>
        {!run.finished && !driven && <Notice tone="waiting">{t('undriven')}</Notice>}
        {notStored && (
          <Notice tone="waiting" title={t('notStoredTitle')}>
            {t('notStored', { reason: notStored })}
          </Notice>
        )}
        {problem && (
          <Notice tone="failed" title={t('broken')}>
            {problem}
          </Notice>
        )}
        {told.length > 0 && (
          <ul className="flex flex-col divide-y divide-line-faint rounded-control border border-line">
            {told.map((step) => (
              <li
                key={step.key}
                className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2"
              >
                <span className="min-w-40 [overflow-wrap:anywhere]">
                  <span className="font-medium">{localized(step.displayName)}</span>{' '}
                  <span className="name-text text-muted">{step.to}</span>
                </span>
                <StepStateCell step={step} steps={run.steps} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </CardSection>
  );
}

function Save({
  name,
  type,
  text,
  label,
}: {
  name: string;
  type: string;
  text: () => string;
  label: string;
}) {
  return (
    <Button
      size="small"
      onClick={() => {
        const address = URL.createObjectURL(new Blob([text()], { type }));
        const link = Object.assign(document.createElement('a'), { href: address, download: name });
        link.click();
        URL.revokeObjectURL(address);
      }}
    >
      <Download aria-hidden />
      {label}
    </Button>
  );
}
