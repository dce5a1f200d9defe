import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema, resourceOptionsQuerySchema } from '@/lib/plugins/contract-inputs';
import { listResourceOptions } from '@/lib/plugins/server/list-resource-options';

export const GET = handlePlugins(
  {
    route: '/api/clusters/[cluster]/plugins/[name]/options',
    params: pluginParamsSchema,
    query: resourceOptionsQuerySchema,
  },
  ({ context, query }) => listResourceOptions(context, query),
);
