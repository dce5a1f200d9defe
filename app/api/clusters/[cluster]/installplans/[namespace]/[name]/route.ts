import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { cleanUpQuerySchema, planRefSchema } from '@/lib/operators/plan-contract';
import { cleanUpInstallPlan } from '@/lib/operators/server/clean-up-install-plan';
import { reviewInstallPlan } from '@/lib/operators/server/review-install-plan';

const route = '/api/clusters/[cluster]/installplans/[namespace]/[name]';
const params = clusterParamsSchema.extend(planRefSchema.shape);

export const GET = handleCluster({ route, params }, ({ context, params }) =>
  reviewInstallPlan(context, params),
);

export const DELETE = handleCluster(
  { route, params, query: cleanUpQuerySchema },
  ({ context, params, query }) => cleanUpInstallPlan(context, { ...params, ...query }),
);
