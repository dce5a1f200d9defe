import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { KubeClient } from './client';
import { openCollection } from './collection';
import { json, serve } from './testing';
import { type WatchOptions, watchChanges } from './watch';

const pods = { group: '', version: 'v1', resource: 'pods' };
const status = (code: number, reason: string, more = {}) => ({
  kind: 'Status',
  code,
  reason,
  message: reason,
  ...more,
});
const pod = (name: string, resourceVersion: string) => ({
  kind: 'Pod',
  metadata: { name, uid: name, resourceVersion },
});

const until = (fulfilled: () => void) => vi.waitFor(fulfilled, { timeout: 30_000, interval: 20 });

const isWatch = (url = '') => url.includes('watch=1');
const versionOf = (url = '') => new URL(url, 'http://server').searchParams.get('resourceVersion');

function stream(response: ServerResponse, ...events: unknown[]): ServerResponse {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  for (const event of events) response.write(`${JSON.stringify(event)}\n`);
  return response;
}

/** What a watch tells, in order. */
function follow(kube: KubeClient, options: Omit<WatchOptions, 'signal'> = {}): string[] {
  const told: string[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  void watchChanges(
    kube,
    pods,
    { ...options, signal: stop.signal },
    {
      onBegin: () => told.push('begin'),
      onEvent: ({ type, object }) => told.push(`${type} ${object.metadata.name}`),
      onGap: () => told.push('gap'),
      onRefused: (error) => told.push(`refused ${error.status}`),
    },
  );
  return told;
}

test('a watch begins where the collection is now, and goes on where it was cut', async () => {
  const { kube, asked } = await serve((request, response, count) => {
    if (!isWatch(request.url)) json(response, 200, { metadata: { resourceVersion: '5' }, items: [] });
    else if (count === 2) {
      stream(
        response,
        { type: 'ADDED', object: pod('a', '6') },
        { type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '8' } } },
      ).end();
    } else stream(response, { type: 'DELETED', object: pod('a', '9') });
  });
  const told = follow(kube);
  await until(() => expect(told).toContain('DELETED a'));
  expect(told).toEqual(['begin', 'ADDED a', 'DELETED a']);
  expect(asked.filter(isWatch).map(versionOf)).toEqual(['5', '8']);
});

test.each([
  ['an expired version, answered as such', 410, status(410, 'Expired')],
  ['a version that is not understood any more', 400, status(400, 'BadRequest')],
  [
    'a version of before etcd was restored',
    504,
    status(504, 'Timeout', {
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 9 },
    }),
  ],
  ['an expired version, told in the stream', 200, status(410, 'Expired')],
  ['an error in mid-stream', 200, status(500, 'InternalError')],
])('%s is a gap, after which the watch begins anew', async (_, code, said) => {
  const { kube, asked } = await serve((request, response) => {
    if (!isWatch(request.url)) json(response, 200, { metadata: { resourceVersion: '7' }, items: [] });
    else if (versionOf(request.url) === '7') stream(response, { type: 'ADDED', object: pod('b', '8') });
    else if (code === 200) stream(response, { type: 'ERROR', object: said }).end();
    else json(response, code, said);
  });
  const told = follow(kube, { resourceVersion: '3' });
  await until(() => expect(told).toContain('ADDED b'));
  expect(told).toEqual(['gap', 'ADDED b']);
  expect(asked.filter(isWatch).map(versionOf)).toEqual(['3', '7']);
});

test('a refusal ends the watch', async () => {
  const { kube } = await serve((_, response) => json(response, 403, status(403, 'Forbidden')));
  const told = follow(kube);
  await until(() => expect(told).not.toEqual([]));
  expect(told).toEqual(['refused 403']);
});

test('a watch that something in between ends at once is not asked for without a pause', async () => {
  let answered = 0;
  const { kube } = await serve((request, response) => {
    if (!isWatch(request.url)) return json(response, 200, { metadata: { resourceVersion: '5' } });
    const last = ++answered === 3;
    stream(response, ...(last ? [{ type: 'ADDED', object: pod('a', '6') }] : []));
    if (!last) response.end();
  });
  const begun = Date.now();
  const told = follow(kube);
  await until(() => expect(told).toContain('ADDED a'));
  // Two pauses of the backoff: half a second and a second.
  expect(Date.now() - begun).toBeGreaterThan(1_000);
});

test('who needs only the names asks for metadata only', async () => {
  const accepted: (string | undefined)[] = [];
  const { kube } = await serve((request, response) => {
    if (!isWatch(request.url)) return json(response, 200, { metadata: { resourceVersion: '5' } });
    accepted.push(request.headers.accept);
    stream(response, { type: 'ADDED', object: pod('a', '6') });
  });
  const told = follow(kube, { metadataOnly: true });
  await until(() => expect(told).toContain('ADDED a'));
  expect(accepted).toEqual(['application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json']);
});

test('a collection is read again after a gap, and goes on where that list ends', async () => {
  let lists = 0;
  const { kube, asked } = await serve((request, response) => {
    if (!isWatch(request.url)) {
      const names = ++lists === 1 ? ['a', 'b'] : ['b', 'c'];
      const items = names.map((name) => pod(name, '1'));
      json(response, 200, { metadata: { resourceVersion: lists === 1 ? '2' : '20' }, items });
    } else if (versionOf(request.url) === '2') json(response, 410, status(410, 'Expired'));
    else stream(response, { type: 'ADDED', object: pod('d', '21') });
  });
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const collection = await openCollection(
    kube,
    pods,
    { signal: stop.signal },
    (object) => object,
    () => {},
  );
  expect(collection.items().map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  await until(() => expect(collection.items().map(({ metadata }) => metadata.name)).toEqual(['b', 'c', 'd']));
  expect(asked.filter(isWatch).map(versionOf)).toEqual(['2', '20']);
});

test('a hundred watches leave room for requests', async () => {
  let open = 0;
  const { kube } = await serve((request, response) => {
    if (!isWatch(request.url)) return json(response, 200, { metadata: { resourceVersion: '5' } });
    open++;
    stream(response);
  });
  for (let index = 0; index < 100; index++) follow(kube, { resourceVersion: '5' });
  await until(() => expect(open).toBe(100));
  await expect(kube.list(pods)).resolves.toMatchObject({ items: [] });
});
