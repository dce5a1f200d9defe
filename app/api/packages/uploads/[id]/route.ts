import { handleUpload, tus } from '@/lib/http/handle-upload';
import { receiveUpload } from '@/lib/packages/server/uploads/receive-upload';
import { uploadParamsSchema } from '@/lib/packages/upload-contract';

const receive = tus(
  handleUpload(
    { route: '/api/packages/uploads/[id]', params: uploadParamsSchema },
    ({ request, owner, params }) => receiveUpload(request, owner, params.id),
  ),
);

export const HEAD = receive;
export const PATCH = receive;
export const DELETE = receive;
