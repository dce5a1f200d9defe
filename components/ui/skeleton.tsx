import { cn } from '@/components/ui/cn';

/** A grey shape that stands where text will be. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-4 animate-pulse rounded-chip bg-subtle', className)} />;
}

/** The skeleton of a list of rows. */
export function SkeletonRows({ rows = 5 }: { rows?: number }) {
  return (
    <div className="divide-y divide-line-faint">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={index} className="flex h-12 items-center gap-4 px-4">
          <Skeleton className="w-1/4" />
          <Skeleton className="w-24" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
