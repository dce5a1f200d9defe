import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { cureInputSchema, installationRefSchema } from '@/lib/operators/diagnosis-contract';
import { cureInstallation } from '@/lib/operators/server/cure-installation';

export const POST = handleCluster(
  {
    route: '/api/clusters/[cluster]/installed/[namespace]/[name]/cure',
    params: clusterParamsSchema.extend(installationRefSchema.shape),
    body: cureInputSchema,
  },
  ({ context, params, body }) => cureInstallation(context, { ...params, kind: body.kind }, body),
);
