import { request } from 'node:https';
import { KubeConfig, makeInformer } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceRef } from '../client/types.ts';
import { type ServedCluster, serveCluster } from './served-cluster.ts';

const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
const changes = 10_000;
const objects = 200;
let served: ServedCluster;

/** Looks until `look` says yes. */
async function until(look: () => boolean, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!look()) {
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("an informer of Kubernetes' JavaScript client", () => {
  beforeAll(async () => {
    served = await serveCluster();
  });
  afterAll(() => served.close());

  test('ends with exactly the objects of the server after cut connections, a compaction and many changes', async () => {
    const { client, server } = served.cluster;
    const config = new KubeConfig();
    config.loadFromFile(served.kubeconfig);
    const path = '/api/v1/namespaces/default/configmaps';
    // What the informer asks for is a list; the generated client is not needed for it.
    const list = async () => await client.list<never>(configMaps, { namespace: 'default' });
    const informer = makeInformer(config, path, list as never);
    const seen = new Map<string, string>();
    const store = (object: { metadata?: { name?: string; resourceVersion?: string } }) =>
      seen.set(object.metadata?.name ?? '', object.metadata?.resourceVersion ?? '');
    informer.on('add', store);
    informer.on('update', store);
    informer.on('delete', (object) => seen.delete(object.metadata?.name ?? ''));
    informer.on('error', () => void informer.start());
    await informer.start();

    for (let change = 0; change < changes; change++) {
      const key = { namespace: 'default', name: `c-${change % objects}` };
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: key, data: { change: String(change) } };
      if (change < objects) await client.create(configMaps, object);
      else if (change % 97 === 0) {
        await client.delete(configMaps, key);
        await client.create(configMaps, object);
      } else await client.patch(configMaps, key, { data: { change: String(change) } }, { type: 'merge' });
      if (change % 2_500 === 2_000) await fault({ cutWatches: '*' });
      if (change % 5_000 === 4_000) {
        server.compact();
        await fault({ cutWatches: '*' });
      }
    }
    const { items } = await client.list(configMaps, { namespace: 'default' });
    const wanted = new Map(
      items.map(({ metadata }) => [metadata.name ?? '', metadata.resourceVersion ?? '']),
    );
    await until(
      () => seen.size === wanted.size && [...wanted].every(([name, version]) => seen.get(name) === version),
      20_000,
    );
    await informer.stop();
    expect(seen.size).toBe(items.length);
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
