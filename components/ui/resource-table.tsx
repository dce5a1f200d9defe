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
}

export interface Sort {
  /** Id of a column. */
  by: string;
  descending: boolean;
}

/** A table from columns and rows; header and first column stay in sight while it scrolls. */
export function ResourceTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  busy,
  sort,
  onSort,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  busy?: boolean;
  /** The caller orders the rows and says how. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}) {
  return (
    <div className="relative overflow-x-auto rounded-card border border-line bg-panel shadow-lift">
      <table aria-label={label} aria-busy={busy || undefined} className="w-full border-collapse text-left">
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                aria-sort={sortOf(column, sort)}
                className={cn(
                  'sticky top-0 z-10 h-9 border-b border-line bg-panel px-3 text-small font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
                  index === 0 && 'left-0 z-20',
                  column.align === 'end' && 'text-right',
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
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="group border-b border-line-faint last:border-0">
              {columns.map((column, index) => {
                const classes = cn(
                  'h-12 bg-panel px-3 py-2 align-middle font-normal group-hover:bg-subtle first:pl-4 last:pr-4',
                  index === 0 && 'sticky left-0 z-10',
                  column.align === 'end' && 'text-right',
                  column.className,
                );
                return index === 0 ? (
                  <th key={column.id} scope="row" className={classes}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={classes}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

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
