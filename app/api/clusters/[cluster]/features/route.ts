import { clusterParamsSchema } from '@/lib/clusters/contract';
import { featuresQuerySchema } from '@/lib/clusters/features-contract';
import { listComponents } from '@/lib/clusters/server/features/list-components';
import { handleOnPlatform } from '@/lib/http/handle';

export const GET = handleOnPlatform(
  { route: '/api/clusters/[cluster]/features', params: clusterParamsSchema, query: featuresQuerySchema },
  ({ context, query }) => listComponents(context, query),
);
