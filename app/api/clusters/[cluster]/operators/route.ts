import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleOnPlatform } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';
import { listOperators } from '@/lib/operators/server/list-operators';

export const GET = handleOnPlatform(
  { route: '/api/clusters/[cluster]/operators', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listOperators(context, query),
);
