import 'server-only';
import { constants, publicEncrypt } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { connectionSentence } from '@/lib/kube/errors';
import { PackageError } from '../../contract';

const maxAnswerBytes = 256 * 1024;
const timeoutMs = 30_000;

export interface SignInOptions {
  /** The platform's address, without a path. */
  platform: string;
  username: string;
  password: string;
  /** The OAuth client of the platform's tools. */
  clientId?: string;
  dispatcher: Dispatcher;
}

/**
 * Gets a token with a user's name and password, as the platform documents it ("Obtain an API Access Token"): a code flow
 * through Dex, held together by a cookie, in which the password travels encrypted for the platform's key.
 * @throws PackageError for a wrong password, or a platform that does not answer so
 */
export async function signIn(options: SignInOptions): Promise<string> {
  const session = new Session(options);
  const { platform, clientId = 'alauda-auth', username, password } = options;
  const login = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${platform}/dex/callback`,
    response_type: 'code',
    scope: 'openid profile offline_access email groups ext',
  });
  const { auth_url: authUrl } = await session.json(
    `/console-platform/api/v1/token/login?${login}`,
    z.object({ auth_url: z.string() }),
  );
  const query = authUrl.slice(authUrl.indexOf('?') + 1);
  const { req } = await session.json(`/dex/api/v1/authorize?${query}`, z.object({ req: z.string() }));
  const key = await session.json('/dex/pubkey', z.object({ ts: z.string(), pubkey: z.string() }));
  const { redirect_url: redirect } = await session.json(
    `/dex/api/v1/authorize/local?${new URLSearchParams({ req })}`,
    z.object({ redirect_url: z.string() }),
    { account: username, password: sealed(password, key) },
  );
  const { searchParams } = new URL(redirect, platform);
  const answer = new URLSearchParams({
    code: searchParams.get('code') ?? '',
    state: searchParams.get('state') ?? '',
  });
  const { access_token: token } = await session.json(
    `/console-platform/api/v1/token/callback?${answer}`,
    z.object({ access_token: z.string().min(1) }),
  );
  return token;
}

/** The padding is the platform's choice; the connection is encrypted as well. */
function sealed(password: string, { ts, pubkey }: { ts: string; pubkey: string }): string {
  const text = Buffer.from(JSON.stringify({ ts, password }));
  return publicEncrypt({ key: pubkey, padding: constants.RSA_PKCS1_PADDING }, text).toString('base64');
}

/** Requests that share cookies. */
class Session {
  readonly #options: SignInOptions;
  readonly #cookies = new Map<string, string>();

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  async json<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
    const { platform, dispatcher, username } = this.#options;
    const [where] = path.split('?');
    const response = await request(platform + path, {
      method: body === undefined ? 'GET' : 'POST',
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: 'application/json',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    }).catch((error: unknown) => {
      throw refused(`${platform} did not answer: ${connectionSentence(error)}.`);
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=;\s]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
    const text = await response.body.text();
    if (response.statusCode === 401 || (body !== undefined && response.statusCode === 400)) {
      throw refused(`${platform} does not know the user ${username} with this password.`);
    }
    const parsed = text.length <= maxAnswerBytes ? schema.safeParse(parse(text)) : undefined;
    if (response.statusCode === 200 && parsed?.success) return parsed.data;
    throw refused(
      `${platform} answered ${response.statusCode} to ${where}, which signs in with a password. ` +
        'Use --platform-token with a token of your profile instead.',
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(message: string): PackageError {
  return new PackageError('PlatformRefused', message);
}
