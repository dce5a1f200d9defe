import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { planRefSchema } from '@/lib/operators/contract';
import { getInstallPlan } from '@/lib/operators/server/get-install-plan';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/installplans/[namespace]/[name]',
    params: clusterParamsSchema.extend(planRefSchema.shape),
  },
  ({ context, params }) => getInstallPlan(context, params),
);
