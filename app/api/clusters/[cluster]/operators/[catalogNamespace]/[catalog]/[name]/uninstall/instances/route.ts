import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { linesResponse } from '@/lib/http/lines';
import { operatorRefSchema } from '@/lib/operators/contract';
import { deleteInstances } from '@/lib/operators/server/delete-instances';
import { deleteInstancesInputSchema } from '@/lib/operators/uninstall-contract';

export const POST = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/uninstall/instances',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    body: deleteInstancesInputSchema,
  },
  async ({ context, params, body }) => linesResponse(await deleteInstances(context, params, body)),
);
