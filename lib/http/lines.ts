import 'server-only';
import { randomUUID } from 'node:crypto';
import { log } from './log';
import { toProblem } from './problem-response';

/**
 * Answers newline-delimited JSON, one line per item as it comes. A failure in the middle is a last line
 * `{"problem": …}`: the status is sent by then.
 */
export function linesResponse(items: AsyncGenerator<unknown>): Response {
  const encoder = new TextEncoder();
  const encode = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await items.next();
        if (done) controller.close();
        else controller.enqueue(encode(value));
      } catch (error) {
        const problem = toProblem(error, randomUUID());
        if (problem.code === 'internal')
          log().error({ requestId: problem.requestId, err: error }, 'an answer broke off');
        controller.enqueue(encode({ problem }));
        controller.close();
      }
    },
    async cancel() {
      await items.return(undefined);
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'private, no-store, no-transform' },
  });
}
