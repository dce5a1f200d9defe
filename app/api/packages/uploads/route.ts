import { handleUpload, requireUploadRight, tus } from '@/lib/http/handle-upload';
import { listUploads } from '@/lib/packages/server/uploads/list-uploads';
import { receiveUpload } from '@/lib/packages/server/uploads/receive-upload';

const route = '/api/packages/uploads';

export const GET = handleUpload({ route }, async ({ owner }) => listUploads(owner));

export const POST = tus(
  handleUpload({ route }, async ({ request, owner, clusters }) => {
    await requireUploadRight(clusters.global);
    return receiveUpload(request, owner);
  }),
);
