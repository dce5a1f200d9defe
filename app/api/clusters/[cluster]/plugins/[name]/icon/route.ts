import { handlePlugins } from '@/lib/http/handle';
import { pluginParamsSchema } from '@/lib/plugins/contract-inputs';
import { getPluginIcon } from '@/lib/plugins/server/get-plugin-icon';

const headers = {
  // An SVG may carry scripts and links. As <img> they are dead; opened by its address, this keeps them so.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cache-control': 'private, max-age=300',
};

export const GET = handlePlugins(
  { route: '/api/clusters/[cluster]/plugins/[name]/icon', params: pluginParamsSchema },
  async ({ context, params, request }) => {
    const { contentType, body, etag } = await getPluginIcon(context, params.name);
    const known = request.headers.get('if-none-match')?.includes(etag);
    return new Response(known ? null : new Uint8Array(body), {
      status: known ? 304 : 200,
      headers: { ...headers, etag, 'content-type': contentType },
    });
  },
);
