import 'server-only';
import { z } from 'zod';
import { environment } from '@/lib/environment';
import { ProblemError } from '@/lib/kube/problem';
import { expiredCookies, fitsCookies, joinCookie, splitCookie } from './cookies';
import { seal, unseal } from './seal';

const LIFETIME_SECONDS = 12 * 60 * 60;

const userSchema = z.object({ name: z.string(), groups: z.array(z.string()) });

const storedSessionSchema = z.object({
  /**
   * The latest sign-in first. A token goes only to the scope that accepted it: the platform, or one cluster of a
   * kubeconfig. Without a token, the kubeconfig's own credentials are used.
   */
  credentials: z
    .array(z.object({ scope: z.string(), user: userSchema, token: z.string().optional() }))
    .min(1),
  /** Seconds since 1970. */
  expires: z.number(),
});
type SealedSession = z.infer<typeof storedSessionSchema>;
export type Credential = SealedSession['credentials'][number];

export interface StoredSession {
  /** Who the latest sign-in was. */
  user: Credential['user'];
  credentials: Credential[];
}

/** The signed-in session that a request's cookies carry; `undefined` when absent, expired or forged. */
export async function readSession(
  cookies: (name: string) => string | undefined,
): Promise<StoredSession | undefined> {
  const { publicUrl, sessionKeys } = environment();
  const sealed = joinCookie(cookies, publicUrl.protocol === 'https:');
  if (!sealed) return undefined;
  const session = storedSessionSchema.safeParse(await unseal(sealed, sessionKeys));
  if (!session.success || session.data.expires <= Date.now() / 1000) return undefined;
  const [latest] = session.data.credentials;
  return latest && { user: latest.user, credentials: session.data.credentials };
}

/**
 * The answer to a sign-in: who it is, and the cookies of the session. Tokens of other scopes that the
 * same browser signed in to before are kept, as many as fit into its cookies beside this one, the latest first.
 * @throws ProblemError `too-large` when this one alone does not fit
 */
export async function signedIn(request: Request, credential: Credential): Promise<Response> {
  const earlier = await readSession(cookieReader(request.headers.get('cookie')));
  const response = Response.json({ user: credential.user });
  for (const cookie of await sessionCookies(credential, earlier))
    response.headers.append('set-cookie', cookie);
  return response;
}

async function sessionCookies(credential: Credential, earlier: StoredSession | undefined): Promise<string[]> {
  const { publicUrl, sessionKeys } = environment();
  const kept = earlier?.credentials.filter(({ scope }) => scope !== credential.scope) ?? [];
  const expires = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
  for (let count = kept.length; count >= 0; count--) {
    const session: SealedSession = { credentials: [credential, ...kept.slice(0, count)], expires };
    const sealed = await seal(session, sessionKeys);
    if (fitsCookies(sealed)) return splitCookie(sealed, publicUrl.protocol === 'https:');
  }
  throw new ProblemError(
    'too-large',
    'The token, with the groups that the cluster knows you by, is too long for the cookies of a session. Use a shorter one, such as that of a ServiceAccount.',
  );
}

/** `Set-Cookie` values that sign the browser out. */
export function endedSessionCookies(): string[] {
  return expiredCookies(environment().publicUrl.protocol === 'https:');
}

/** Reads single cookies out of a request's `Cookie` header. */
export function cookieReader(header: string | null): (name: string) => string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return (name) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
