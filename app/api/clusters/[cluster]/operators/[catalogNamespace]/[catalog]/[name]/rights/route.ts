import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { getOperatorRights } from '@/lib/operators/server/get-operator-rights';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/rights',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  ({ context, params, query }) => getOperatorRights(context, params, query),
);
