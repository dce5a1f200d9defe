import { expect, test } from 'vitest';
import { expiredCookies, joinCookie, splitCookie } from './cookies';
import { seal, unseal } from './seal';

const old = 'o'.repeat(32);
const current = 'c'.repeat(32);

test('what one key sealed, every replica with that key opens', async () => {
  const sealed = await seal({ token: 't' }, [current, old]);
  expect(await unseal(sealed, [current])).toEqual({ token: 't' });
  expect(await unseal(sealed, [old])).toBeUndefined();
});

test('after a rotation the old key still opens', async () => {
  const sealed = await seal({ token: 't' }, [old]);
  expect(await unseal(sealed, [current, old])).toEqual({ token: 't' });
});

test('a changed text does not open', async () => {
  const sealed = await seal({ token: 't' }, [current]);
  const middle = Math.floor(sealed.length / 2);
  const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
  expect(await unseal(changed, [current])).toBeUndefined();
  expect(await unseal('not.sealed.at.all.', [current])).toBeUndefined();
});

function browser(setCookies: string[]): (name: string) => string | undefined {
  const jar = new Map<string, string>();
  for (const cookie of setCookies) {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (attributes.includes('Max-Age=0')) jar.delete(name);
    else jar.set(name, value);
  }
  return (name) => jar.get(name);
}

test.each([10, 3_600, 3_601, 12_000])('a session of %i bytes survives the cookies', (length) => {
  const sealed = 'x'.repeat(length);
  const cookies = splitCookie(sealed, true);
  expect(cookies.every((cookie) => cookie.length < 4_000)).toBe(true);
  expect(joinCookie(browser(cookies), true)).toBe(sealed);
});

test('a session that no browser would keep is refused', () => {
  expect(() => splitCookie('x'.repeat(20_000), true)).toThrow(/too large/);
});

test('a short session leaves no part of a longer one', () => {
  const jar = browser([...splitCookie('x'.repeat(9_000), false), ...splitCookie('short', false)]);
  expect(joinCookie(jar, false)).toBe('short');
  expect(
    joinCookie(browser([...splitCookie('x'.repeat(9_000), false), ...expiredCookies(false)]), false),
  ).toBeUndefined();
});

test('the cookie is out of reach of scripts and of other sites', () => {
  for (const cookie of splitCookie('x', true)) {
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax; Secure/);
    expect(cookie).toMatch(/^__Host-/);
  }
});
