'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFacetLabels } from '@/components/operators/facet-panel';
import { type FacetName, facetNames, type Ticked } from '@/components/operators/facets';

/** What is ticked, in sight of the results, each to be taken back. */
export function FilterChips({
  ticked,
  onRemove,
  onClear,
}: {
  ticked: Ticked;
  onRemove: (name: FacetName, value: string) => void;
  onClear?: () => void;
}) {
  const t = useTranslations('operators');
  const labels = useFacetLabels();
  return (
    <div className="flex flex-wrap items-center gap-2">
      {facetNames.flatMap((name) =>
        ticked[name].map((value) => (
          <button
            key={`${name}/${value}`}
            type="button"
            aria-label={t('removeFilter', { facet: t(`facets.${name}`), value: labels(name, value) })}
            onClick={() => onRemove(name, value)}
            className="inline-flex h-6 items-center gap-1.5 rounded-chip bg-accent-tint pr-1 pl-2 text-small font-medium text-accent hover:underline"
          >
            {labels(name, value)}
            <X aria-hidden className="size-3.5" />
          </button>
        )),
      )}
      {onClear && (
        <button
          type="button"
          onClick={onClear}
          className="min-h-6 px-1 text-small font-medium text-muted hover:text-ink hover:underline"
        >
          {t('clearAll')}
        </button>
      )}
    </div>
  );
}
