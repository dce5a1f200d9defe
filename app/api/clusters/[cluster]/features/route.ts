import { clusterParamsSchema } from '@/lib/clusters/contract';
import { listComponents } from '@/lib/clusters/server/features/list-components';
import { handleOnPlatform } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';

export const GET = handleOnPlatform(
  { route: '/api/clusters/[cluster]/features', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listComponents(context, query),
);
