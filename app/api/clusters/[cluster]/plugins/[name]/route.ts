import { dryRunQuerySchema } from '@/lib/http/contract';
import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema } from '@/lib/plugins/contract-inputs';
import { getPlugin } from '@/lib/plugins/server/get-plugin';
import { uninstallPlugin } from '@/lib/plugins/server/uninstall-plugin';

const route = '/api/clusters/[cluster]/plugins/[name]';

export const GET = handlePlugins({ route, params: pluginParamsSchema }, ({ context, params }) =>
  getPlugin(context, params.name),
);

export const DELETE = handlePlugins(
  { route, params: pluginParamsSchema, query: dryRunQuerySchema },
  ({ context, params, query }) => uninstallPlugin(context, { name: params.name, dryRun: query.dryRun }),
);
