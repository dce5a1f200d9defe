import { handle } from '@/lib/http/handle';
import { readTool } from '@/lib/packages/server/read-tool';
import { toolParamsSchema } from '@/lib/packages/upload-contract';

export const GET = handle(
  { route: '/api/packages/tool/[file]', params: toolParamsSchema },
  async ({ params: { file } }) =>
    new Response(await readTool(file), {
      headers: {
        'content-type': file.endsWith('.mjs')
          ? 'text/javascript; charset=utf-8'
          : 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${file}"`,
        'cache-control': 'private, no-cache',
      },
    }),
);
