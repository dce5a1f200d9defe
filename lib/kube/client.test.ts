import { expect, test } from 'vitest';
import { ConnectionError, KubeError } from './errors';
import { closeServers, json, serve } from './testing';

const pods = { group: '', version: 'v1', resource: 'pods' };
test('a refusal says who was asked, for what, and what it said', async () => {
  const { kube } = await serve((_, response) =>
    json(response, 403, { kind: 'Status', reason: 'Forbidden', message: 'pods is forbidden', code: 403 }),
  );
  const error = await kube.list(pods, { namespace: 'team-a' }).catch((caught) => caught);
  expect(error).toBeInstanceOf(KubeError);
  expect(error).toMatchObject({
    status: 403,
    reason: 'Forbidden',
    message: 'pods is forbidden',
    place: { cluster: 'edge', verb: 'list', resource: 'pods', namespace: 'team-a' },
  });
});

test('an unknown path answers plain text, which is told as it is', async () => {
  const { kube } = await serve((_, response) => response.writeHead(404).end('404 page not found\n'));
  await expect(kube.get(pods, 'a')).rejects.toMatchObject({
    status: 404,
    reason: '',
    message: '404 page not found',
  });
});

test('a cluster at which nothing listens is told with its name and the reason', async () => {
  const { kube } = await serve((_, response) => response.end());
  await closeServers();
  const error = await kube.get(pods, 'a').catch((caught) => caught);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.message).toMatch(/connection refused/);
  expect(error.place.cluster).toBe('edge');
});

test('an answer that is cut or not JSON is a failure, never half a list', async () => {
  const { kube } = await serve((_, response, count) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (count === 1) response.end('{"items": [');
    else response.write('{"items"', () => response.destroy());
  });
  await expect(kube.list(pods)).rejects.toBeInstanceOf(ConnectionError);
  await expect(kube.list(pods)).rejects.toBeInstanceOf(ConnectionError);
});

test('a read is repeated when the server asks to wait, a write never is', async () => {
  const busy = { kind: 'Status', reason: 'TooManyRequests', message: 'wait', code: 429 };
  const { kube, requests } = await serve((request, response, count) => {
    if (request.method === 'GET' && count > 1) json(response, 200, { kind: 'Pod', metadata: { name: 'a' } });
    else json(response, 429, busy, { 'retry-after': '0.05' });
  });
  await expect(kube.get(pods, 'a')).resolves.toMatchObject({ kind: 'Pod' });
  expect(requests()).toBe(2);
  await expect(kube.jsonPatch(pods, 'a', [])).rejects.toMatchObject({ status: 429 });
  expect(requests()).toBe(3);
});

test('a list is read page by page, without managed fields', async () => {
  const { kube } = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://server');
    const second = url.searchParams.get('continue') === 'more';
    const item = { metadata: { name: second ? 'b' : 'a', managedFields: [{}] } };
    json(response, 200, {
      metadata: { continue: second ? '' : 'more', resourceVersion: '7' },
      items: [item],
    });
  });
  const list = await kube.list(pods);
  expect(list.items.map(({ metadata }) => metadata)).toEqual([{ name: 'a' }, { name: 'b' }]);
  expect(list.resourceVersion).toBe('7');
});

test('an access review, which stores nothing, is repeated as a read is', async () => {
  const reviews = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' };
  const { kube } = await serve((request, response, count) => {
    if (count === 1) request.socket.destroy();
    else json(response, 201, { kind: 'SelfSubjectAccessReview', metadata: {}, status: { allowed: true } });
  });
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: {} };
  await expect(kube.create(reviews, review)).resolves.toMatchObject({ status: { allowed: true } });
});

test('a list that outlives its snapshot is read again as a whole', async () => {
  const { kube, asked } = await serve((request, response) => {
    const query = new URL(request.url ?? '', 'http://server').searchParams;
    if (query.has('continue'))
      json(response, 410, { kind: 'Status', reason: 'Expired', message: 'too old', code: 410 });
    else if (query.has('limit'))
      json(response, 200, { metadata: { continue: 'more' }, items: [{ metadata: { name: 'gone' } }] });
    else json(response, 200, { metadata: { resourceVersion: '9' }, items: [{ metadata: { name: 'a' } }] });
  });
  await expect(kube.list(pods)).resolves.toMatchObject({
    items: [{ metadata: { name: 'a' } }],
    resourceVersion: '9',
  });
  expect(asked).toHaveLength(3);
});

test('the time on a cluster is that of its answers', async () => {
  const { kube } = await serve((_, response) => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    json(response, 200, { metadata: {}, items: [] }, { date });
  });
  const minutesAhead = () => Math.round((kube.now() - Date.now()) / 60_000);
  expect(minutesAhead()).toBe(0);
  await kube.list(pods);
  expect(minutesAhead()).toBe(-60);
});

test('two hundred reads share a few connections, and the token travels in the header of each', async () => {
  const sockets = new Set<unknown>();
  const { kube } = await serve((request, response) => {
    sockets.add(request.socket);
    expect(request.headers.authorization).toBe('Bearer secret-token');
    json(response, 200, { kind: 'Pod', metadata: { name: 'a' } });
  });
  for (let index = 0; index < 200; index++) await kube.get(pods, 'a');
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test('a reader who leaves ends the request', async () => {
  const { kube } = await serve(() => {});
  const leave = new AbortController();
  const pending = kube.get(pods, 'a', { signal: leave.signal });
  leave.abort(new Error('left'));
  await expect(pending).rejects.toThrow('left');
});
