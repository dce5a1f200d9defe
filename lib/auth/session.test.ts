import { beforeAll, expect, test } from 'vitest';
import { cookieReader, readSession, signedIn } from './session';

beforeAll(() => {
  process.env.SESSION_SECRET = 's'.repeat(32);
});

const user = { name: 'admin', groups: [] };
const credential = (scope: string, length: number) => ({ scope, user, token: scope.repeat(length) });

/** Signs in one after the other, as one browser does. */
async function signInto(...credentials: ReturnType<typeof credential>[]) {
  let header = '';
  for (const next of credentials) {
    const request = new Request('http://console.invalid/', { headers: { cookie: header } });
    const cookies = (await signedIn(request, next)).headers.getSetCookie();
    const kept = cookies.filter((cookie) => !cookie.includes('Max-Age=0'));
    header = kept.map((cookie) => cookie.split(';')[0]).join('; ');
  }
  return readSession(cookieReader(header));
}

test('a browser stays signed in to every cluster it signed in to, the latest first', async () => {
  const session = await signInto(credential('a', 900), credential('b', 900), credential('a', 500));
  expect(session?.credentials).toEqual([credential('a', 500), credential('b', 900)]);
});

test('the oldest sign-ins make room for a new one where the cookies are full', async () => {
  const session = await signInto(...['a', 'b', 'c', 'd'].map((scope) => credential(scope, 4_500)));
  expect(session?.credentials.map(({ scope }) => scope)).toEqual(['d', 'c']);
});

test('a token that no cookie holds is refused with the reason', async () => {
  await expect(signInto(credential('a', 20_000))).rejects.toMatchObject({ code: 'too-large' });
});
