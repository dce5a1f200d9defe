import { z } from 'zod';
import { clusterParamsSchema } from '@/lib/clusters/contract';
import { handleCluster } from '@/lib/http/handle';
import { installInputSchema, operatorRefSchema } from '@/lib/operators/contract';
import { installOperator } from '@/lib/operators/server/install-operator';

export const POST = handleCluster(
  {
    route: '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/install',
    params: clusterParamsSchema.extend(operatorRefSchema.shape),
    query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
    body: installInputSchema,
  },
  ({ context, params, query, body }) =>
    installOperator(context, { ref: params, install: body, dryRun: query.dryRun === 'true' }),
);
