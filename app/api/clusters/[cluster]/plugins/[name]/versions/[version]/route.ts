import { handlePlugins } from '@/lib/http/handle';
import { pluginVersionParamsSchema } from '@/lib/plugins/contract-inputs';
import { getPluginForm } from '@/lib/plugins/server/get-plugin-form';

export const GET = handlePlugins(
  {
    route: '/api/clusters/[cluster]/plugins/[name]/versions/[version]',
    params: pluginVersionParamsSchema,
  },
  ({ context, params }) => getPluginForm(context, params),
);
