import { handle } from '@/lib/http/handle';
import { ProblemError } from '@/lib/kube/problem';

/** Whatever no other route answers. Without it Next.js answers with a page, which no client of these routes can read. */
const answer = handle({ route: '/api/[...path]' }, async ({ request }) => {
  throw new ProblemError('not-found', `There is nothing at ${new URL(request.url).pathname}.`);
});

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
