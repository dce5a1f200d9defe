// The sandbox's API server under load: 10,000 objects; list, get, patch; 200 watchers of one kind.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startSandbox, stopAll } from '../scripts/lib/processes.mjs';

const OBJECTS = 10_000;
const REQUESTS = 5_000;
const WATCHERS = 200;
const WATCHED_PATCHES = 500;
const CONNECTIONS = 16;
const path = '/kubernetes/global/api/v1/namespaces/bench/configmaps';
const headers = { authorization: 'Bearer admin-token', 'content-type': 'application/json' };

interface Row {
  what: string;
  'per second': number;
  'p50 ms': number;
  'p99 ms': number;
  'memory MB': number;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-sandbox-'));
const sandbox = await startSandbox({ SANDBOX_PORT: '0', SANDBOX_DIR: folder, SANDBOX_STATE: 'fresh' });
const ca = await readFile(sandbox.ca, 'utf8');
const open = (connections: number) =>
  new Pool(`https://127.0.0.1:${sandbox.port}`, { connections, connect: { ca }, bodyTimeout: 0 });
const pool = open(CONNECTIONS);

/** Megabytes that the sandbox's process holds, as the system counts them (Linux); 0 elsewhere. */
function memory(): number {
  try {
    const status = readFileSync(`/proc/${sandbox.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
  } catch {
    return 0;
  }
}

function row(what: string, times: number[], totalMs: number, count = times.length): Row {
  const sorted = [...times].sort((a, b) => a - b);
  const quantile = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return {
    what,
    'per second': Math.round((count / totalMs) * 1_000),
    'p50 ms': quantile(0.5),
    'p99 ms': quantile(0.99),
    'memory MB': memory(),
  };
}

type Ask = (index: number) => {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: string;
  type?: string;
};

/** Sends `count` requests over as many connections as `parallel` says, and reads every answer to its end. */
async function run(what: string, count: number, parallel: number, ask: Ask): Promise<Row> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const { type, ...options } = ask(next++);
      const started = performance.now();
      const answer = await pool.request({
        ...options,
        headers: type ? { ...headers, 'content-type': type } : headers,
      });
      await answer.body.dump({ limit: Number.MAX_SAFE_INTEGER });
      if (answer.statusCode >= 300)
        throw new Error(`${options.method} ${options.path}: ${answer.statusCode}`);
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: parallel }, worker));
  return row(what, times, performance.now() - started);
}

const nameOf = (index: number) => `object-${String(index % OBJECTS).padStart(5, '0')}`;

function configMap(index: number): string {
  const metadata = { name: nameOf(index), labels: { shard: String(index % 10) } };
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'x'.repeat(500) } });
}

const patchOf = (index: number, value: number) => ({
  method: 'PATCH' as const,
  path: `${path}/${nameOf(index)}`,
  body: JSON.stringify({ data: { value: String(value) } }),
  type: 'application/merge-patch+json',
});

/** Every watcher must hear of every patch; times run from the sending of a patch to its event at a watcher. */
async function watch(): Promise<Row[]> {
  const streams = open(WATCHERS);
  const sent = new Map<string, number>();
  const times: number[] = [];
  const expected = WATCHERS * WATCHED_PATCHES;
  const list = await pool.request({ method: 'GET', path: `${path}?limit=1`, headers });
  const { metadata } = (await list.body.json()) as { metadata: { resourceVersion: string } };
  const query = `?watch=true&resourceVersion=${metadata.resourceVersion}`;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const bodies = await Promise.all(
    Array.from({ length: WATCHERS }, async () => {
      const { body } = await streams.request({ method: 'GET', path: path + query, headers });
      return body;
    }),
  );
  for (const body of bodies) {
    let rest = '';
    body.setEncoding('utf8');
    body.on('error', () => undefined);
    body.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const value = /"value":"(w\d+)"/.exec(line)?.[1] ?? '';
        times.push(performance.now() - (sent.get(value) ?? Number.NaN));
      }
      if (times.length >= expected) finish();
    });
  }
  const started = performance.now();
  const patches = await run('patch, while 200 watch', WATCHED_PATCHES, 4, (index) => {
    sent.set(`w${index}`, performance.now());
    return { ...patchOf(index * 7, 0), body: JSON.stringify({ data: { value: `w${index}` } }) };
  });
  await finished;
  const events = row(`events at ${WATCHERS} watchers`, times, performance.now() - started);
  await streams.destroy();
  return [patches, events];
}

try {
  const before = memory();
  await pool
    .request({
      method: 'POST',
      path: '/kubernetes/global/api/v1/namespaces',
      headers,
      body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench' } }),
    })
    .then(({ body }) => body.dump());
  const rows = [
    await run('create', OBJECTS, CONNECTIONS, (index) => ({ method: 'POST', path, body: configMap(index) })),
    await run('get', REQUESTS, CONNECTIONS, (index) => ({
      method: 'GET',
      path: `${path}/${nameOf(index * 7)}`,
    })),
    await run('list all 10,000', 20, 1, () => ({ method: 'GET', path })),
    await run('list 500 of them', 200, 4, () => ({ method: 'GET', path: `${path}?limit=500` })),
    await run('list by a label (1,000)', 100, 4, (index) => ({
      method: 'GET',
      path: `${path}?labelSelector=shard%3D${index % 10}`,
    })),
    await run('patch', REQUESTS, CONNECTIONS, (index) => patchOf(index * 7, index)),
    ...(await watch()),
  ];
  console.log(`The sandbox with ${OBJECTS} ConfigMaps of 1 kB; its process held ${before} MB before them`);
  console.table(rows);
} finally {
  await pool.destroy();
  await stopAll([sandbox.child]);
  await rm(folder, { recursive: true, force: true });
}
