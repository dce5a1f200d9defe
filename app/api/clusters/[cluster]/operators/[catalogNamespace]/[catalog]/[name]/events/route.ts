import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { listOperatorEvents } from '@/lib/operators/server/list-operator-events';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/events',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  ({ context, params, query }) => listOperatorEvents(context, params, query),
);
