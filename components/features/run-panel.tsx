'use client';

import { Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Elapsed } from '@/components/features/elapsed';
import { countStates } from '@/components/features/feature-rows';
import { ProgressBar } from '@/components/features/progress-bar';
import { RunSteps } from '@/components/features/run-steps';
import { SaveButton } from '@/components/features/save-button';
import { ActionButton } from '@/components/ui/action-button';
import { CardSection } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { Run } from '@/lib/clusters/features-contract';
import { runsAsCsv, runsAsJson } from '@/lib/clusters/rules/features/run-file';

/** A run as a whole: how far it is, who carries it out, and what can be done about it. */
export function RunPanel({
  run,
  upgrade: { isHere, notStored, problem, goOn, stop },
  listSteps,
  missing,
}: {
  run: Run;
  upgrade: {
    /** This page carries it out. */
    isHere: boolean;
    notStored: string | undefined;
    /** Why this page could not go on with it. */
    problem: string | undefined;
    goOn: (retry?: readonly string[]) => void;
    stop: () => void;
  };
  /** Tells the steps here, where no table beside does. */
  listSteps: boolean;
  /** Why the user may not go on with it. */
  missing: string | undefined;
}) {
  const t = useTranslations('features');
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
          <SaveButton
            name={`upgrade-${run.cluster}.csv`}
            type="text/csv"
            text={() => runsAsCsv(run.steps)}
            label={t('csv')}
          />
          <SaveButton
            name={`upgrade-${run.cluster}.json`}
            type="application/json"
            text={() => runsAsJson([run])}
            label={t('json')}
          />
          {!run.finished && !driven && (
            <ActionButton variant="primary" size="small" compact reason={missing} onClick={() => goOn()}>
              <Play aria-hidden />
              {t('continue')}
            </ActionButton>
          )}
          {!run.finished && (
            <ActionButton size="small" compact reason={missing} onClick={stop}>
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
          <Elapsed from={run.startedAt} until={run.finished ? lastEnd(run) : undefined} />
          <span className="text-small text-muted">
            {run.startedBy && <>{t('startedBy', { user: run.startedBy })} · </>}
            {run.startedAt && <Time value={run.startedAt} />}
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
          <RunSteps
            told={told}
            steps={run.steps}
            onRetry={missing === undefined ? (key) => goOn([key]) : undefined}
          />
        )}
      </div>
    </CardSection>
  );
}

function lastEnd({ startedAt, steps }: Run): string {
  return steps.reduce((last, { endedAt = '' }) => (endedAt > last ? endedAt : last), startedAt);
}
