import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { KubeClient } from './client';
import { bearerCredentials, clusterAgent } from './endpoint';

const servers: Server[] = [];
afterEach(closeServers);

/** Ends every server of the test, and the connections to them. */
export async function closeServers(): Promise<void> {
  await Promise.all(
    servers.splice(0).map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    }),
  );
}

/** A server that misbehaves as the test says: what a sound API server never does can't come from the sandbox. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
) {
  let count = 0;
  const server = createServer((request, response) => answer(request, response, ++count));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = { name: 'edge', baseUrl: `http://127.0.0.1:${port}`, dispatcher: clusterAgent() };
  return { kube: new KubeClient(endpoint, bearerCredentials('secret-token')), requests: () => count };
}

/** Answers a request with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
