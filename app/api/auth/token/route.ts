import { tokenInputSchema } from '@/lib/auth/contract';
import { signIn } from '@/lib/auth/server/sign-in';
import { signedIn } from '@/lib/auth/session';
import { handlePublic } from '@/lib/http/handle';

export const POST = handlePublic(
  { route: '/api/auth/token', body: tokenInputSchema },
  async ({ body, request }) => signedIn(request, await signIn(body)),
);
