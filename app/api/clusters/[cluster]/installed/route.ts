import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';
import { listInstalledOperators } from '@/lib/operators/server/list-installed-operators';

export const GET = handleCluster(
  { route: '/api/clusters/[cluster]/installed', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listInstalledOperators(context, query),
);
