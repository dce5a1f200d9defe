import { handleUpload } from '@/lib/http/handle-upload';
import { inspectUpload } from '@/lib/packages/server/uploads/inspect-upload';
import { inspectInputSchema, uploadParamsSchema } from '@/lib/packages/upload-contract';

export const POST = handleUpload(
  { route: '/api/packages/uploads/[id]/package', params: uploadParamsSchema, body: inspectInputSchema },
  ({ request, owner, params, body }) => inspectUpload(owner, params.id, body, request.signal),
);
