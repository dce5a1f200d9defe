import { type NextRequest, NextResponse } from 'next/server';
import { isOurHost } from '@/lib/auth/origin';
import { environment } from '@/lib/environment';

/**
 * Every page gets its own Content-Security-Policy with a nonce that only this answer knows.
 * `/api` is left out: Next.js buffers and cuts request bodies behind a proxy, and its handlers do
 * their own checks.
 */
export function proxy(request: NextRequest): NextResponse {
  if (!isOurHost(request.headers.get('host'), environment().publicUrl)) {
    return new NextResponse('This console is not served under that name.\n', { status: 421 });
  }
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Layouts are not told the address; after signing in, people go on where they were.
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search);
  // Next.js reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React's development build evaluates code to rebuild stacks; the production build does not.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Server-rendered style attributes carry positions and sizes; they can't load or run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  matcher: ['/((?!api/|_next/static/|favicon.ico).*)'],
};
