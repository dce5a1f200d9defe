import { Skeleton } from '@/components/ui/skeleton';

/** A plugin's page while it loads. */
export function PluginPageSkeleton() {
  return (
    <div aria-busy="true">
      <div className="mb-5 flex items-center gap-3">
        <Skeleton className="size-12 rounded-card" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-6 w-64" />
          <Skeleton className="w-40" />
        </div>
      </div>
      <Skeleton className="mb-4 h-8 w-80" />
      <Skeleton className="h-48 w-full rounded-card" />
    </div>
  );
}
