import { clusterParamsSchema } from '@/lib/clusters/contract';
import { runPlace } from '@/lib/clusters/server/features/run-place';
import { stopRun } from '@/lib/clusters/server/features/upgrade-components';
import { handleCluster } from '@/lib/http/handle';

export const POST = handleCluster(
  { route: '/api/clusters/[cluster]/features/run/stop', params: clusterParamsSchema },
  ({ context }) => stopRun(context, runPlace()),
);
