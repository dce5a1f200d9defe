import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Thrown by a handler, or by the body of its response, to end the connection without an answer. */
export class ConnectionDropped extends Error {}

export interface ListenOptions {
  port: number;
  key: string;
  cert: string;
}

export type Handler = (request: Request) => Promise<Response>;

/** A listening HTTPS server. */
export interface Listening {
  port: number;
  /** Ends watches and connections at once. */
  close(): Promise<void>;
}

/**
 * Puts an HTTPS socket on 127.0.0.1 before a `handle(request)`.
 * @throws the error of `listen`, e.g. `EADDRINUSE`
 */
export function listen(handle: Handler, { port, key, cert }: ListenOptions): Promise<Listening> {
  const server = createServer(
    { key, cert, keepAliveTimeout: 65_000, requestTimeout: 60_000 },
    (incoming, outgoing) => {
      void answer(handle, incoming, outgoing);
    },
  );
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve({ port: (server.address() as AddressInfo).port, close: () => closeAll(server) });
    });
  });
}

function closeAll(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(handle: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const answered = new AbortController();
  outgoing.on('close', () => gone.abort());
  try {
    const response = await handle(toRequest(incoming, gone.signal, answered.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (!response.body || incoming.method === 'HEAD') {
      outgoing.end();
      return;
    }
    await pipe(response.body, outgoing, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    // The connection is to break, as if the network had.
    if (error instanceof ConnectionDropped) {
      outgoing.destroy();
      return;
    }
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
    outgoing.end(error instanceof Error ? error.message : String(error));
  } finally {
    answered.abort();
  }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal, answered: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name.startsWith(':') || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const url = new URL(incoming.url ?? '/', `https://${incoming.headers.host ?? '127.0.0.1'}`);
  if (!hasBody) return new Request(url, { method, headers, signal });
  // `duplex` is what fetch asks for with a streamed body; TypeScript's DOM library does not know it yet.
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    signal,
    body: bodyOf(incoming, answered),
    duplex: 'half',
  };
  return new Request(url, init);
}

/**
 * The body of a request as a stream. What nobody reads is taken off the wire all the same: a client that still sends
 * would never look at the answer.
 */
function bodyOf(incoming: IncomingMessage, answered: AbortSignal): ReadableStream<Uint8Array> {
  let isWanted = true;
  const discard = () => {
    isWanted = false;
    incoming.resume();
  };
  answered.addEventListener('abort', discard, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        incoming.on('data', (chunk: Buffer) => {
          if (!isWanted) return;
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.once('end', () => isWanted && controller.close());
        incoming.once('error', (error) => isWanted && controller.error(error));
        incoming.pause();
      },
      pull: () => void incoming.resume(),
      cancel: discard,
    },
    { highWaterMark: 1 },
  );
}

/** Copies a body with back-pressure, so that a slow client does not fill the memory. */
async function pipe(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
  let next = reader.read();
  // Watches may be silent for long: the client must learn that its watch stands before the first event. What is there at
  // once goes out with the headers.
  if (!(await Promise.race([next, immediately()]))) outgoing.flushHeaders();
  for (;;) {
    const { value, done } = await next;
    if (done || signal.aborted) break;
    if (!outgoing.write(value)) await drained(outgoing, signal);
    next = reader.read();
  }
  outgoing.end();
}

function immediately(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(undefined));
  });
}

function drained(outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    outgoing.on('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
