import { request } from 'node:https';
import { CoreV1Api, KubeConfig, makeInformer, type V1ConfigMap } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceRef } from '../client/types.ts';
import { type ServedCluster, serveCluster } from './served-cluster.ts';
import { until } from './until.ts';

const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
const changes = 10_000;
const objects = 200;
const path = '/api/v1/namespaces/default/configmaps';
let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster();
});
afterAll(() => served.close());

/** One change as a client is told of it: `what name@resourceVersion`. */
type Told = { what: string; name: string; version: number };

const toldOf = (what: string, { metadata }: V1ConfigMap): Told => ({
  what,
  name: metadata?.name ?? '',
  version: Number(metadata?.resourceVersion),
});

/** An informer over HTTPS that starts again whenever its connection breaks, and what it was told since its last list. */
async function inform() {
  const config = new KubeConfig();
  config.loadFromFile(served.kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const told: Told[] = [];
  const lists: number[] = [];
  let breaks = 0;
  const informer = makeInformer<V1ConfigMap>(config, path, async () => {
    const list = await api.listNamespacedConfigMap({ namespace: 'default' });
    lists.push(Number(list.metadata?.resourceVersion));
    return list;
  });
  informer.on('add', (object) => told.push(toldOf('ADDED', object)));
  informer.on('update', (object) => told.push(toldOf('MODIFIED', object)));
  informer.on('delete', (object) => told.push(toldOf('DELETED', object)));
  informer.on('error', () => {
    breaks++;
    setTimeout(() => void informer.start(), 20);
  });
  await informer.start();
  return { informer, told, lists, breaks: () => breaks };
}

/** Every change of the server, in its order, as it was stored. */
function witness(): { seen: Told[]; stop: () => void } {
  const stop = new AbortController();
  const seen: Told[] = [];
  const follow = async () => {
    const options = { namespace: 'default', resourceVersion: '0', signal: stop.signal };
    for await (const { type, object } of served.cluster.client.watch(configMaps, options))
      if (type !== 'BOOKMARK') seen.push(toldOf(type, object as V1ConfigMap));
  };
  void follow();
  return { seen, stop: () => stop.abort() };
}

async function change(number: number): Promise<void> {
  const { client } = served.cluster;
  const key = { namespace: 'default', name: `c-${number % objects}` };
  const data = { change: String(number) };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: key, data };
  if (number < objects) await client.create(configMaps, object);
  else if (number % 97 === 0) {
    await client.delete(configMaps, key);
    await client.create(configMaps, object);
  } else await client.patch(configMaps, key, { data }, { type: 'merge' });
}

/** Cuts the informer's connection: one that is just being made again is cut when it stands. */
async function cut(breaks: () => number): Promise<void> {
  const before = breaks();
  await until('the informer has lost its connection', async () => {
    await fault({ cutWatches: `*${path}` });
    return breaks() > before;
  });
}

describe("an informer of Kubernetes' JavaScript client", () => {
  test('survives cut connections, a 410 and 10,000 changes: it ends with what the server has, and nothing after its last list is lost or doubled', async () => {
    const truth = witness();
    const { informer, told, lists, breaks } = await inform();
    expect(lists).toHaveLength(1);
    for (let number = 0; number < changes; number++) {
      await change(number);
      if (number % 1_000 === 500) await cut(breaks);
      // Nobody reaches the server for a while, and its history is forgotten meanwhile: only a new list helps.
      if (number === 6_000) {
        await fault({ faults: [{ path: `*${path}`, drop: true }] });
        await cut(breaks);
      }
      if (number === 6_300) {
        await fault({ compact: ['global'] });
        await fault({ reset: true });
      }
    }
    const { items } = await served.cluster.client.list(configMaps, { namespace: 'default' });
    const wanted = items.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).sort();
    const held = () =>
      informer
        .list()
        .map(({ metadata }) => `${metadata?.name}@${metadata?.resourceVersion}`)
        .sort();
    await until('the informer has caught up', () => held().join() === wanted.join(), 30_000);
    await informer.stop();
    truth.stop();

    expect(held()).toEqual(wanted);
    expect(breaks()).toBeGreaterThanOrEqual(10);
    expect(lists.length).toBeGreaterThanOrEqual(2);
    const last = lists.at(-1) ?? 0;
    const sinceLast = (all: Told[]) => all.filter(({ version }) => version > last);
    expect(sinceLast(truth.seen).length).toBeGreaterThan(3_000);
    expect(sinceLast(told)).toEqual(sinceLast(truth.seen));
  }, 60_000);
});

/** Asks for a fault the way a test from outside would. */
async function fault(body: unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(
      `${served.url}/sandbox/faults`,
      { method: 'POST', headers, ca: served.ca },
      (answer) => {
        answer
          .resume()
          .on('end', () =>
            answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
          );
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
