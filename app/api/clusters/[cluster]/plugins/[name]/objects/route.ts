import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema } from '@/lib/plugins/contract-inputs';
import { listPluginObjects } from '@/lib/plugins/server/list-plugin-objects';

export const GET = handlePlugins(
  { route: '/api/clusters/[cluster]/plugins/[name]/objects', params: pluginParamsSchema },
  ({ context, params }) => listPluginObjects(context, params.name),
);
