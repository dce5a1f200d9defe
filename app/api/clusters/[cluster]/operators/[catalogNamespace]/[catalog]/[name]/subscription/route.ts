import { clusterParamsSchema } from '@/lib/clusters/contract';
import { dryRunQuerySchema } from '@/lib/http/contract';
import { handleCluster } from '@/lib/http/handle';
import { subscriptionChangeInputSchema } from '@/lib/operators/change-contract';
import { operatorRefSchema } from '@/lib/operators/contract';
import { changeSubscription } from '@/lib/operators/server/change-subscription';

export const PATCH = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/subscription',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: dryRunQuerySchema,
    body: subscriptionChangeInputSchema,
  },
  ({ context, params, query, body }) =>
    changeSubscription(context, { ref: params, change: body, dryRun: query.dryRun }),
);
