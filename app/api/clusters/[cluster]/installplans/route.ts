import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';
import { listInstallPlans } from '@/lib/operators/server/list-install-plans';

export const GET = handleCluster(
  { route: '/api/clusters/[cluster]/installplans', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listInstallPlans(context, query),
);
