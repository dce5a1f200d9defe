import 'server-only';
import { revalidated } from './revalidate';

/** Answers an image that a catalog or a plugin brought along. */
export function imageResponse(
  request: Request,
  { contentType, body }: { contentType: string; body: Buffer },
): Response {
  return revalidated(request, new Uint8Array(body), {
    // An SVG may carry scripts and links. As <img> they are dead; opened by its address, this keeps them so.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'private, max-age=300',
    'content-type': contentType,
  });
}
