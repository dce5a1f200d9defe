import 'server-only';
import { platform } from '@/lib/clusters/server/platform';
import { KubeClient } from '@/lib/kube/client';
import { bearerCredentials, type ClusterEndpoint, type Credentials } from '@/lib/kube/endpoint';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import type { TokenInput } from '../contract';
import type { Credential } from '../session';

interface SelfSubjectReview extends KubeObject {
  status: { userInfo: { username: string; groups?: string[] } };
}

/** Kubernetes 1.28 made SelfSubjectReview stable; 1.27 serves the beta. */
const VERSIONS = ['v1', 'v1beta1'];

/**
 * Asks the cluster itself whose token this is.
 * @returns the token with its user and the scope in which it may be used from now on
 * @throws ProblemError `unauthenticated` when the cluster does not accept it, `cluster-unreachable` when it does not answer
 */
export async function signIn(input: TokenInput): Promise<Credential> {
  const { scope, endpoint } = await signInTarget(input.cluster);
  const user = await verify(endpoint, bearerCredentials(input.token));
  return { scope, token: input.token, user };
}

/**
 * Signs in with the kubeconfig's own credentials, as kubectl would.
 * @throws ProblemError `not-found` where the console serves no kubeconfig or does not listen on loopback
 */
export async function signInWithKubeconfig(cluster: string | undefined): Promise<Credential> {
  const { scope, endpoint } = await signInTarget(cluster);
  const credentials = await platform().ownCredentials?.(scope);
  if (!credentials) {
    throw new ProblemError(
      'not-found',
      "A kubeconfig's own credentials can be used only where the console was given a kubeconfig and listens on this machine alone.",
    );
  }
  return { scope, user: await verify(endpoint, credentials) };
}

async function signInTarget(cluster: string | undefined) {
  const target = await platform().signInCluster(cluster);
  if (!target) throw new ProblemError('not-found', `There is no cluster "${cluster}".`, { cluster });
  return target;
}

async function verify(endpoint: ClusterEndpoint, credentials: Credentials): Promise<Credential['user']> {
  try {
    const { username, groups = [] } = await whoAmI(new KubeClient(endpoint, credentials));
    if (username === 'system:anonymous') throw refused(endpoint.name);
    return { name: username, groups };
  } catch (error) {
    if (error instanceof KubeError && error.status === 401) throw refused(endpoint.name);
    if (error instanceof ConnectionError) {
      throw new ProblemError(
        'cluster-unreachable',
        `Cluster "${endpoint.name}" could not be asked who you are: ${error.message}.`,
        { cluster: endpoint.name },
      );
    }
    throw error;
  }
}

async function whoAmI(kube: KubeClient): Promise<SelfSubjectReview['status']['userInfo']> {
  for (const version of VERSIONS) {
    try {
      const review = await kube.create<SelfSubjectReview>(
        { group: 'authentication.k8s.io', version, resource: 'selfsubjectreviews' },
        { apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview', metadata: {} },
      );
      return review.status.userInfo;
    } catch (error) {
      if (!(error instanceof KubeError) || error.status !== 404) throw error;
    }
  }
  throw new ProblemError(
    'refused-by-cluster',
    `Cluster "${kube.cluster}" serves no SelfSubjectReview, which Kubernetes has since 1.27: it can't say whose token this is.`,
    { cluster: kube.cluster },
  );
}

function refused(cluster: string): ProblemError {
  return new ProblemError('unauthenticated', `The token was not accepted by the cluster "${cluster}".`, {
    cluster,
  });
}
