import { Card } from '@/components/ui/card';
import { SkeletonRows } from '@/components/ui/skeleton';

/** A list that is still loading: a card of the shape that it will have. */
export function LoadingRows({ rows }: { rows?: number }) {
  return (
    <div aria-busy="true">
      <Card>
        <SkeletonRows rows={rows} />
      </Card>
    </div>
  );
}
