'use client';

import { useTranslations } from 'next-intl';
import { RetryButton } from '@/components/features/retry-button';
import { StepStateCell } from '@/components/features/step-state';
import { useLocalized } from '@/components/plugins/localized';
import type { ShownStep } from '@/lib/clusters/features-contract';

/** Steps of a run, where no table beside tells them. */
export function RunSteps({
  told,
  steps,
  onRetry,
}: {
  told: readonly ShownStep[];
  /** All of the run. */
  steps: readonly ShownStep[];
  onRetry: ((key: string) => void) | undefined;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  return (
    <ul
      aria-label={t('table')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by the keyboard
      tabIndex={0}
      className="flex max-h-100 flex-col divide-y divide-line-faint overflow-y-auto rounded-control border border-line"
    >
      {told.map((step) => (
        <li key={step.key} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3 py-2">
          <span className="min-w-40 [overflow-wrap:anywhere]">
            <span className="font-medium">{localized(step.displayName)}</span>{' '}
            <span className="name-text text-muted">{step.to}</span>
          </span>
          <span className="flex items-start gap-3">
            <RetryButton step={step} onRetry={onRetry} />
            <StepStateCell step={step} steps={steps} />
          </span>
        </li>
      ))}
    </ul>
  );
}
