import { tokenInputSchema } from '@/lib/auth/contract';
import { signIn } from '@/lib/auth/server/sign-in';
import { cookieReader, readSession, sessionCookies } from '@/lib/auth/session';
import { handlePublic } from '@/lib/http/handle';

export const POST = handlePublic(
  { route: '/api/auth/token', body: tokenInputSchema },
  async ({ body, request }) => {
    const credential = await signIn(body);
    const earlier = await readSession(cookieReader(request.headers.get('cookie')));
    const response = Response.json({ user: credential.user });
    for (const cookie of await sessionCookies(credential, earlier))
      response.headers.append('set-cookie', cookie);
    return response;
  },
);
