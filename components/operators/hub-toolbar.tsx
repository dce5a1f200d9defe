'use client';

import { ArrowUpDown, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { inputClass } from '@/components/ui/input-class';
import { useHydrated } from '@/components/ui/use-hydrated';

const sorts = ['relevance', 'name', 'status'] as const;
type Sort = (typeof sorts)[number];

/** Search box and order of the catalogue. */
export function HubToolbar({
  search,
  onSearch,
  sort,
  onSort,
}: {
  search: string;
  onSearch: (text: string) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const t = useTranslations('operators');
  const hydrated = useHydrated();
  return (
    <div className="flex w-full gap-2 sm:w-auto">
      <div className="relative grow">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-faint" />
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          readOnly={!hydrated}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSearch(event.target.value)}
          className={cn(inputClass, 'pl-9 sm:w-85')}
        />
      </div>
      <span className="relative inline-flex h-9 shrink-0 items-center gap-2 rounded-control border border-line bg-panel px-3 font-medium shadow-lift focus-within:outline-2 focus-within:outline-accent-solid hover:bg-subtle">
        <ArrowUpDown aria-hidden className="size-4 text-muted" />
        <span aria-hidden className="hidden sm:inline">
          {t(`sort.${sort}`)}
        </span>
        <select
          aria-label={t('sortBy')}
          value={sort}
          disabled={!hydrated}
          onChange={(event) => onSort(sorts.find((name) => name === event.target.value) ?? 'relevance')}
          className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
        >
          {sorts.map((name) => (
            <option key={name} value={name}>
              {t(`sort.${name}`)}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
