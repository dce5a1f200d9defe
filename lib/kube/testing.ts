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

export interface MisbehavingServer {
  kube: KubeClient;
  url: string;
  /** Path and query of every request so far. */
  asked: string[];
  requests(): number;
}

/** A server that misbehaves as the test says: what a sound API server never does can't come from the sandbox. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<MisbehavingServer> {
  const asked: string[] = [];
  const server = createServer((request, response) =>
    answer(request, response, asked.push(request.url ?? '')),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const kube = new KubeClient(
    { name: 'edge', baseUrl: url, dispatcher: clusterAgent() },
    bearerCredentials('secret-token'),
  );
  return { kube, url, asked, requests: () => asked.length };
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
