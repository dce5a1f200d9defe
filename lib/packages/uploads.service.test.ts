import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, type SandboxUser, startSandbox } from '@/lib/testing/sandbox';
import { makeArchive, packageEntries, type TestEntry, testImage, testManifest } from './testing/make-archive';

/** The routes are called as Next.js calls them; the platform behind them is the sandbox. */

const origin = 'http://127.0.0.1:3000';
type Handler = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;
let sandbox: Sandbox;
let routes: {
  uploads: { GET: Handler; POST: Handler };
  upload: { HEAD: Handler; PATCH: Handler; DELETE: Handler };
  package: { POST: Handler };
  push: { POST: Handler };
  token: { POST: Handler };
};
const cookies = new Map<SandboxUser, string>();

beforeAll(async () => {
  sandbox = await startSandbox();
  Object.assign(process.env, {
    PLATFORM_URL: sandbox.url,
    PLATFORM_CA: join(sandbox.kubeconfig, '..', 'ca.crt'),
    SESSION_SECRET: randomBytes(32).toString('hex'),
    PUBLIC_URL: origin,
  });
  routes = {
    uploads: await import('@/app/api/packages/uploads/route'),
    upload: await import('@/app/api/packages/uploads/[id]/route'),
    package: await import('@/app/api/packages/uploads/[id]/package/route'),
    push: await import('@/app/api/packages/uploads/[id]/push/route'),
    token: await import('@/app/api/auth/token/route'),
  };
  for (const user of ['admin', 'viewer', 'operator', 'nobody'] as const) {
    const answer = await call(routes.token.POST, 'POST', '/api/auth/token', {
      json: { token: `${user}-token` },
    });
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    cookies.set(user, set.join('; '));
  }
});
afterAll(async () => {
  await sandbox?.stop();
  // The runner's workers are killed, so that what a console does at its end does not happen.
  for (const folder of uploadFolders()) await rm(join(tmpdir(), folder), { recursive: true });
});

interface CallOptions {
  user?: SandboxUser;
  id?: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  json?: unknown;
}

function call(handler: Handler, method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { user, id, headers, body, json } = options;
  const request = new Request(`${origin}${path}`, {
    method,
    headers: {
      host: '127.0.0.1:3000',
      origin,
      'tus-resumable': '1.0.0',
      ...(user ? { cookie: cookies.get(user) ?? '' } : {}),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body ? { body: new Uint8Array(body) } : json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  return handler(request, { params: Promise.resolve<Record<string, string>>(id ? { id } : {}) });
}

const path = (id: string) => `/api/packages/uploads/${id}`;

function begin(fileName: string, size: number | string, user: SandboxUser = 'admin'): Promise<Response> {
  const filename = Buffer.from(fileName).toString('base64');
  return call(routes.uploads.POST, 'POST', '/api/packages/uploads', {
    user,
    headers: { 'upload-length': String(size), 'upload-metadata': `filename ${filename}` },
  });
}

function part(id: string, offset: number, body: Uint8Array, user: SandboxUser = 'admin'): Promise<Response> {
  return call(routes.upload.PATCH, 'PATCH', path(id), {
    user,
    id,
    body,
    headers: {
      'content-type': 'application/offset+octet-stream',
      'content-length': String(body.length),
      'upload-offset': String(offset),
    },
  });
}

const idOf = (response: Response) => response.headers.get('location')?.split('/').at(-1) ?? '';

async function send(bytes: Uint8Array, fileName = 'topolvm-operator.v2.3.0.tgz'): Promise<string> {
  const id = idOf(await begin(fileName, bytes.length));
  expect((await part(id, 0, bytes)).status).toBe(204);
  return id;
}

const inspect = (id: string, json: unknown = {}, user: SandboxUser = 'admin') =>
  call(routes.package.POST, 'POST', `${path(id)}/package`, { user, id, json });

function uploadFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`marketplace-uploads-${process.pid}-`));
}

/** What lies in the folder of uploads of this process. */
function left(): string[] {
  return uploadFolders().flatMap((folder) => readdirSync(join(tmpdir(), folder)));
}

const sound = () =>
  makeArchive(
    packageEntries([testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('a'))]),
  );

afterEach(async () => {
  const { items } = await (
    await call(routes.uploads.GET, 'GET', '/api/packages/uploads', { user: 'admin' })
  ).json();
  for (const { id } of items) await call(routes.upload.DELETE, 'DELETE', path(id), { user: 'admin', id });
  expect(left()).toEqual([]);
});

describe('sending a package', () => {
  test('in parts, asking in between how much has come', async () => {
    const bytes = await sound();
    const begun = await begin('topolvm-operator.v2.3.0.tgz', bytes.length);
    expect(begun.status).toBe(201);
    expect(begun.headers.get('tus-resumable')).toBe('1.0.0');
    const id = idOf(begun);
    const half = Math.floor(bytes.length / 2);
    const first = await part(id, 0, bytes.subarray(0, half));
    expect(first.headers.get('upload-offset')).toBe(String(half));
    const asked = await call(routes.upload.HEAD, 'HEAD', path(id), { user: 'admin', id });
    expect(asked.headers.get('upload-offset')).toBe(String(half));
    expect((await inspect(id)).status).toBe(409);
    expect((await part(id, half, bytes.subarray(half))).status).toBe(204);
    const told = await inspect(id);
    expect(await told.json()).toMatchObject({
      summary: { name: 'topolvm-operator', displayName: 'NativeStor', type: 'bundle', version: '2.3.0' },
      verification: { file: 'topolvm-operator.v2.3.0.tgz', outcome: 'none' },
    });
    const listed = await call(routes.uploads.GET, 'GET', '/api/packages/uploads', { user: 'admin' });
    expect((await listed.json()).items).toMatchObject([{ id, size: bytes.length, received: bytes.length }]);
  });

  test('goes on where a connection broke off', async () => {
    const bytes = await sound();
    const id = idOf(await begin('a.tgz', bytes.length));
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(bytes.subarray(0, 100)));
      },
      pull(controller) {
        controller.error(new Error('the connection is gone'));
      },
    });
    const request = new Request(`${origin}${path(id)}`, {
      method: 'PATCH',
      headers: {
        host: '127.0.0.1:3000',
        origin,
        cookie: cookies.get('admin') ?? '',
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
      body: broken,
      duplex: 'half',
    } as RequestInit);
    await routes.upload.PATCH(request, { params: Promise.resolve({ id }) });
    const asked = await call(routes.upload.HEAD, 'HEAD', path(id), { user: 'admin', id });
    const offset = Number(asked.headers.get('upload-offset'));
    expect(offset).toBeLessThan(bytes.length);
    expect((await part(id, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await inspect(id)).status).toBe(200);
  });

  test.each([
    ['of another kind', 'virus.exe', 10, 422, 'packages are .tgz files'],
    ['whose name is a path', '../../etc/passwd.tgz', 10, 422, 'packages are .tgz files'],
    ['that is empty', 'a.tgz', 0, 422, 'is empty'],
    ['that is too large', 'a.tgz', 21 * 1024 ** 3, 413, 'violet push'],
    ['of no stated size', 'a.tgz', 'many', 422, 'Upload-Length'],
  ])('%s is refused', async (_what, name, size, status, said) => {
    const refused = await begin(name, size);
    expect(refused.status).toBe(status);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect((await refused.json()).detail).toContain(said);
  });

  test('takes no more than was announced, and no part out of its place', async () => {
    const id = idOf(await begin('a.tgz', 10));
    expect((await part(id, 0, Buffer.alloc(11))).status).toBe(413);
    expect((await part(id, 5, Buffer.alloc(2))).status).toBe(409);
    const typed = await call(routes.upload.PATCH, 'PATCH', path(id), {
      user: 'admin',
      id,
      body: Buffer.alloc(2),
      headers: { 'content-type': 'text/plain', 'upload-offset': '0' },
    });
    expect(typed.status).toBe(415);
  });

  test('is bounded in number', async () => {
    const begun = await Promise.all(Array.from({ length: 20 }, (_, index) => begin(`p${index}.tgz`, 10)));
    expect(begun.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const refused = await begin('one-more.tgz', 10);
    expect(refused.status).toBe(429);
    expect((await refused.json()).detail).toContain('You have 20 uploads waiting');
  });
});

describe('who may', () => {
  test.each(['viewer', 'operator', 'nobody'] as const)('%s may upload nothing', async (user) => {
    const refused = await begin('a.tgz', 10, user);
    expect(refused.status).toBe(403);
    expect((await refused.json()).code).toBe('forbidden');
  });

  test('nobody sees the uploads of somebody else', async () => {
    const id = idOf(await begin('a.tgz', 10));
    for (const [handler, method] of [
      [routes.upload.HEAD, 'HEAD'],
      [routes.upload.DELETE, 'DELETE'],
    ] as const) {
      expect((await call(handler, method, path(id), { user: 'viewer', id })).status).toBe(404);
    }
    expect((await part(id, 0, Buffer.alloc(10), 'viewer')).status).toBe(404);
    expect((await inspect(id, {}, 'viewer')).status).toBe(404);
  });

  test('checks come in the order of the contract', async () => {
    const create = (options: CallOptions) =>
      call(routes.uploads.POST, 'POST', '/api/packages/uploads', options).then(({ status }) => status);
    expect(await create({ headers: { host: 'evil.example', origin: 'http://evil.example' } })).toBe(421);
    expect(await create({ headers: { origin: 'http://evil.example' } })).toBe(401);
    expect(await create({ user: 'admin', headers: { origin: 'http://evil.example' } })).toBe(403);
    const odd = { user: 'admin', id: '../secret', json: {} } as const;
    expect((await call(routes.package.POST, 'POST', '/api/packages/uploads/x/package', odd)).status).toBe(
      422,
    );
  });
});

describe('a package that', () => {
  const entries = (...more: TestEntry[]) =>
    packageEntries([
      testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('a')),
    ]).concat(more);
  const manifest = (change: Record<string, unknown>) => {
    const images = [testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('a'))];
    return packageEntries(images, { ...testManifest(images), ...change });
  };

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['leads out of its folder', () => makeArchive(entries({ name: '../evil', bytes: 'x' }))],
    ['names an absolute path', () => makeArchive(entries({ name: '/etc/evil', bytes: 'x' }))],
    ['holds a link', () => makeArchive(entries({ name: 'l', type: 'symlink', linkname: '/etc/passwd' }))],
    ['holds a device', () => makeArchive(entries({ name: 'd', type: 'character-device' }))],
    ['is a gzip bomb', () => gzipSync(Buffer.alloc(128 * 1024 ** 2))],
    ['is cut short', async () => (await sound()).subarray(0, 300)],
    ['is no archive', () => Buffer.from('plain text')],
    ['is of an unknown type', () => makeArchive(manifest({ packageType: 'Virus' }))],
    ['breaks the rules of names', () => makeArchive(manifest({ name: 'Not_DNS' }))],
  ])('%s is refused with a reason and leaves nothing behind', async (_what, make) => {
    const id = await send(await make());
    const refused = await inspect(id);
    const problem = await refused.json();
    expect(refused.status, problem.detail).toBe(422);
    expect(problem.detail).toContain('topolvm-operator.v2.3.0.tgz');
    expect(problem.detail).not.toContain(tmpdir());
    expect(left()).toEqual([]);
    expect((await inspect(id)).status).toBe(404);
  });

  test('does not match its checksum fails to verify and leaves nothing behind', async () => {
    const id = await send(await sound());
    const told = await (await inspect(id, { checksum: '0'.repeat(64) })).json();
    expect(told.verification).toMatchObject({ outcome: 'failed' });
    expect(left()).toEqual([]);
  });

  test('has a forged signature fails to verify and leaves nothing behind', async () => {
    const id = await send(await sound());
    const signature = Buffer.from('no signature at all').toString('base64');
    const told = await (await inspect(id, { signature })).json();
    expect(told.verification).toMatchObject({ outcome: 'failed' });
    expect(left()).toEqual([]);
  });

  test.each([
    ['typed', (digest: string) => digest],
    ['in a file beside it', (digest: string) => `${digest}  topolvm-operator.v2.3.0.tgz\n`],
  ])('matches a checksum that was %s is verified', async (_how, write) => {
    const bytes = await sound();
    const { createHash } = await import('node:crypto');
    const checksum = write(createHash('sha256').update(bytes).digest('hex'));
    const told = await (await inspect(await send(bytes), { checksum })).json();
    expect(told.verification).toMatchObject({ outcome: 'checksum' });
  });
});

describe('pushing a package', () => {
  const push = (id: string, json: unknown, user: SandboxUser = 'admin') =>
    call(routes.push.POST, 'POST', `${path(id)}/push`, { user, id, json });
  const events = async (response: Response) =>
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('is refused before it was read, and unverified unless somebody accepts that', async () => {
    const id = await send(await sound());
    expect((await push(id, { clusters: ['global'] })).status).toBe(409);
    expect((await inspect(id)).status).toBe(200);
    const refused = await push(id, { clusters: ['global'] });
    expect(refused.status).toBe(409);
    expect((await refused.json()).detail).toContain('without signature and checksum');
    expect((await push(id, { clusters: ['nowhere'], acceptUnverified: true })).status).toBe(404);
    expect((await push(id, { clusters: [], acceptUnverified: true })).status).toBe(422);
    expect((await push(id, { clusters: ['global'], acceptUnverified: true }, 'viewer')).status).toBe(404);
  });

  test('tells each image and object, leaves nothing on the console, and changes nothing when repeated', async () => {
    const bytes = await sound();
    const once = async () => {
      const id = await send(bytes);
      await inspect(id);
      return events(await push(id, { clusters: ['business', 'global'], acceptUnverified: true }));
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
    expect(left()).toEqual([]);
    const again = await once();
    expect(again.filter(({ type }) => type === 'image')).toMatchObject([{ state: 'present' }]);
    expect(new Set(again.filter(({ type }) => type === 'object').map(({ state }) => state))).toEqual(
      new Set(['unchanged']),
    );
  });
});
