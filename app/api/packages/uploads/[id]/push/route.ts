import { handleUpload } from '@/lib/http/handle-upload';
import { linesResponse } from '@/lib/http/lines';
import { pushUpload } from '@/lib/packages/server/uploads/push-upload';
import { pushInputSchema, uploadParamsSchema } from '@/lib/packages/upload-contract';

/** Tells what happens as lines of JSON, the last one a problem when the push has stopped. */
export const POST = handleUpload(
  { route: '/api/packages/uploads/[id]/push', params: uploadParamsSchema, body: pushInputSchema },
  async ({ request, owner, clusters, params, body }) =>
    linesResponse(await pushUpload({ owner, clusters, signal: request.signal }, params.id, body)),
);
