import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema } from '@/lib/operators/contract';
import { reviewUninstallation } from '@/lib/operators/server/review-uninstallation';
import { subscriptionRefSchema } from '@/lib/operators/uninstall-contract';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/uninstall',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: subscriptionRefSchema,
  },
  ({ context, params, query }) => reviewUninstallation(context, params, query),
);
