import { segmentText } from '@/components/addresses';
import type { OperatorRef } from '@/lib/operators/contract';

export type OperatorParams = Promise<{
  cluster: string;
  catalogNamespace: string;
  catalog: string;
  package: string;
}>;

/** Which operator of which cluster an address names. */
export async function operatorOf(
  params: OperatorParams,
): Promise<{ cluster: string; operator: OperatorRef }> {
  const { cluster, catalogNamespace, catalog, package: name } = await params;
  return {
    cluster: segmentText(cluster),
    operator: {
      catalogNamespace: segmentText(catalogNamespace),
      catalog: segmentText(catalog),
      name: segmentText(name),
    },
  };
}
