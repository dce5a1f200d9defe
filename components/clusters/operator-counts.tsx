import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { StatusBadge } from '@/components/operators/status-badge';
import { SkeletonRows } from '@/components/ui/skeleton';
import { type OperatorRow, operatorStatuses } from '@/lib/operators/contract';

/** How many operators are in which status; each line leads to them. */
export function OperatorCounts({
  cluster,
  operators,
}: {
  cluster: string;
  operators: readonly OperatorRow[] | undefined;
}) {
  const t = useTranslations('operators');
  if (!operators) {
    return (
      <div aria-busy="true">
        <SkeletonRows rows={4} />
      </div>
    );
  }
  const counts = operatorStatuses
    .map((status) => ({ status, count: operators.filter((row) => row.status === status).length }))
    .filter(({ count }) => count > 0)
    .reverse();
  if (counts.length === 0) return <p className="p-4 text-muted">{t('emptyText')}</p>;
  return (
    <ul className="divide-y divide-line-faint">
      {counts.map(({ status, count }) => (
        <li key={status}>
          <Link
            href={`${addresses.operatorHub(cluster)}?${new URLSearchParams({ status })}`}
            className="flex h-11 items-center gap-3 px-4 hover:bg-subtle focus-visible:outline-offset-[-2px]"
          >
            <StatusBadge status={status} />
            <span className="ml-auto text-muted tabular-nums">{t('count', { count })}</span>
            <ChevronRight aria-hidden className="size-4 text-faint" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
