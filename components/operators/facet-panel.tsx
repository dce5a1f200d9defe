'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { type FacetName, type FacetValue, facetNames, type Ticked } from '@/components/operators/facets';
import { SourceMeaning, useSourceLabel } from '@/components/operators/source-badge';
import { Checkbox } from '@/components/ui/checkbox';
import { Skeleton } from '@/components/ui/skeleton';
import { operatorStatusSchema } from '@/lib/operators/contract';

/** More values than these hide behind a button. */
const firstValues = 8;

/** The groups of checkboxes; undefined facets are still loading. */
export function FacetPanel({
  facets,
  ticked,
  onChange,
}: {
  facets: Record<FacetName, FacetValue[]> | undefined;
  ticked: Ticked;
  onChange: (name: FacetName, values: string[]) => void;
}) {
  const t = useTranslations('operators');
  const labels = useFacetLabels();
  if (!facets) return <FacetSkeleton />;
  return (
    <div className="flex flex-col gap-5">
      {facetNames.map((name) => {
        const values = facets[name];
        // One value that every row has filters nothing.
        if (
          values.length < 2 &&
          ticked[name].length === 0 &&
          !['source', 'status', 'category'].includes(name)
        ) {
          return null;
        }
        return (
          <FacetGroup
            key={name}
            label={t(`facets.${name}`)}
            values={values}
            ticked={ticked[name]}
            labelOf={(value) => labels(name, value)}
            aside={name === 'source' ? (value) => <SourceMeaning source={value} /> : undefined}
            onToggle={(value, on) =>
              onChange(name, on ? [...ticked[name], value] : ticked[name].filter((other) => other !== value))
            }
          />
        );
      })}
    </div>
  );
}

/** The reader's word for a facet's value. */
export function useFacetLabels(): (name: FacetName, value: string) => string {
  const source = useSourceLabel();
  const status = useTranslations('operators.status');
  return (name, value) => {
    if (name === 'source') return source(value);
    const known = name === 'status' ? operatorStatusSchema.safeParse(value) : undefined;
    return known?.success ? status(known.data) : value;
  };
}

function FacetGroup({
  label,
  values,
  ticked,
  labelOf,
  aside,
  onToggle,
}: {
  label: string;
  values: readonly FacetValue[];
  ticked: readonly string[];
  labelOf: (value: string) => string;
  aside?: (value: string) => ReactNode;
  onToggle: (value: string, on: boolean) => void;
}) {
  const t = useTranslations('operators');
  const id = useId();
  const [all, setAll] = useState(false);
  const shown = all
    ? values
    : values.filter(({ value }, index) => index < firstValues || ticked.includes(value));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't be laid out like the other headings
    <div role="group" aria-labelledby={id}>
      <p id={id} className="mb-1.5 font-semibold">
        {label}
      </p>
      {shown.map(({ value, count }) => (
        <Checkbox
          key={value}
          checked={ticked.includes(value)}
          onChange={(on) => onToggle(value, on)}
          label={labelOf(value)}
          count={count}
          countLabel={t('count', { count })}
          aside={aside?.(value)}
        />
      ))}
      {shown.length < values.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-0.5 min-h-6 text-small font-medium text-accent hover:underline"
        >
          {t('showAll', { count: values.length })}
        </button>
      )}
    </div>
  );
}

function FacetSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-5">
      {[5, 6, 5].map((rows, group) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never move
        <div key={group} className="flex flex-col gap-2.5">
          <Skeleton className="w-16" />
          {Array.from({ length: rows }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never move
            <Skeleton key={index} className="h-3.5 w-full" />
          ))}
        </div>
      ))}
    </div>
  );
}
