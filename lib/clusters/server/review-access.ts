import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import type { AccessAnswer, AccessQuestion } from '../contract';

interface SelfSubjectAccessReview extends KubeObject {
  status: { allowed: boolean; reason?: string };
}

const REVIEWS = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' };

/** Asks the cluster what the signed-in user may do, so that a page can say what is missing before a click. */
export async function reviewAccess(context: Context, questions: AccessQuestion[]): Promise<AccessAnswer[]> {
  return Promise.all(
    questions.map(async (question) => {
      const review = await context.kube.create<SelfSubjectAccessReview>(REVIEWS, {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        metadata: {},
        spec: { resourceAttributes: question },
      });
      return { ...question, allowed: review.status.allowed, reason: review.status.reason || undefined };
    }),
  );
}
