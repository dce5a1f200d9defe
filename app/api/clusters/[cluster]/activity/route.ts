import { listActivity } from '@/lib/activity/server/list-activity';
import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleOnPlatform } from '@/lib/http/handle';
import { scopeQuerySchema } from '@/lib/operators/contract';

export const GET = handleOnPlatform(
  { route: '/api/clusters/[cluster]/activity', params: clusterParamsSchema, query: scopeQuerySchema },
  ({ context, query }) => listActivity(context, query),
);
