import { beforeEach, describe, expect, test } from 'vitest';
import { configMap, configMaps, key, refusal, TestServer } from './testing/test-server.ts';

let on: TestServer;

beforeEach(() => {
  on = new TestServer();
});

describe('listing and watching', () => {
  test('chunks show the state of the first one', async () => {
    for (const name of ['a', 'b', 'c']) await on.client.create(configMaps, configMap(name));
    const first = await on.client.list(configMaps, { namespace: 'default', limit: 2 });
    expect(first.metadata.remainingItemCount).toBe(1);
    await on.client.delete(configMaps, key('c'));
    await on.client.create(configMaps, configMap('d'));
    const second = await on.client.list(configMaps, {
      namespace: 'default',
      limit: 2,
      continue: first.metadata.continue,
    });
    expect([...first.items, ...second.items].map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  });

  test('selectors choose by labels and fields', async () => {
    await on.client.create(configMaps, {
      ...configMap('a'),
      metadata: { ...key('a'), labels: { app: 'x', tier: 'front' } },
    });
    await on.client.create(configMaps, {
      ...configMap('b'),
      metadata: { ...key('b'), labels: { app: 'y' } },
    });
    const names = async (options: { labelSelector?: string; fieldSelector?: string }) =>
      (await on.client.list(configMaps, { namespace: 'default', ...options })).items.map(
        ({ metadata }) => metadata.name,
      );
    expect(await names({ labelSelector: 'app in (x, y),!tier' })).toEqual(['b']);
    expect(await names({ labelSelector: 'app!=y' })).toEqual(['a']);
    expect(await names({ fieldSelector: 'metadata.name=a' })).toEqual(['a']);
  });

  test('a watch with a selector tells of objects that leave it as deleted', async () => {
    const { metadata } = await on.client.list(configMaps);
    await on.client.create(configMaps, {
      ...configMap('a'),
      metadata: { ...key('a'), labels: { app: 'x' } },
    });
    await on.client.patch(configMaps, key('a'), { metadata: { labels: { app: 'y' } } }, { type: 'merge' });
    const seen: string[] = [];
    for await (const { type } of on.client.watch(configMaps, {
      labelSelector: 'app=x',
      resourceVersion: metadata.resourceVersion,
    })) {
      seen.push(type);
      if (type === 'DELETED') break;
    }
    expect(seen).toEqual(['ADDED', 'DELETED']);
  });

  test('a watch from a forgotten version ends with 410', async () => {
    const { metadata } = await on.client.list(configMaps);
    await on.client.create(configMaps, configMap('a'));
    on.server.compact();
    const watching = on.client.watch(configMaps, { resourceVersion: metadata.resourceVersion }).next();
    expect(await refusal(watching)).toMatchObject({ code: 410, reason: 'Expired' });
  });
});
