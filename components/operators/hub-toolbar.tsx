'use client';

import { useTranslations } from 'next-intl';
import { ListToolbar } from '@/components/ui/list-toolbar';

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
  return (
    <ListToolbar
      searchLabel={t('search')}
      search={search}
      onSearch={onSearch}
      sortLabel={t('sortBy')}
      sorts={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
      sort={sort}
      onSort={onSort}
    />
  );
}
