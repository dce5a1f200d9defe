import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

/** What passed between the console and the platform. */
export interface Traffic {
  requests: number;
  watches: number;
  cutWatches: number;
  refused: number;
  /** By path, how often a patch of an InstallPlan was accepted. */
  approvals: Map<string, number>;
}

export interface CountingProxy {
  url: string;
  /** Which platform the requests go to. */
  aim: (platform: string, ca: string) => void;
  /** What passed since the last call. */
  take: () => Traffic;
  /**
   * @param answers share of answers that are 409, 429 or 500 in place of the platform's
   * @param everyWatch of how many watches one is cut, the first of them first; 0 for none
   */
  harm: (harm: { answers: number; everyWatch: number }) => void;
  stop: () => Promise<void>;
}

const refusals = [
  { code: 409, reason: 'Conflict' },
  { code: 429, reason: 'TooManyRequests' },
  { code: 500, reason: 'InternalError' },
];

/** Stands before a platform, counts what passes, and harms it as asked. The harm is the same in every run. */
export async function startCountingProxy(): Promise<CountingProxy> {
  let platform = '';
  let dispatcher = new Agent();
  const random = seeded(7);
  let harm = { answers: 0, everyWatch: 0 };
  let harmedWatches = 0;
  let traffic = nothing();
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const isWatch = url.includes('watch=1');
    traffic.requests++;
    if (isWatch) traffic.watches++;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const refusal = random() < harm.answers ? refusals[Math.floor(random() * refusals.length)] : undefined;
    if (refusal) {
      traffic.refused++;
      const status = {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message: 'harm of the bench',
        ...refusal,
      };
      outgoing.writeHead(refusal.code, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(status));
      return;
    }
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...kept } = headers;
    const answer = await request(platform + url, {
      method: method as 'GET',
      dispatcher,
      headers: kept,
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      signal: gone.signal,
    });
    if (method === 'PATCH' && answer.statusCode < 300 && url.includes('/installplans/')) {
      const path = url.split('?')[0] ?? url;
      traffic.approvals.set(path, (traffic.approvals.get(path) ?? 0) + 1);
    }
    const { connection: _c, 'transfer-encoding': _t, 'content-length': _l, ...answered } = answer.headers;
    outgoing.writeHead(answer.statusCode, answered as Record<string, string>);
    if (isWatch && harm.everyWatch > 0 && harmedWatches++ % harm.everyWatch === 0) {
      traffic.cutWatches++;
      setTimeout(() => outgoing.destroy(), 500 + random() * 1500);
    }
    for await (const chunk of answer.body) outgoing.write(chunk);
    outgoing.end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim: (address, ca) => {
      platform = address;
      dispatcher = new Agent({ connect: { ca }, connections: 128, bodyTimeout: 0, headersTimeout: 0 });
    },
    take: () => {
      const taken = traffic;
      traffic = nothing();
      return taken;
    },
    harm: (next) => {
      harm = next;
      harmedWatches = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await dispatcher.destroy();
    },
  };
}

function nothing(): Traffic {
  return { requests: 0, watches: 0, cutWatches: 0, refused: 0, approvals: new Map() };
}

/** A small generator (mulberry32), so that two runs meet the same harm. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
