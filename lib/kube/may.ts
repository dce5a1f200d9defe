import 'server-only';
import type { KubeClient } from './client';
import type { KubeObject } from './types';

interface SelfSubjectAccessReview extends KubeObject {
  status: { allowed: boolean; reason?: string };
}

const reviews = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' };

/** Asks the cluster whether the signed-in user may do something; without a namespace, in all of them. */
export async function may(
  kube: KubeClient,
  resourceAttributes: { verb: string; group: string; resource: string; namespace?: string },
): Promise<SelfSubjectAccessReview['status']> {
  const { status } = await kube.create<SelfSubjectAccessReview>(reviews, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: { resourceAttributes },
  });
  return status;
}
