import { kubeconfigInputSchema } from '@/lib/auth/contract';
import { signInWithKubeconfig } from '@/lib/auth/server/sign-in';
import { signedIn } from '@/lib/auth/session';
import { handlePublic } from '@/lib/http/handle';

export const POST = handlePublic(
  { route: '/api/auth/kubeconfig', body: kubeconfigInputSchema },
  async ({ body, request }) => signedIn(request, await signInWithKubeconfig(body.cluster)),
);
