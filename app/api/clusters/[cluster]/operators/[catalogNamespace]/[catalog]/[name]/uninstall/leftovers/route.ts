import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema } from '@/lib/operators/contract';
import { deleteLeftovers } from '@/lib/operators/server/delete-leftovers';
import { deleteLeftoversInputSchema } from '@/lib/operators/uninstall-contract';

export const POST = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/uninstall/leftovers',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    body: deleteLeftoversInputSchema,
  },
  ({ context, params, body }) => deleteLeftovers(context, params, body),
);
