import 'server-only';

/** Browsers refuse cookies of more than about 4,096 bytes, name and attributes included. */
const PART_LENGTH = 3_600;
/** Node.js refuses request headers of more than 16 KiB, all cookies together. */
const MAX_PARTS = 4;

/** Whether a browser keeps a sealed session: `splitCookie` takes no other. */
export function fitsCookies(sealed: string): boolean {
  return sealed.length <= MAX_PARTS * PART_LENGTH;
}

/** Over HTTPS the name's prefix makes the browser insist on Secure, Path=/ and no Domain. */
function cookieName(secure: boolean): string {
  return secure ? '__Host-marketplace-session' : 'marketplace-session';
}

/** The sealed session of a request's cookies, put together again; `undefined` when there is none. */
export function joinCookie(
  cookies: (name: string) => string | undefined,
  secure: boolean,
): string | undefined {
  const name = cookieName(secure);
  const count = Number(cookies(name)?.match(/^([1-4])\./)?.[1] ?? 0);
  const parts = [cookies(name)?.slice(2) ?? ''];
  for (let index = 1; index < count; index++) parts.push(cookies(`${name}.${index}`) ?? '');
  return count > 0 ? parts.join('') : undefined;
}

/**
 * `Set-Cookie` values that store a sealed session, split when it is too large for one cookie.
 * Parts that a longer, earlier session left behind are expired.
 * @throws RangeError when it would not fit into a browser's cookies at all
 */
export function splitCookie(sealed: string, secure: boolean): string[] {
  if (!fitsCookies(sealed)) throw new RangeError('the session is too large to be kept in cookies');
  const parts = sealed.match(new RegExp(`.{1,${PART_LENGTH}}`, 'g')) ?? [];
  const name = cookieName(secure);
  return Array.from({ length: MAX_PARTS }, (_, index) => {
    const part = parts[index];
    const partName = index === 0 ? name : `${name}.${index}`;
    if (part === undefined) return `${partName}=; Max-Age=0; ${attributes(secure)}`;
    return `${partName}=${index === 0 ? `${parts.length}.` : ''}${part}; ${attributes(secure)}`;
  });
}

/** `Set-Cookie` values that end the session in the browser. */
export function expiredCookies(secure: boolean): string[] {
  return splitCookie('', secure);
}

function attributes(secure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
