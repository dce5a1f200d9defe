import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { upgradeAimInputSchema } from '@/lib/operators/change-contract';
import { operatorRefSchema } from '@/lib/operators/contract';
import { aimUpgrade } from '@/lib/operators/server/aim-upgrade';

export const PUT = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/upgrade',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    body: upgradeAimInputSchema,
  },
  ({ context, params, body }) => aimUpgrade(context, { ref: params, aim: body }),
);
