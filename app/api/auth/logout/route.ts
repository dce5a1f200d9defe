import { endedSessionCookies } from '@/lib/auth/session';
import { handlePublic } from '@/lib/http/handle';

export const POST = handlePublic({ route: '/api/auth/logout' }, async () => {
  const response = Response.json({});
  for (const cookie of endedSessionCookies()) response.headers.append('set-cookie', cookie);
  return response;
});
