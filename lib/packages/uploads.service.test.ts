import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallOptions,
  idOf,
  leftBehind,
  linesOf,
  soundPackage,
  startUploadRoutes,
  type UploadRoutes,
  uploadPath,
} from './testing/upload-routes';

let routes: UploadRoutes;
beforeAll(async () => {
  routes = await startUploadRoutes();
});
afterAll(() => routes?.stop());
afterEach(async () => {
  await routes.clear();
  expect(leftBehind()).toEqual([]);
});

describe('sending a package', () => {
  test('in parts, asking in between how much has come', async () => {
    const bytes = await soundPackage();
    const begun = await routes.begin('topolvm-operator.v2.3.0.tgz', bytes.length);
    expect(begun.status).toBe(201);
    expect(begun.headers.get('tus-resumable')).toBe('1.0.0');
    const id = idOf(begun);
    const half = Math.floor(bytes.length / 2);
    const first = await routes.part(id, 0, bytes.subarray(0, half));
    expect(first.headers.get('upload-offset')).toBe(String(half));
    const asked = await routes.call('upload', 'HEAD', uploadPath(id), { user: 'admin', id });
    expect(asked.headers.get('upload-offset')).toBe(String(half));
    expect((await routes.inspect(id)).status).toBe(409);
    expect((await routes.part(id, half, bytes.subarray(half))).status).toBe(204);
    const told = await routes.inspect(id);
    expect(await told.json()).toMatchObject({
      summary: { name: 'topolvm-operator', displayName: 'NativeStor', type: 'bundle', version: '2.3.0' },
      verification: { file: 'topolvm-operator.v2.3.0.tgz', outcome: 'none' },
    });
    const listed = await routes.call('uploads', 'GET', '/api/packages/uploads', { user: 'admin' });
    expect((await listed.json()).items).toMatchObject([{ id, size: bytes.length, received: bytes.length }]);
  });

  test('goes on where a connection broke off', async () => {
    const bytes = await soundPackage();
    const id = idOf(await routes.begin('a.tgz', bytes.length));
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(bytes.subarray(0, 100)));
      },
      pull(controller) {
        controller.error(new Error('the connection is gone'));
      },
    });
    await routes.call('upload', 'PATCH', uploadPath(id), {
      user: 'admin',
      id,
      body: broken,
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    });
    const asked = await routes.call('upload', 'HEAD', uploadPath(id), { user: 'admin', id });
    const offset = Number(asked.headers.get('upload-offset'));
    expect(offset).toBeLessThan(bytes.length);
    expect((await routes.part(id, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await routes.inspect(id)).status).toBe(200);
  });

  test.each([
    ['of another kind', 'virus.exe', 10, 422, 'packages are .tgz files'],
    ['whose name is a path', '../../etc/passwd.tgz', 10, 422, 'packages are .tgz files'],
    ['that is empty', 'a.tgz', 0, 422, 'is empty'],
    ['that is too large', 'a.tgz', 21 * 1024 ** 3, 413, 'violet push'],
    ['of no stated size', 'a.tgz', 'many', 422, 'Upload-Length'],
  ])('%s is refused', async (_what, name, size, status, said) => {
    const refused = await routes.begin(name, size);
    expect(refused.status).toBe(status);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect((await refused.json()).detail).toContain(said);
  });

  test('takes no more than was announced, and no part out of its place', async () => {
    const id = idOf(await routes.begin('a.tgz', 10));
    expect((await routes.part(id, 0, Buffer.alloc(11))).status).toBe(413);
    expect((await routes.part(id, 5, Buffer.alloc(2))).status).toBe(409);
    const typed = await routes.call('upload', 'PATCH', uploadPath(id), {
      user: 'admin',
      id,
      body: Buffer.alloc(2),
      headers: { 'content-type': 'text/plain', 'upload-offset': '0' },
    });
    expect(typed.status).toBe(415);
  });

  test('is bounded in number', async () => {
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, index) => routes.begin(`p${index}.tgz`, 10)),
    );
    expect(begun.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const refused = await routes.begin('one-more.tgz', 10);
    expect(refused.status).toBe(429);
    expect((await refused.json()).detail).toContain('You have 20 uploads waiting');
  });
});

describe('who may', () => {
  test.each(['viewer', 'operator', 'nobody'] as const)('%s may upload nothing', async (user) => {
    const refused = await routes.begin('a.tgz', 10, user);
    expect(refused.status).toBe(403);
    expect((await refused.json()).code).toBe('forbidden');
  });

  test('nobody sees the uploads of somebody else', async () => {
    const id = idOf(await routes.begin('a.tgz', 10));
    for (const method of ['HEAD', 'DELETE']) {
      const answer = await routes.call('upload', method, uploadPath(id), { user: 'viewer', id });
      expect(answer.status).toBe(404);
    }
    expect((await routes.part(id, 0, Buffer.alloc(10), 'viewer')).status).toBe(404);
    expect((await routes.inspect(id, {}, 'viewer')).status).toBe(404);
  });

  test('checks come in the order of the contract', async () => {
    const create = (options: CallOptions) =>
      routes.call('uploads', 'POST', '/api/packages/uploads', options).then(({ status }) => status);
    expect(await create({ headers: { host: 'evil.example', origin: 'http://evil.example' } })).toBe(421);
    expect(await create({ headers: { origin: 'http://evil.example' } })).toBe(401);
    expect(await create({ user: 'admin', headers: { origin: 'http://evil.example' } })).toBe(403);
    const odd = { user: 'admin', id: '../secret', json: {} } as const;
    expect((await routes.call('package', 'POST', '/api/packages/uploads/x/package', odd)).status).toBe(422);
  });
});

test.each([
  ['typed', (digest: string) => digest],
  ['in a file beside it', (digest: string) => `${digest}  topolvm-operator.v2.3.0.tgz\n`],
])('a package that matches a checksum that was %s is verified', async (_how, write) => {
  const bytes = await soundPackage();
  const checksum = write(createHash('sha256').update(bytes).digest('hex'));
  const told = await (await routes.inspect(await routes.send(bytes), { checksum })).json();
  expect(told.verification).toMatchObject({ outcome: 'checksum' });
});

test('a package that was sent on an earlier visit makes room when it is sent again', async () => {
  const bytes = await soundPackage();
  const earlier = await routes.send(bytes);
  await routes.inspect(earlier);
  const again = await routes.send(bytes);
  expect((await routes.inspect(again)).status).toBe(200);
  expect((await routes.waiting()).map(({ id }) => id)).toEqual([again]);
});

describe('pushing a package', () => {
  test('is refused before it was read, and unverified unless somebody accepts that', async () => {
    const id = await routes.send(await soundPackage());
    expect((await routes.push(id, { clusters: ['global'] })).status).toBe(409);
    expect((await routes.inspect(id)).status).toBe(200);
    const refused = await routes.push(id, { clusters: ['global'] });
    expect(refused.status).toBe(409);
    expect((await refused.json()).detail).toContain('without signature and checksum');
    expect((await routes.push(id, { clusters: ['nowhere'], acceptUnverified: true })).status).toBe(404);
    expect((await routes.push(id, { clusters: [], acceptUnverified: true })).status).toBe(422);
    expect((await routes.push(id, { clusters: ['global'], acceptUnverified: true }, 'viewer')).status).toBe(
      404,
    );
  });

  test('tells each image and object, leaves nothing on the console, and changes nothing when repeated', async () => {
    const bytes = await soundPackage();
    const once = async () => {
      const id = await routes.send(bytes);
      await routes.inspect(id);
      return linesOf(await routes.push(id, { clusters: ['business', 'global'], acceptUnverified: true }));
    };
    const first = await once();
    expect(first.at(-1)).toMatchObject({ type: 'done', summary: { name: 'topolvm-operator' } });
    expect(first.filter(({ type }) => type === 'image')).toMatchObject([{ state: 'pushed' }]);
    expect(
      first.filter(({ type }) => type === 'object').map(({ cluster, kind, state }) => [cluster, kind, state]),
    ).toEqual([
      ['business', 'Artifact', 'created'],
      ['business', 'ArtifactVersion', 'created'],
      ['global', 'Artifact', 'created'],
      ['global', 'ArtifactVersion', 'created'],
    ]);
    expect(leftBehind()).toEqual([]);
    const again = await once();
    expect(again.filter(({ type }) => type === 'image')).toMatchObject([{ state: 'present' }]);
    expect(new Set(again.filter(({ type }) => type === 'object').map(({ state }) => state))).toEqual(
      new Set(['unchanged']),
    );
  });
});
