import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { imageResponse } from '@/lib/http/image-response';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { getOperatorIcon } from '@/lib/operators/server/get-operator-icon';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/icon',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  async ({ context, params, query, request }) =>
    imageResponse(request, await getOperatorIcon(context, params, query)),
);
