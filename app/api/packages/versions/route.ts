import { openCluster } from '@/lib/clusters/server/open-cluster';
import { handle } from '@/lib/http/handle';
import { deleteVersionSchema } from '@/lib/packages/list-contract';
import { deleteVersion } from '@/lib/packages/server/delete-version';

export const DELETE = handle(
  { route: '/api/packages/versions', body: deleteVersionSchema },
  async ({ session, body, request }) => {
    const { kube } = await openCluster(session, body.cluster, request.signal);
    await deleteVersion(kube, body);
    return { deleted: body.object };
  },
);
