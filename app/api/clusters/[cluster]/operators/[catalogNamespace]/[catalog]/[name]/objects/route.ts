import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { listOperatorObjects } from '@/lib/operators/server/list-operator-objects';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/objects',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  ({ context, params, query }) => listOperatorObjects(context, params, query),
);
