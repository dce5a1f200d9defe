'use client';

import { Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Hint } from '@/components/ui/hint';
import { operatorSources } from '@/lib/operators/contract';

const known = (source: string) => operatorSources.find((candidate) => candidate === source);

/** The reader's word for a source: one of the five types, or a catalog's own display name. */
export function useSourceLabel(): (source: string) => string {
  const t = useTranslations('operators.source');
  return (source) => {
    const type = known(source);
    return type ? t(`${type}.label`) : source;
  };
}

/** Who maintains what comes from a source and which support it has; a catalog's own name says no more. */
export function useSourceMeaning(): (source: string) => string {
  const t = useTranslations('operators.source');
  return (source) => {
    const type = known(source);
    return type ? t(`${type}.meaning`) : t('other', { source });
  };
}

/**
 * Where an operator comes from. What that means is told on hover; `focusable` lets the keyboard ask too
 * (left out on cards, where hundreds of stops would bury the links; the filter's own button tells it there).
 */
export function SourceBadge({ source, focusable }: { source: string; focusable?: boolean }) {
  const label = useSourceLabel();
  const meaning = useSourceMeaning();
  return (
    <Hint text={meaning(source)}>
      {focusable ? (
        <button type="button" className="rounded-chip">
          <Badge tone="outline">
            {label(source)}
            <Info aria-hidden />
          </Badge>
        </button>
      ) : (
        <span className="relative z-1 max-w-28 min-w-0 shrink-0">
          <Badge tone="outline" className="max-w-full">
            <span className="truncate">{label(source)}</span>
          </Badge>
        </span>
      )}
    </Hint>
  );
}

/** The button beside a source's checkbox that tells what it means. */
export function SourceMeaning({ source }: { source: string }) {
  const t = useTranslations('operators.source');
  const label = useSourceLabel();
  const meaning = useSourceMeaning();
  return (
    <Hint text={meaning(source)}>
      <button
        type="button"
        aria-label={t('about', { source: label(source) })}
        className="grid size-6 place-items-center rounded-chip text-faint hover:text-ink"
      >
        <Info aria-hidden className="size-3.5" />
      </button>
    </Hint>
  );
}
