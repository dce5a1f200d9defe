'use client';

import { ArrowUpDown } from 'lucide-react';
import { SearchField } from '@/components/ui/search-field';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Search box and order of a list. */
export function ListToolbar<Sort extends string>({
  searchLabel,
  search,
  onSearch,
  sortLabel,
  sorts,
  sort,
  onSort,
}: {
  searchLabel: string;
  search: string;
  onSearch: (text: string) => void;
  sortLabel: string;
  sorts: readonly { value: Sort; label: string }[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const hydrated = useHydrated();
  return (
    <div className="flex w-full gap-2 sm:w-auto">
      <SearchField
        label={searchLabel}
        value={search}
        onChange={onSearch}
        className="grow sm:w-85 sm:grow-0"
      />
      <span className="relative inline-flex h-9 shrink-0 items-center gap-2 rounded-control border border-line bg-panel px-3 font-medium shadow-lift focus-within:outline-2 focus-within:outline-accent-solid hover:bg-subtle">
        <ArrowUpDown aria-hidden className="size-4 text-muted" />
        <span aria-hidden className="hidden sm:inline">
          {sorts.find(({ value }) => value === sort)?.label}
        </span>
        <select
          aria-label={sortLabel}
          value={sort}
          disabled={!hydrated}
          onChange={(event) => {
            const chosen = sorts.find(({ value }) => value === event.target.value);
            if (chosen) onSort(chosen.value);
          }}
          className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
        >
          {sorts.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
