import { dryRunQuerySchema } from '@/lib/http/contract';
import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema, updatePluginInputSchema } from '@/lib/plugins/contract-inputs';
import { updatePlugin } from '@/lib/plugins/server/update-plugin';

export const PUT = handlePlugins(
  {
    route: '/api/clusters/[cluster]/plugins/[name]/config',
    params: pluginParamsSchema,
    query: dryRunQuerySchema,
    body: updatePluginInputSchema,
  },
  ({ context, params, query, body }) =>
    updatePlugin(context, { name: params.name, update: body, dryRun: query.dryRun }),
);
