import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** Facts as a description list; entries without a value are left out. */
export function KeyValues({
  items,
  className,
}: {
  items: readonly { key: string; value: ReactNode }[];
  className?: string;
}) {
  const shown = items.filter(({ value }) => value !== undefined && value !== null && value !== '');
  return (
    <dl className={cn('flex flex-col gap-3', className)}>
      {shown.map(({ key, value }) => (
        <div key={key} className="min-w-0">
          <dt className="text-small text-faint">{key}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
