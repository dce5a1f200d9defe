import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';
import { listInstallNamespaces } from '@/lib/operators/server/list-install-namespaces';

export const GET = handleCluster(
  { route: '/api/clusters/[cluster]/namespaces', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listInstallNamespaces(context, query),
);
