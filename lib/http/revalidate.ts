import 'server-only';
import { createHash } from 'node:crypto';

/**
 * The answer to a GET or HEAD, with the ETag of its body; 304 and no body for a reader who has it (RFC 9110, 13.1.2).
 * @param headers what the answer carries besides, its content type and for how long it may be kept
 */
export function revalidated(
  request: Request,
  body: string | Uint8Array<ArrayBuffer>,
  headers: { 'content-type': string; 'cache-control': string; [name: string]: string },
): Response {
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
  const known = request.headers.get('if-none-match')?.split(',').map(withoutWeakness) ?? [];
  if (!known.includes(etag) && !known.includes('*'))
    return new Response(body, { headers: { ...headers, etag } });
  return new Response(null, { status: 304, headers: { etag, 'cache-control': headers['cache-control'] } });
}

/** A proxy that compresses an answer makes its tag a weak one. */
function withoutWeakness(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
