import { dryRunQuerySchema } from '@/lib/http/contract';
import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema, upgradePluginInputSchema } from '@/lib/plugins/contract-inputs';
import { upgradePlugin } from '@/lib/plugins/server/upgrade-plugin';

export const POST = handlePlugins(
  {
    route: '/api/clusters/[cluster]/plugins/[name]/upgrade',
    params: pluginParamsSchema,
    query: dryRunQuerySchema,
    body: upgradePluginInputSchema,
  },
  ({ context, params, query, body }) =>
    upgradePlugin(context, { name: params.name, upgrade: body, dryRun: query.dryRun }),
);
