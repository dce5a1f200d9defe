import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { may } from '@/lib/kube/may';
import type { AccessAnswer, AccessQuestion } from '../contract';

/** Asks the cluster what the signed-in user may do, so that a page can say what is missing before a click. */
export async function reviewAccess(
  { kube }: { kube: KubeClient },
  questions: readonly AccessQuestion[],
): Promise<AccessAnswer[]> {
  return Promise.all(
    questions.map(async (question) => {
      const { allowed, reason } = await may(kube, question);
      return { ...question, allowed, reason: reason || undefined };
    }),
  );
}
