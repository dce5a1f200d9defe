/**
 * The page to show after signing in: a path of this console, or `/` for everything else. An address such as
 * `//evil.example` or `/\evil.example` looks like a path and leaves the site.
 */
export function ownPath(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/';
  const url = new URL(next, 'http://console.invalid');
  if (url.origin !== 'http://console.invalid' || url.pathname.startsWith('/login')) return '/';
  return url.pathname + url.search;
}
