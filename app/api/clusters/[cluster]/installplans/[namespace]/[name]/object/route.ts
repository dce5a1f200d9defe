import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { planObjectQuerySchema, planRefSchema } from '@/lib/operators/plan-contract';
import { getPlanObject } from '@/lib/operators/server/get-plan-object';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/installplans/[namespace]/[name]/object',
    params: clusterParamsSchema.extend(planRefSchema.shape),
    query: planObjectQuerySchema,
  },
  ({ context, params, query }) => getPlanObject(context, { ...params, ...query }),
);
