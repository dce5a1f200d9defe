import 'server-only';
import { z } from 'zod';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import { moduleInfos } from '@/lib/plugins/refs';
import { PackageError } from '../../contract';

const reviewSchema = z.object({
  status: z.object({
    userInfo: z.object({
      username: z.string().default(''),
      extra: z.record(z.string(), z.array(z.string())).default({}),
    }),
  }),
});

/** Kubernetes 1.28 and later tell callers who they are; the platform's tokens carry the role. */
const reviews = { group: 'authentication.k8s.io', version: 'v1', resource: 'selfsubjectreviews' };

/**
 * Checks that the account may upload packages, as far as the platform tells: the role property must be System and the
 * role platform-admin-system. Where it tells nothing, its own checks decide.
 * @throws PackageError
 */
export async function checkAccount(global: KubeClient): Promise<void> {
  const answer = await global
    .create(reviews, { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} })
    .catch((error: unknown) => {
      if (error instanceof KubeError && error.status === 401) {
        throw refused(
          'The platform does not accept the token: sign in again, or make a new token in your profile.',
        );
      }
      if (error instanceof KubeError && [403, 404, 405].includes(error.status)) return undefined;
      throw error;
    });
  const { username, extra } = reviewSchema.safeParse(answer).data?.status.userInfo ?? {
    username: '',
    extra: {} as Record<string, string[]>,
  };
  const [property] = extra['cpaas.io/role-property'] ?? [];
  const roles = extra['cpaas.io/role'] ?? [];
  if (property !== undefined && property !== 'System') {
    throw refused(
      `The role property of ${username} is ${property}: packages are uploaded by accounts of property System with the role platform-admin-system.`,
    );
  }
  if (roles.length > 0 && !roles.includes('platform-admin-system')) {
    throw refused(
      `${username} has the role ${roles.join(', ')}: packages are uploaded by accounts with the role platform-admin-system.`,
    );
  }
}

/**
 * Whether a platform's global cluster is a standby one: the etcd synchroniser, which copies the primary's data to it, is
 * installed there. Its own settings name the primary's registry, so one must be named for it.
 */
export async function isStandby(global: KubeClient): Promise<boolean> {
  const labelSelector = 'cpaas.io/module-name=etcd-sync,cpaas.io/cluster-name=global';
  try {
    return (await global.list(moduleInfos, { labelSelector })).items.length > 0;
  } catch (error) {
    if (error instanceof KubeError && [403, 404].includes(error.status)) return false;
    throw error;
  }
}

function refused(message: string): PackageError {
  return new PackageError('PlatformRefused', message);
}
