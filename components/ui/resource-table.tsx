import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  className?: string;
  /** Its header is a button that orders the rows by it. */
  sortable?: boolean;
  /** In a card it has a line of its own, without its header; the others stand side by side. */
  wholeLine?: boolean;
}

export interface Sort {
  /** Id of a column. */
  by: string;
  descending: boolean;
}

/**
 * A table from columns and rows; header and first column stay in sight while it scrolls. With `cards` each row is a
 * card where there is no room for the columns, so that nothing has to be scrolled to sideways.
 */
export function ResourceTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  busy,
  cards = false,
  sort,
  onSort,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  busy?: boolean;
  cards?: boolean;
  /** The caller orders the rows and says how. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}) {
  return (
    <div
      className={cn(
        'relative overflow-x-auto rounded-card border border-line bg-panel shadow-lift',
        cards && '@container',
      )}
    >
      <table
        aria-label={label}
        aria-busy={busy || undefined}
        className={cn('w-full border-collapse text-left', cards && card.block)}
      >
        <thead className={cn(cards && (onSort ? card.block : card.unseen))}>
          <tr className={cn(cards && onSort && card.header)}>
            {columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                aria-sort={sortOf(column, sort)}
                className={cn(
                  'sticky top-0 z-10 h-9 border-b border-line bg-panel px-3 text-small font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
                  index === 0 && 'left-0 z-20',
                  column.align === 'end' && 'text-right',
                  cards && (column.sortable && onSort ? card.sort : card.unseen),
                )}
              >
                {column.sortable && onSort ? (
                  <SortButton column={column} sort={sort} onSort={onSort} />
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={cn(cards && card.block)}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={cn('group border-b border-line-faint last:border-0', cards && card.row)}
            >
              {columns.map((column, index) => {
                const labelled = cards && !column.wholeLine && typeof column.header === 'string';
                const classes = cn(
                  'h-12 bg-panel px-3 py-2 align-middle font-normal group-hover:bg-subtle first:pl-4 last:pr-4',
                  index === 0 && 'sticky left-0 z-10',
                  column.align === 'end' && 'text-right',
                  column.className,
                  cards && card.cell,
                  cards && column.wholeLine && card.wholeLine,
                  labelled && card.labelled,
                );
                const Cell = index === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    scope={index === 0 ? 'row' : undefined}
                    className={classes}
                    data-label={labelled ? column.header : undefined}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The looks of a table whose rows are cards; every class holds only where the columns have no room. */
const card = {
  block: '@max-6xl:block',
  header: '@max-6xl:flex @max-6xl:flex-wrap @max-6xl:gap-x-4 @max-6xl:gap-y-1 @max-6xl:px-4 @max-6xl:py-2',
  sort: '@max-6xl:static @max-6xl:h-auto @max-6xl:border-0 @max-6xl:p-0!',
  unseen: '@max-6xl:sr-only',
  row: '@max-6xl:flex @max-6xl:flex-wrap @max-6xl:items-baseline @max-6xl:gap-x-4 @max-6xl:gap-y-1.5 @max-6xl:border-t @max-6xl:border-b-0 @max-6xl:p-4',
  cell: '@max-6xl:static @max-6xl:h-auto @max-6xl:min-w-0 @max-6xl:bg-transparent! @max-6xl:p-0! @max-6xl:text-left @max-6xl:empty:hidden',
  wholeLine: '@max-6xl:basis-full',
  labelled:
    '@max-6xl:text-small @max-6xl:before:mr-1.5 @max-6xl:before:text-muted @max-6xl:before:content-[attr(data-label)]',
};

function sortOf<Row>(column: Column<Row>, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort?.by !== column.id) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

/** A column's header that orders by it, and the other way round when pressed again. */
function SortButton<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}) {
  const active = sort?.by === column.id;
  const Icon = !active ? ChevronsUpDown : sort.descending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={() => onSort({ by: column.id, descending: active && !sort.descending })}
      className="-mx-1.5 inline-flex h-7 items-center gap-1 rounded-chip px-1.5 hover:text-ink"
    >
      {column.header}
      <Icon aria-hidden className={active ? 'size-3.5' : 'size-3.5 text-faint'} />
    </button>
  );
}
