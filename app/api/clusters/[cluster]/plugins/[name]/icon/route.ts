import { handlePlugins } from '@/lib/http/handle';
import { imageResponse } from '@/lib/http/image-response';
import { pluginParamsSchema } from '@/lib/plugins/contract-inputs';
import { getPluginIcon } from '@/lib/plugins/server/get-plugin-icon';

export const GET = handlePlugins(
  { route: '/api/clusters/[cluster]/plugins/[name]/icon', params: pluginParamsSchema },
  async ({ context, params, request }) => imageResponse(request, await getPluginIcon(context, params.name)),
);
