import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleOnPlatform } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { getOperator } from '@/lib/operators/server/get-operator';

export const GET = handleOnPlatform(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  ({ context, params, query }) => getOperator(context, params, query),
);
