import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Store } from './store.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const object = (name: string, namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
});

test('objects come in the order of their keys, those of one namespace alone', () => {
  const store = new Store();
  const collection = store.collection('', 'configmaps');
  for (const [name, namespace] of [
    ['b', 'team-a'],
    ['a', 'team'],
    ['c', 'team'],
    ['a', 'team-a'],
    ['b', 'team'],
    ['a', 'team0'],
  ] as const)
    store.put('', 'configmaps', object(name, namespace));
  store.remove('', 'configmaps', object('c', 'team'));
  const keys = (objects: { metadata: { namespace?: string; name?: string } }[]) =>
    objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  expect(keys(collection.sorted())).toEqual(['team-a/a', 'team-a/b', 'team/a', 'team/b', 'team0/a']);
  expect(keys(collection.sorted('team'))).toEqual(['team/a', 'team/b']);
  expect(keys(collection.sorted('team-a'))).toEqual(['team-a/a', 'team-a/b']);
  expect(collection.sorted('nobody')).toEqual([]);
});

test('changes can be told for five minutes, then they are forgotten', () => {
  const store = new Store();
  const collection = store.collection('', 'configmaps');
  const start = store.revision;
  store.put('', 'configmaps', object('a', 'team'));
  vi.advanceTimersByTime(4 * 60_000);
  const later = store.revision;
  store.put('', 'configmaps', object('b', 'team'));
  expect(collection.since(start)).toHaveLength(2);
  vi.advanceTimersByTime(3 * 60_000);
  store.put('', 'configmaps', object('c', 'team'));
  expect(collection.since(start)).toBeUndefined();
  expect(collection.since(later)).toHaveLength(2);
  expect(collection.sorted()).toHaveLength(3);
});

test('large objects leave a short history, but one of a hundred changes', () => {
  const store = new Store();
  const collection = store.collection('', 'configmaps');
  const put = (text: string) => {
    const before = store.revision;
    store.put('', 'configmaps', { ...object('a', 'team'), data: { text } });
    return before;
  };
  const small = put('x');
  for (let count = 0; count < 1_000; count++) put('x');
  expect(collection.since(small)).toHaveLength(1_001);
  const revisions = Array.from({ length: 300 }, () => put('x'.repeat(100_000)));
  expect(collection.since(small)).toBeUndefined();
  expect(collection.since(revisions.at(-100) ?? 0)).toHaveLength(100);
});
