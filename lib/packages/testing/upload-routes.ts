import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, type SandboxUser, startSandbox } from '@/lib/testing/sandbox';
import type { WaitingUpload } from '../upload-contract';
import { makeArchive, packageEntries, testImage } from './make-archive';

const origin = 'http://127.0.0.1:3000';
type Handler = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface CallOptions {
  user?: SandboxUser;
  id?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | ReadableStream;
  json?: unknown;
}

/** The routes of uploads, called as Next.js calls them; the platform behind them is a sandbox. */
export type UploadRoutes = Awaited<ReturnType<typeof startUploadRoutes>>;

/** Starts a sandbox and signs its users in. One per process: the console's settings are the process's environment. */
export async function startUploadRoutes() {
  const sandbox: Sandbox = await startSandbox();
  Object.assign(process.env, {
    PLATFORM_URL: sandbox.url,
    PLATFORM_CA: join(sandbox.kubeconfig, '..', 'ca.crt'),
    SESSION_SECRET: randomBytes(32).toString('hex'),
    PUBLIC_URL: origin,
  });
  const handlers: Record<'upload' | 'uploads' | 'package' | 'push' | 'token', Record<string, Handler>> = {
    uploads: { ...(await import('@/app/api/packages/uploads/route')) },
    upload: { ...(await import('@/app/api/packages/uploads/[id]/route')) },
    package: { ...(await import('@/app/api/packages/uploads/[id]/package/route')) },
    push: { ...(await import('@/app/api/packages/uploads/[id]/push/route')) },
    token: { ...(await import('@/app/api/auth/token/route')) },
  };
  const cookies = new Map<SandboxUser, string>();

  function call(
    route: keyof typeof handlers,
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Response> {
    const { user, id, headers, body, json } = options;
    const handler = handlers[route][method];
    if (!handler) throw new Error(`${path} has no ${method}`);
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
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body instanceof Uint8Array ? { body: new Uint8Array(body) } : {}),
      ...(body instanceof ReadableStream ? { body, duplex: 'half' } : {}),
    });
    return handler(request, { params: Promise.resolve<Record<string, string>>(id ? { id } : {}) });
  }

  for (const user of ['admin', 'viewer', 'operator', 'nobody'] as const) {
    const answer = await call('token', 'POST', '/api/auth/token', { json: { token: `${user}-token` } });
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    cookies.set(user, set.join('; '));
  }
  return { sandbox, call, ...senders(call), stop };

  async function stop(): Promise<void> {
    await sandbox.stop();
    // The runner's workers are killed, so that what a console does at its end does not happen.
    for (const folder of uploadFolders()) await rm(join(tmpdir(), folder), { recursive: true });
  }
}

/** What a browser does with a package. */
function senders(
  call: (
    route: 'upload' | 'uploads' | 'package' | 'push',
    method: string,
    path: string,
    options: CallOptions,
  ) => Promise<Response>,
) {
  const begin = (fileName: string, size: number | string, user: SandboxUser = 'admin') =>
    call('uploads', 'POST', '/api/packages/uploads', {
      user,
      headers: {
        'upload-length': String(size),
        'upload-metadata': `filename ${Buffer.from(fileName).toString('base64')}`,
      },
    });
  const part = (id: string, offset: number, body: Uint8Array, user: SandboxUser = 'admin') =>
    call('upload', 'PATCH', uploadPath(id), {
      user,
      id,
      body,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'content-length': String(body.length),
        'upload-offset': String(offset),
      },
    });
  const waiting = async (): Promise<WaitingUpload[]> => {
    const answer = await call('uploads', 'GET', '/api/packages/uploads', { user: 'admin' });
    return (await answer.json()).items;
  };
  return {
    begin,
    part,
    waiting,
    /** Sends a package whole. @returns the upload's id @throws Error with what was said */
    send: async (bytes: Uint8Array, fileName = 'topolvm-operator.v2.3.0.tgz'): Promise<string> => {
      const id = idOf(await begin(fileName, bytes.length));
      const answer = await part(id, 0, bytes);
      if (answer.status !== 204) throw new Error(await answer.text());
      return id;
    },
    inspect: (id: string, json: unknown = {}, user: SandboxUser = 'admin') =>
      call('package', 'POST', `${uploadPath(id)}/package`, { user, id, json }),
    push: (id: string, json: unknown, user: SandboxUser = 'admin') =>
      call('push', 'POST', `${uploadPath(id)}/push`, { user, id, json }),
    /** Removes what waits. */
    clear: async () => {
      for (const { id } of await waiting()) {
        await call('upload', 'DELETE', uploadPath(id), { user: 'admin', id });
      }
    },
  };
}

export const uploadPath = (id: string) => `/api/packages/uploads/${id}`;
export const idOf = (response: Response) => response.headers.get('location')?.split('/').at(-1) ?? '';

/** The lines of a push; the last one is a problem when it has stopped. */
export async function linesOf(response: Response): Promise<Record<string, unknown>[]> {
  const text = (await response.text()).trim();
  return text.split('\n').map((line) => JSON.parse(line));
}

/** What lies in the folder of uploads of this process. */
export function leftBehind(): string[] {
  return uploadFolders().flatMap((folder) => readdirSync(join(tmpdir(), folder)));
}

function uploadFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`marketplace-uploads-${process.pid}-`));
}

/** A package of an operator that nothing is wrong with. */
export function soundPackage(): Promise<Buffer> {
  const bundle = testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('a'));
  return makeArchive(packageEntries([bundle]));
}
