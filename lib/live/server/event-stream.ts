import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { LiveMessage } from '../contract';
import { listen, listenToPlatform } from './hub';
import { onServerEnd } from './open-streams';

const HEARTBEAT_MS = 20_000;
/** A reader that takes nothing is cut off; the browser reconnects and reads everything again. */
const MAX_WAITING_MESSAGES = 200;

/**
 * Server-sent events of what changes on a cluster, until the reader leaves.
 * @param global where the platform keeps its own kinds; undefined for a user who may not know of that cluster
 */
export function eventStream(
  { kube, global }: { kube: KubeClient; global?: KubeClient },
  namespace: string | undefined,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          if ((controller.desiredSize ?? 0) <= -MAX_WAITING_MESSAGES) end();
          else controller.enqueue(encoder.encode(text));
        };
        // EventSource waits this long before it connects again.
        write('retry: 2000\n\n');
        const tell = (message: LiveMessage) => write(`data: ${JSON.stringify(message)}\n\n`);
        const listening = [
          listen(kube, namespace, tell, () => end()),
          ...(global ? [listenToPlatform(global, tell, () => end())] : []),
        ];
        const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MS);
        const forget = onServerEnd(() => end());
        end = () => {
          if (!forget()) return;
          clearInterval(heartbeat);
          for (const stopListening of listening) stopListening();
          try {
            controller.close();
          } catch {
            // The reader has cancelled the stream already.
          }
        };
        signal.addEventListener('abort', () => end(), { once: true });
        // The reader may have left while the cluster was looked up: that event is not told again.
        if (signal.aborted) end();
      },
      cancel: () => end(),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
    },
  });
}
