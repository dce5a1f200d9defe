import { listClusters } from '@/lib/clusters/server/list-clusters';
import { handle } from '@/lib/http/handle';

export const GET = handle({ route: '/api/clusters' }, ({ session, request }) =>
  listClusters(session, request.signal),
);
