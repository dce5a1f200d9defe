import { clusterParamsSchema } from '@/lib/clusters/contract';
import { continueInputSchema } from '@/lib/clusters/features-contract';
import { runPlace } from '@/lib/clusters/server/features/run-place';
import { continueRun, getRun } from '@/lib/clusters/server/features/upgrade-components';
import { openOnPlatform } from '@/lib/clusters/server/open-cluster';
import { handle, handleCluster } from '@/lib/http/handle';
import { linesResponse } from '@/lib/http/lines';
import { untilServerEnds } from '@/lib/live/server/open-streams';

const route = '/api/clusters/[cluster]/features/run';

export const GET = handleCluster({ route, params: clusterParamsSchema }, ({ context }) =>
  getRun(context, runPlace()),
);

export const POST = handle(
  { route, params: clusterParamsSchema, body: continueInputSchema },
  async ({ session, params, body, request }) => {
    const context = await openOnPlatform(session, params.cluster, untilServerEnds(request.signal));
    return linesResponse(await continueRun(context, { ...body, place: runPlace() }));
  },
);
