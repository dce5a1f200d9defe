import 'server-only';
import { platform } from '@/lib/clusters/server/platform';
import { environment, type SignInHint } from '@/lib/environment';

export interface SignInOptions {
  /** What the console serves, as a reader recognises it. */
  platform: string;
  /** Clusters that each judge tokens of their own, the usual one first; empty where one token serves all. */
  clusters: string[];
  /** Whether the kubeconfig's own credentials may be used. */
  kubeconfig: boolean;
  hints: SignInHint[];
}

/** What the sign-in page offers. */
export async function signInOptions(): Promise<SignInOptions> {
  const { kind, title, clusters, ownCredentials } = platform();
  const known = kind === 'kubeconfig' ? await clusters(async () => undefined) : [];
  return {
    platform: title,
    clusters: known.sort((a, b) => Number(b.global) - Number(a.global)).map(({ name }) => name),
    kubeconfig: ownCredentials !== undefined,
    hints: [...environment().signInHints],
  };
}
