import { handleEveryCluster } from '@/lib/http/handle';
import { packagesQuerySchema } from '@/lib/packages/list-contract';
import { listPackages } from '@/lib/packages/server/list-packages';

export const GET = handleEveryCluster(
  { route: '/api/packages', query: packagesQuerySchema },
  ({ clusters, query }) => listPackages(clusters, query.type),
);
