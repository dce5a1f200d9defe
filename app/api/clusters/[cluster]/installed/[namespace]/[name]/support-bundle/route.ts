import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { installationQuerySchema, installationRefSchema } from '@/lib/operators/diagnosis-contract';
import { collectSupportBundle } from '@/lib/operators/server/collect-support-bundle';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/installed/[namespace]/[name]/support-bundle',
    params: clusterParamsSchema.extend(installationRefSchema.shape),
    query: installationQuerySchema,
  },
  async ({ context, params, query }) => {
    const { cluster: _, ...ref } = params;
    const { fileName, json } = await collectSupportBundle(context, { ...ref, ...query });
    return new Response(json, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    });
  },
);
