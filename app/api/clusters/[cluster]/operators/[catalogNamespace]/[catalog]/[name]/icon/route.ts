import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { getOperatorIcon } from '@/lib/operators/server/get-operator-icon';

const headers = {
  // An SVG may carry scripts and links. As <img> they are dead; opened by its address, this keeps them so.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cache-control': 'private, max-age=300',
};

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/icon',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: scopeQuerySchema,
  },
  async ({ context, params, query, request }) => {
    const { contentType, body, etag } = await getOperatorIcon(context, params, query);
    const known = request.headers.get('if-none-match')?.includes(etag);
    return new Response(known ? null : new Uint8Array(body), {
      status: known ? 304 : 200,
      headers: { ...headers, etag, 'content-type': contentType },
    });
  },
);
