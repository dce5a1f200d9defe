import { clusterParamsSchema } from '@/lib/clusters/contract';
import { upgradeInputSchema } from '@/lib/clusters/features-contract';
import { runPlace } from '@/lib/clusters/server/features/run-place';
import { upgradeComponents } from '@/lib/clusters/server/features/upgrade-components';
import { openOnPlatform } from '@/lib/clusters/server/open-cluster';
import { handle } from '@/lib/http/handle';
import { linesResponse } from '@/lib/http/lines';
import { untilServerEnds } from '@/lib/live/server/open-streams';

export const POST = handle(
  {
    route: '/api/clusters/[cluster]/features/upgrade',
    params: clusterParamsSchema,
    body: upgradeInputSchema,
  },
  async ({ session, params, body, request }) => {
    const context = await openOnPlatform(session, params.cluster, untilServerEnds(request.signal));
    return linesResponse(await upgradeComponents(context, { ...body, place: runPlace() }));
  },
);
