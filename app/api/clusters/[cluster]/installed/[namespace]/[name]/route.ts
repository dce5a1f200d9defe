import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { installationQuerySchema, installationRefSchema } from '@/lib/operators/diagnosis-contract';
import { diagnoseInstallation } from '@/lib/operators/server/diagnose-installation';

export const GET = handleCluster(
  {
    route: '/api/clusters/[cluster]/installed/[namespace]/[name]',
    params: clusterParamsSchema.extend(installationRefSchema.shape),
    query: installationQuerySchema,
  },
  ({ context, params, query }) => diagnoseInstallation(context, { ...params, ...query }),
);
