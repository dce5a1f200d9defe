import { clusterParamsSchema } from '@/lib/clusters/contract';
import { dryRunQuerySchema } from '@/lib/http/contract';
import { handleCluster } from '@/lib/http/handle';
import { operatorRefSchema, scopeQuerySchema } from '@/lib/operators/contract';
import { installInputSchema } from '@/lib/operators/install-contract';
import { installOperator } from '@/lib/operators/server/install-operator';
import { readInstallFacts } from '@/lib/operators/server/read-install-facts';

const route = '/api/clusters/[cluster]/operators/[catalogNamespace]/[catalog]/[name]/install';
const params = clusterParamsSchema.extend(operatorRefSchema.shape);

/** What could make an installation fail, to be told before one is sent. */
export const GET = handleCluster(
  { route, params, query: scopeQuerySchema },
  ({ context, params: ref, query }) => readInstallFacts(context, ref, query),
);

export const POST = handleCluster(
  {
    route,
    params,
    query: dryRunQuerySchema,
    body: installInputSchema,
  },
  ({ context, params: ref, query, body }) =>
    installOperator(context, { ref, install: body, dryRun: query.dryRun }),
);
