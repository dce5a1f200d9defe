import 'server-only';
import { environment } from '@/lib/environment';
import type { ClusterEndpoint, Credentials } from '@/lib/kube/endpoint';
import { shared } from '@/lib/kube/shared';
import { acpPlatform } from './acp-platform';
import { inClusterPlatform } from './in-cluster-platform';
import { kubeconfigPlatform } from './kubeconfig-platform';

/** A cluster as the registry of clusters knows it, before its API server was asked anything. */
export interface RegisteredCluster {
  name: string;
  displayName: string;
  /** The cluster on which the platform's own kinds live. */
  global: boolean;
  labels: Record<string, string>;
  platformVersion?: string;
  /** Which of the session's credentials it accepts. */
  scope: string;
  endpoint: ClusterEndpoint;
}

/** Where clusters come from. */
export interface Platform {
  kind: 'acp' | 'kubeconfig' | 'in-cluster';
  /** What a reader recognises it by: its address, or the file. */
  title: string;
  /** Who judges a token: the cluster asked at sign-in, and the scope in which the token is then used. */
  signInCluster(name: string | undefined): Promise<{ scope: string; endpoint: ClusterEndpoint } | undefined>;
  /** The clusters that a user may know of. Names come from here only: an address is never built from a name. */
  clusters(credentialsOf: (scope: string) => Promise<Credentials | undefined>): Promise<RegisteredCluster[]>;
  /** A kubeconfig's own credentials for a scope, as kubectl would use them. */
  ownCredentials?(scope: string): Promise<Credentials>;
}

/** The platform that this console was given. */
export function platform(): Platform {
  return shared('platform', () => {
    const settings = environment();
    if (settings.platformUrl) return acpPlatform(settings.platformUrl, settings.platformCa);
    if (settings.kubeconfig) return kubeconfigPlatform(settings.kubeconfig);
    if (process.env.KUBERNETES_SERVICE_HOST) return inClusterPlatform();
    throw new Error(
      'No platform to serve: set PLATFORM_URL or KUBECONFIG, run in a pod, or use "npm start" without them for the sandbox.',
    );
  });
}
