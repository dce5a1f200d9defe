import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handlePlugins } from '@/lib/http/handle';
import { listPlugins } from '@/lib/plugins/server/list-plugins';

export const GET = handlePlugins(
  { route: '/api/clusters/[cluster]/plugins', params: clusterParamsSchema },
  ({ context }) => listPlugins(context),
);
