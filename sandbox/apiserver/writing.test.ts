import { beforeEach, describe, expect, test } from 'vitest';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import { arrayAt, at } from './json.ts';
import { configMap, configMaps, key, refusal, TestServer } from './testing/test-server.ts';

const namespaces: ResourceRef = { group: '', version: 'v1', resource: 'namespaces' };

let on: TestServer;

beforeEach(() => {
  on = new TestServer();
});

describe('writing', () => {
  test('a write that is based on an old version is refused, and the new one counts', async () => {
    const first = await on.client.create(configMaps, configMap('a'));
    await on.client.update(configMaps, { ...first, data: { x: '1' } });
    expect(await refusal(on.client.update(configMaps, { ...first, data: { x: '2' } }))).toMatchObject({
      code: 409,
      reason: 'Conflict',
    });
    expect((await on.client.get(configMaps, key('a'))).data).toEqual({ x: '1' });
  });

  test('a write that changes nothing keeps the resource version', async () => {
    const first = await on.client.create(configMaps, configMap('a', { x: '1' }));
    const second = await on.client.update(configMaps, first);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  test('a dry run answers the object and stores nothing', async () => {
    expect((await on.client.create(configMaps, configMap('a'), { dryRun: true })).metadata.uid).toBeDefined();
    expect(await on.client.find(configMaps, key('a'))).toBeUndefined();
  });

  test('nothing can be created in a namespace that is going away', async () => {
    await on.client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } });
    await on.client.delete(namespaces, { name: 'gone' });
    const status = await refusal(
      on.client.create(configMaps, { ...configMap('a'), metadata: { name: 'a', namespace: 'gone' } }),
    );
    expect(status).toMatchObject({ code: 403, details: { causes: [{ reason: 'NamespaceTerminating' }] } });
  });

  test('a finalizer keeps a deleted object until it is removed', async () => {
    await on.client.create(configMaps, {
      ...configMap('a'),
      metadata: { ...key('a'), finalizers: ['example.com/hold'] },
    });
    expect(await on.client.delete(configMaps, key('a'))).toMatchObject({
      metadata: { deletionTimestamp: expect.any(String) },
    });
    await on.client.patch(configMaps, key('a'), { metadata: { finalizers: null } }, { type: 'merge' });
    expect(await on.client.find(configMaps, key('a'))).toBeUndefined();
  });

  test('a deletion with a foreign uid as precondition is refused', async () => {
    await on.client.create(configMaps, configMap('a'));
    const status = await refusal(
      on.client.delete(configMaps, key('a'), { preconditions: { uid: 'another' } }),
    );
    expect(status).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  test('generateName makes a name of the given beginning', async () => {
    const made = await on.client.create<KubeObject>(configMaps, {
      ...configMap(''),
      metadata: { generateName: 'x-', namespace: 'default' },
    });
    expect(made.metadata.name).toMatch(/^x-[a-z0-9]{5}$/);
  });
});

describe('patching', () => {
  test('a JSON patch whose test fails is refused with 422', async () => {
    await on.client.create(configMaps, configMap('a', { x: '1' }));
    const patch = [
      { op: 'test', path: '/data/x', value: '2' },
      { op: 'replace', path: '/data/x', value: '3' },
    ];
    expect(await refusal(on.client.patch(configMaps, key('a'), patch, { type: 'json' }))).toMatchObject({
      code: 422,
      reason: 'Invalid',
    });
  });

  test('strategic merge merges containers by name', async () => {
    const pods: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
    const containers = [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1' },
    ];
    await on.client.create(pods, { apiVersion: 'v1', kind: 'Pod', metadata: key('p'), spec: { containers } });
    const patch = { spec: { containers: [{ name: 'b', image: 'b:2' }] } };
    const patched = await on.client.patch(pods, key('p'), patch, { type: 'strategic' });
    expect(arrayAt(patched, 'spec', 'containers').map((container) => at(container, 'image'))).toEqual([
      'a:1',
      'b:2',
    ]);
  });

  test('what an applier no longer applies is removed, what others own conflicts', async () => {
    await on.client.create(configMaps, configMap('a', { theirs: '1' }));
    const apply = (data: Record<string, string>, force = false) =>
      on.client.patch(configMaps, key('a'), configMap('a', data), {
        type: 'apply',
        fieldManager: 'me',
        force,
      });
    await apply({ mine: '1', more: '1' });
    expect((await apply({ mine: '2' })).data).toEqual({ theirs: '1', mine: '2' });
    expect(await refusal(apply({ theirs: '2' }))).toMatchObject({
      code: 409,
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.theirs' }] },
    });
    expect((await apply({ theirs: '2' }, true)).data).toEqual({ theirs: '2' });
  });
});
