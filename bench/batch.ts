// A batch upgrade of 300 components over 3 clusters: against a bare loop of the same patches, and with a platform that
// refuses 5 % of all requests and cuts every tenth watch, beginning with the first.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { startStack } from '../e2e/support/stack';
import { ensureBuilt } from '../scripts/lib/build.mjs';
import { batchCatalog, firstVersion, packageName } from './batch-catalog';
import { startCountingProxy, type Traffic } from './counting-proxy';

const COMPONENTS = Number(process.argv[2] ?? 300);
const clusters = ['global', 'business', 'edge'];
const each = Math.ceil(COMPONENTS / clusters.length);
const MAX_MINUTES = 20;

interface Plan {
  metadata: { name: string; namespace: string; uid: string };
  spec: { approved: boolean; clusterServiceVersionNames: string[] };
  status?: { phase?: string };
}
interface Component {
  name: string;
  selectable: boolean;
}
interface Row {
  what: string;
  seconds: number;
  requests: number;
  'requests per component': number;
  succeeded: number;
  'sent twice': number;
  refused: number;
  watches: number;
  'watches cut': number;
  'console MB': number;
}

await ensureBuilt();
const folder = await mkdtemp(join(tmpdir(), 'bench-batch-'));
await writeFile(join(folder, 'catalog.json'), batchCatalog(each));
const proxy = await startCountingProxy();
const stack = await startStack({
  state: 'fresh',
  sandbox: {
    SANDBOX_SPEED: '50',
    SANDBOX_SYNTHESISE: '1',
    SANDBOX_CATALOGS: `bench=${join(folder, 'catalog.json')}`,
  },
  console: { PLATFORM_URL: proxy.url, PLATFORM_CA: '' },
});
const ca = await readFile(stack.ca, 'utf8');
const direct = new Agent({ connect: { ca }, connections: 16 });
proxy.aim(stack.sandboxUrl, ca);

async function ask<T>(
  base: string,
  path: string,
  method = 'GET',
  body?: unknown,
  type = 'application/json',
): Promise<T> {
  const answer = await request(base + path, {
    method: method as 'GET',
    dispatcher: base.startsWith('https') ? direct : undefined,
    headers: { authorization: 'Bearer admin-token', ...(body ? { 'content-type': type } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

const platform = stack.sandboxUrl;
const olm = (cluster: string) => `/kubernetes/${cluster}/apis/operators.coreos.com/v1alpha1`;
const plansOf = async (base: string, cluster: string) =>
  (await ask<{ items: Plan[] }>(base, `${olm(cluster)}/installplans`)).items;

async function until(what: string, fulfilled: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + MAX_MINUTES * 60_000;
  while (!(await fulfilled())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${MAX_MINUTES} minutes`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Every component has a plan that waits. */
async function allWait(): Promise<void> {
  await until('plans that wait', async () => {
    const counts = await Promise.all(
      clusters.map(async (cluster) => (await plansOf(platform, cluster)).filter(isWaiting).length),
    );
    return counts.every((count) => count === each);
  });
}

function isWaiting({ spec, status }: Plan): boolean {
  return !spec.approved && status?.phase === 'RequiresApproval';
}

async function approve(base: string, cluster: string, { metadata }: Plan): Promise<void> {
  const { namespace, name, uid } = metadata;
  const patch = [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'replace', path: '/spec/approved', value: true },
  ];
  const path = `${olm(cluster)}/namespaces/${namespace}/installplans/${name}`;
  await ask(base, path, 'PATCH', patch, 'application/json-patch+json');
}

async function succeeded(version: string): Promise<number> {
  const counts = await Promise.all(
    clusters.map(async (cluster) => {
      const { items } = await ask<{ items: { metadata: { name: string }; status?: { phase?: string } }[] }>(
        platform,
        `${olm(cluster)}/clusterserviceversions`,
      );
      return items.filter(
        ({ metadata, status }) => metadata.name.endsWith(version) && status?.phase === 'Succeeded',
      ).length;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function install(): Promise<void> {
  for (const cluster of clusters) {
    for (let index = 0; index < each; index++) {
      const name = packageName(index);
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      await ask(platform, `/kubernetes/${cluster}/api/v1/namespaces`, 'POST', namespace);
      await ask(platform, `${olm(cluster)}/namespaces/${name}/subscriptions`, 'POST', {
        apiVersion: 'operators.coreos.com/v1alpha1',
        kind: 'Subscription',
        metadata: { name, namespace: name, annotations: { 'cpaas.io/target-namespaces': name } },
        spec: {
          name,
          channel: 'stable',
          source: 'bench',
          sourceNamespace: 'cpaas-system',
          installPlanApproval: 'Manual',
          startingCSV: firstVersion(index),
        },
      });
    }
  }
  await allWait();
  for (const cluster of clusters)
    for (const plan of await plansOf(platform, cluster)) await approve(platform, cluster, plan);
  await until('first versions', async () => (await succeeded('v1.0.0')) === each * clusters.length);
}

async function memory(): Promise<number> {
  const text = await (await fetch(`${stack.url}/api/metrics`)).text();
  return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1024 ** 2);
}

async function signIn(): Promise<string> {
  const answer = await fetch(`${stack.url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stack.url },
    body: JSON.stringify({ token: 'admin-token' }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function measure(what: string, version: string, run: () => Promise<void>): Promise<Row> {
  await allWait();
  proxy.take();
  const started = performance.now();
  let peak = await memory();
  const timer = setInterval(
    () =>
      void memory().then((now) => {
        peak = Math.max(peak, now);
      }),
    1_000,
  );
  await run();
  await until(`versions ${version}`, async () => (await succeeded(version)) === each * clusters.length);
  clearInterval(timer);
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  const traffic: Traffic = proxy.take();
  return {
    what,
    seconds,
    requests: traffic.requests,
    'requests per component': Number((traffic.requests / (each * clusters.length)).toFixed(1)),
    succeeded: await succeeded(version),
    'sent twice': [...traffic.approvals.values()].filter((times) => times > 1).length,
    refused: traffic.refused,
    watches: traffic.watches,
    'watches cut': traffic.cutWatches,
    'console MB': peak,
  };
}

async function bareLoop(): Promise<void> {
  await Promise.all(
    clusters.map(async (cluster) => {
      for (const plan of (await plansOf(proxy.url, cluster)).filter(isWaiting))
        await approve(proxy.url, cluster, plan);
    }),
  );
}

async function batch(cookie: string): Promise<void> {
  await Promise.all(clusters.map((cluster) => batchOn(cluster, cookie)));
}

async function batchOn(cluster: string, cookie: string): Promise<void> {
  const path = `${stack.url}/api/clusters/${cluster}/features`;
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(path, { headers: { cookie } });
    const items = answer.ok ? ((await answer.json()) as { items: Component[] }).items : [];
    const components = items.filter(({ selectable, name }) => selectable && name.startsWith('bench-'));
    if (components.length < each && attempt < 20) continue;
    const run = await fetch(`${path}/upgrade`, {
      method: 'POST',
      headers: { cookie, origin: stack.url, 'content-type': 'application/json' },
      body: JSON.stringify({ components }),
    });
    const lines = (await run.text()).trim().split('\n');
    const failed = lines.filter((line) => line.includes('"state":"failed"') || line.includes('"problem"'));
    if (failed.length > 0) console.log(`${cluster}: ${failed.length} lines of failure, such as ${failed[0]}`);
    return;
  }
}

try {
  await install();
  const cookie = await signIn();
  const rows: Row[] = [];
  rows.push(await measure('bare loop of the patches', 'v1.1.0', bareLoop));
  rows.push(await measure('batch', 'v1.2.0', () => batch(cookie)));
  proxy.harm({ answers: 0.05, everyWatch: 10 });
  rows.push(await measure('batch, 5 % refused, every tenth watch cut', 'v1.3.0', () => batch(cookie)));
  proxy.harm({ answers: 0, everyWatch: 0 });
  console.log(`${each * clusters.length} operators over ${clusters.length} clusters`);
  console.table(rows);
  const harmed = rows.at(-1);
  if (!harmed?.refused || !harmed['watches cut'])
    throw new Error('Nothing was harmed: the last row says nothing.');
  const lost = rows.some((row) => row.succeeded !== each * clusters.length || row['sent twice'] > 0);
  console.log(lost ? 'Something was lost or sent twice.' : 'Nothing was lost, nothing was sent twice.');
  if (lost) process.exitCode = 1;
} finally {
  await stack.stop();
  await proxy.stop();
  await direct.destroy();
  await rm(folder, { recursive: true, force: true });
}
