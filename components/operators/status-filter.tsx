'use client';

import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/operators/status-badge';
import { cn } from '@/components/ui/cn';
import type { OperatorStatus } from '@/lib/operators/contract';

/** One toggle per status; none pressed lets everything through. */
export function StatusFilter({
  statuses,
  ticked,
  onChange,
}: {
  statuses: readonly { status: OperatorStatus; count: number }[];
  ticked: readonly string[];
  onChange: (ticked: string[]) => void;
}) {
  const t = useTranslations('operators');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't lay its members out in a row beside others
    <div role="group" aria-label={t('facets.status')} className="flex flex-wrap gap-1.5">
      {statuses.map(({ status, count }) => {
        const on = ticked.includes(status);
        return (
          <button
            key={status}
            type="button"
            aria-pressed={on}
            onClick={() => onChange(on ? ticked.filter((other) => other !== status) : [...ticked, status])}
            className={cn(
              'inline-flex h-8 items-center gap-1.5 rounded-control border px-1.5 text-small',
              on ? 'border-accent-solid bg-accent-tint' : 'border-line bg-panel hover:bg-subtle',
            )}
          >
            <StatusBadge status={status} />
            <span className="pr-1 text-muted tabular-nums">{count}</span>
          </button>
        );
      })}
    </div>
  );
}
