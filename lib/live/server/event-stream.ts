import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { shared } from '@/lib/kube/shared';
import type { LiveMessage } from '../contract';
import { listen } from './hub';

const HEARTBEAT_MS = 20_000;
/** A reader that takes nothing is cut off; the browser reconnects and reads everything again. */
const MAX_WAITING_MESSAGES = 200;

/** Open streams, so that a stopping server can end them: Next.js waits for open connections otherwise. */
function openStreams(): Set<() => void> {
  return shared('open-streams', () => new Set<() => void>());
}

export function endAllStreams(): void {
  for (const end of openStreams()) end();
}

/** Server-sent events of what changes on a cluster, until the reader leaves. */
export function eventStream(kube: KubeClient, namespace: string | undefined, signal: AbortSignal): Response {
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
        const stopListening = listen(kube, namespace, (message: LiveMessage) =>
          write(`data: ${JSON.stringify(message)}\n\n`),
        );
        const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MS);
        end = () => {
          if (!openStreams().delete(end)) return;
          clearInterval(heartbeat);
          stopListening();
          try {
            controller.close();
          } catch {
            // The reader has cancelled the stream already.
          }
        };
        openStreams().add(end);
        signal.addEventListener('abort', () => end(), { once: true });
      },
      cancel: () => end(),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    },
  });
}
