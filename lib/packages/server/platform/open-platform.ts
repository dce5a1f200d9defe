import 'server-only';
import { z } from 'zod';
import { KubeClient } from '@/lib/kube/client';
import { bearerCredentials, clusterAgent } from '@/lib/kube/endpoint';
import { PackageError } from '../../contract';
import { globalCluster } from '../push-package';
import { signIn } from './sign-in';

export interface PlatformLogin {
  /** Address of the platform, such as `https://example.com`. */
  address: string;
  username?: string;
  password?: string;
  /** In place of name and password. */
  token?: string;
  clientId?: string;
  /** PEM of the authority that signed the platform's certificate; the system's authorities unless given. */
  ca?: string;
}

/** A platform that one user is signed in to. */
export interface OpenPlatform {
  kube(cluster: string): KubeClient;
  /** The clusters on which the user may do anything. */
  clusters(): Promise<string[]>;
  close(): Promise<void>;
}

const clusterListSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
});

/** Signs in to a platform. @throws PackageError when it refuses, or does not answer */
export async function openPlatform(login: PlatformLogin, signal?: AbortSignal): Promise<OpenPlatform> {
  const platform = login.address.replace(/\/+$/, '');
  const dispatcher = clusterAgent({ tls: () => ({ ca: login.ca }) });
  const close = () => dispatcher.destroy();
  try {
    const { username = '', password = '', clientId } = login;
    const token =
      login.token ??
      (await signIn({ platform, username, password, dispatcher, ...(clientId ? { clientId } : {}) }));
    const credentials = bearerCredentials(token);
    const open = (name: string, baseUrl: string) =>
      new KubeClient({ name, baseUrl, dispatcher }, credentials, signal);
    const kube = (cluster: string) => open(cluster, `${platform}/kubernetes/${encodeURIComponent(cluster)}`);
    return {
      kube,
      async clusters() {
        const place = { verb: 'list', resource: 'clusters' };
        const answer = await open(globalCluster, platform).path('/auth/v1/clusters', place);
        const parsed = clusterListSchema.safeParse(answer);
        if (parsed.success) return parsed.data.items.map(({ metadata }) => metadata.name);
        throw new PackageError('PlatformRefused', `${platform} did not answer with a list of clusters.`);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
