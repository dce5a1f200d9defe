import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

/** The operator's page before anything is known. */
export function OperatorPageSkeleton() {
  return (
    <div aria-busy="true">
      <div className="mb-5 flex items-center gap-3">
        <Skeleton className="size-12 rounded-card" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-6 w-56" />
          <Skeleton className="w-80 max-w-full" />
        </div>
      </div>
      <div className="mb-4 flex h-8 gap-5 border-b border-line">
        {[64, 60, 84, 52].map((width) => (
          <Skeleton key={width} className="mt-1 w-16" />
        ))}
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Card className="flex flex-col gap-3 p-4">
          {['w-1/3', 'w-full', 'w-11/12', 'w-4/5', 'w-5/6', 'w-2/3'].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </Card>
        <Card className="flex flex-col gap-4 p-4">
          {['w-1/2', 'w-2/3', 'w-1/3', 'w-3/4'].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </Card>
      </div>
    </div>
  );
}
