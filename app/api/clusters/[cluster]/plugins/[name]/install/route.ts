import { dryRunQuerySchema } from '@/lib/http/contract';
import { handlePlugins } from '@/lib/http/handle';
import { installPluginInputSchema, pluginParamsSchema } from '@/lib/plugins/contract-inputs';
import { installPlugin } from '@/lib/plugins/server/install-plugin';

export const POST = handlePlugins(
  {
    route: '/api/clusters/[cluster]/plugins/[name]/install',
    params: pluginParamsSchema,
    query: dryRunQuerySchema,
    body: installPluginInputSchema,
  },
  ({ context, params, query, body }) =>
    installPlugin(context, { name: params.name, install: body, dryRun: query.dryRun }),
);
