import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster, handleOnPlatform } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { getOperator } from '@/lib/operators/server/get-operator';
import { uninstallOperator } from '@/lib/operators/server/uninstall-operator';
import { subscriptionRefSchema } from '@/lib/operators/uninstall-contract';

export const GET = handleOnPlatform(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  ({ context, params, query }) => getOperator(context, params, query),
);

export const DELETE = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: subscriptionRefSchema,
  },
  ({ context, params, query }) => uninstallOperator(context, params, query),
);
