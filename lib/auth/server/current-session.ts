import 'server-only';
import { cookies } from 'next/headers';
import type { Session } from '../contract';
import { readSession } from '../session';

/** Who is signed in on this page request; `null` when nobody is. Tokens stay on the server. */
export async function currentSession(): Promise<Session | null> {
  const jar = await cookies();
  const session = await readSession((name) => jar.get(name)?.value);
  return session ? { user: session.user } : null;
}
