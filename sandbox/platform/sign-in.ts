import { constants, generateKeyPair, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { User } from './users.ts';

const flowMs = 5 * 60_000;
const maxBody = 16 * 1024;
const cookie = 'cpaas_oidc_auth_flow';

/** One sign-in under way, kept by its cookie. */
interface Flow {
  until: number;
  state: string;
  request?: string;
  code?: string;
  user?: User;
}

/**
 * Signing in with a name and a password as the platform's own tools do it: a code flow through Dex in which the password
 * travels encrypted. Local accounts only; a password is the user's name and `-password`.
 */
export class SignIn {
  readonly #users: readonly User[];
  readonly #flows = new Map<string, Flow>();
  /** Timestamps that have been given out: each is good for one attempt. */
  readonly #timestamps = new Set<string>();
  #keys: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined;

  constructor(users: readonly User[]) {
    this.#users = users;
  }

  /** The answer to a request of the flow; `undefined` for every other one. */
  async handle(request: Request, platform: string): Promise<Response | undefined> {
    const { pathname, searchParams } = new URL(request.url);
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /console-platform/api/v1/token/login') return this.#begin(searchParams, platform);
    if (route === 'GET /dex/api/v1/authorize') return this.#authorize(searchParams);
    if (route === 'GET /dex/pubkey') return this.#publicKey();
    if (route === 'POST /dex/api/v1/authorize/local')
      return this.#checkPassword(request, searchParams, platform);
    if (route === 'GET /console-platform/api/v1/token/callback') return this.#finish(request, searchParams);
    return undefined;
  }

  #begin(query: URLSearchParams, platform: string): Response {
    if (query.get('client_id') !== 'alauda-auth' || query.get('response_type') !== 'code') {
      return refuse(400, 'unknown client or response type');
    }
    const state = secret();
    const parameters = new URLSearchParams({ ...Object.fromEntries(query), state, access_type: 'offline' });
    return Response.json({
      auth_url: `${platform}/console-dex/auth?${parameters}`,
      state,
      logout_url: `${platform}/dex/logout?state=${state}`,
    });
  }

  #authorize(query: URLSearchParams): Response {
    const state = query.get('state');
    if (!state) return refuse(400, 'no state');
    const now = Date.now();
    for (const [id, { until }] of this.#flows) if (until < now) this.#flows.delete(id);
    const id = secret();
    const request = secret();
    this.#flows.set(id, { until: now + flowMs, state, request });
    return Response.json(
      { req: request },
      { headers: { 'set-cookie': `${cookie}=${id}; Path=/; HttpOnly; Secure` } },
    );
  }

  async #publicKey(): Promise<Response> {
    this.#keys ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const pem = (await this.#keys).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const ts = `${Date.now()}${randomBytes(2).readUInt16BE()}`;
    this.#timestamps.add(ts);
    return Response.json({ ts, pubkey: pem, pubkey_encode: Buffer.from(pem).toString('base64') });
  }

  async #checkPassword(request: Request, query: URLSearchParams, platform: string): Promise<Response> {
    const flow = this.#flowOf(request);
    if (!flow?.request || flow.request !== query.get('req'))
      return refuse(400, 'invalid authentication session');
    const text = await request.text();
    const body = text.length > maxBody ? undefined : credentials.safeParse(json(text)).data;
    const sealed = body && (await this.#decrypted(body.password));
    if (!body || !sealed || !this.#timestamps.delete(sealed.ts)) return refuse(400, 'invalid credentials');
    const user = this.#users.find(({ name }) => name === body.account);
    if (!user || sealed.password !== `${user.name}-password`)
      return refuse(401, 'invalid account or password');
    flow.user = user;
    flow.code = secret();
    const answer = new URLSearchParams({ code: flow.code, state: flow.state });
    return Response.json({ session_state: '', redirect_url: `${platform}/dex/callback?${answer}` });
  }

  #finish(request: Request, query: URLSearchParams): Response {
    const flow = this.#flowOf(request);
    if (!flow?.user || flow.code !== query.get('code') || flow.state !== query.get('state')) {
      return refuse(400, 'invalid authentication session');
    }
    this.#flows.delete(cookieOf(request));
    const issued = Date.now();
    return Response.json({
      token_type: 'bearer',
      access_token: flow.user.token,
      id_token: flow.user.token,
      refresh_token: secret(),
      issued_at: new Date(issued).toISOString(),
      expire_at: new Date(issued + 24 * 3_600_000).toISOString(),
      token_storage: 'local',
    });
  }

  #flowOf(request: Request): Flow | undefined {
    const flow = this.#flows.get(cookieOf(request));
    return flow && flow.until > Date.now() ? flow : undefined;
  }

  async #decrypted(password: string): Promise<z.infer<typeof sealedSchema> | undefined> {
    const key = (await this.#keys)?.privateKey;
    if (!key) return undefined;
    try {
      const block = privateDecrypt(
        { key, padding: constants.RSA_NO_PADDING },
        Buffer.from(password, 'base64'),
      );
      // Node.js leaves PKCS #1 v1.5 to whom it can't be an oracle: 0, 2, filling, 0, message.
      const end = block.indexOf(0, 2);
      if (block[0] !== 0 || block[1] !== 2 || end < 10) return undefined;
      const bytes = block.subarray(end + 1);
      return sealedSchema.safeParse(json(bytes.toString('utf8'))).data;
    } catch {
      return undefined;
    }
  }
}

const credentials = z.object({ account: z.string(), password: z.string() });
const sealedSchema = z.object({ ts: z.string(), password: z.string() });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cookieOf(request: Request): string {
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((part) => part.trim().split('='));
  return cookies.find(([name]) => name === cookie)?.[1] ?? '';
}

function refuse(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
