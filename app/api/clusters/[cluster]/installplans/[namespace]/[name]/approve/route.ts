import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { approveInputSchema, planRefSchema } from '@/lib/operators/plan-contract';
import { approveInstallPlan } from '@/lib/operators/server/approve-install-plan';

export const POST = handleCluster(
  {
    route: '/api/clusters/[cluster]/installplans/[namespace]/[name]/approve',
    params: clusterParamsSchema.extend(planRefSchema.shape),
    body: approveInputSchema,
  },
  ({ context, params, body }) => approveInstallPlan(context, { ...params, reviewed: body }),
);
