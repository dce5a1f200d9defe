import { accessInputSchema, clusterParamsSchema } from '@/lib/clusters/contract';
import { reviewAccess } from '@/lib/clusters/server/review-access';
import { handleCluster } from '@/lib/http/handle';

export const POST = handleCluster(
  { route: '/api/clusters/[cluster]/access', params: clusterParamsSchema, body: accessInputSchema },
  async ({ context, body }) => ({ items: await reviewAccess(context, body.questions) }),
);
