import 'server-only';
import { recordWrites } from '@/lib/activity/server/record-writes';
import { KubeClient } from '@/lib/kube/client';
import type { Context, GlobalContext, PlatformContext } from '@/lib/kube/context';
import { bearerCredentials, type Credentials } from '@/lib/kube/endpoint';
import { ProblemError } from '@/lib/kube/problem';
import { platform } from './platform';

/** What of a session is needed to reach clusters. */
export interface SignedIn {
  credentials: { scope: string; token?: string; user: { name: string; groups: string[] } }[];
}

/**
 * The credentials that a scope accepted from this user; a token never goes to another scope. A sign-in
 * without a token uses the kubeconfig's own, which is possible only while the console listens on loopback.
 */
export async function credentialsFor(session: SignedIn, scope: string): Promise<Credentials | undefined> {
  const credential = credentialOf(session, scope);
  if (!credential) return undefined;
  return credential.token ? bearerCredentials(credential.token) : platform().ownCredentials?.(scope);
}

/**
 * Looks a cluster up by name and opens it for a user.
 * @throws ProblemError `not-found` for a name that is not in the registry or that the user may not
 * know of, `unauthenticated` when the user has no token for it yet
 */
export async function openCluster(session: SignedIn, name: string, signal: AbortSignal): Promise<Context> {
  const clusters = await platform().clusters((scope) => credentialsFor(session, scope));
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (!cluster) {
    throw new ProblemError('not-found', `There is no cluster "${name}", or you have no rights on it.`, {
      cluster: name,
    });
  }
  const credential = credentialOf(session, cluster.scope);
  const credentials = await credentialsFor(session, cluster.scope);
  if (!credential || !credentials) {
    throw new ProblemError('unauthenticated', `You have not signed in to cluster "${name}" yet.`, {
      cluster: name,
    });
  }
  return {
    kube: new KubeClient(
      cluster.endpoint,
      credentials,
      signal,
      recordWrites(credential.user.name, cluster.name),
    ),
    cluster: { name: cluster.name, global: cluster.global },
    user: credential.user,
    signal,
  };
}

/**
 * Opens a cluster together with the global one, where the platform's own kinds live.
 * @throws ProblemError as `openCluster` does; `forbidden` when the user may not know of the global cluster
 */
export async function openWithGlobal(
  session: SignedIn,
  name: string,
  signal: AbortSignal,
): Promise<GlobalContext> {
  const context = await openCluster(session, name, signal);
  const { global, kube } = await globalBeside(session, context);
  if (kube) return { ...context, global: kube };
  if (global) {
    throw new ProblemError(
      'unauthenticated',
      `Cluster plugins are kept on the global cluster "${global.name}", to which you have not signed in yet.`,
      { cluster: global.name },
    );
  }
  throw new ProblemError(
    'forbidden',
    'Cluster plugins are kept on the global cluster, of which you may not know.',
    { verb: 'list', resource: 'moduleplugins.cluster.alauda.io' },
  );
}

/**
 * Opens a cluster, and the global one with it where the user may know of it and has signed in to it.
 * @throws ProblemError as `openCluster` does
 */
export async function openOnPlatform(
  session: SignedIn,
  name: string,
  signal: AbortSignal,
): Promise<PlatformContext> {
  const context = await openCluster(session, name, signal);
  const { kube } = await globalBeside(session, context);
  return { ...context, global: kube };
}

/** The global cluster where the user may know of it, and the way to it where they have signed in to it. */
async function globalBeside(
  session: SignedIn,
  { kube, cluster, signal, user }: Context,
): Promise<{ global?: { name: string }; kube?: KubeClient }> {
  if (cluster.global) return { global: cluster, kube };
  const clusters = await platform().clusters((scope) => credentialsFor(session, scope));
  const global = clusters.find((candidate) => candidate.global);
  const credentials = global && (await credentialsFor(session, global.scope));
  const record = recordWrites(user.name, cluster.name);
  return { global, kube: credentials && new KubeClient(global.endpoint, credentials, signal, record) };
}

/** The clusters that a user may know of, each opened where they have signed in to it. */
export async function openEvery(
  session: SignedIn,
  signal: AbortSignal,
): Promise<{ open: OpenedCluster[]; closed: { cluster: string; reason: string }[] }> {
  const clusters = await platform().clusters((scope) => credentialsFor(session, scope));
  const open: OpenedCluster[] = [];
  const closed: { cluster: string; reason: string }[] = [];
  for (const { name, scope, global, endpoint } of clusters) {
    const user = credentialOf(session, scope)?.user;
    const credentials = await credentialsFor(session, scope).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      return error;
    });
    if (credentials instanceof ProblemError) closed.push({ cluster: name, reason: credentials.detail });
    else if (credentials && user)
      open.push({ global, user, kube: new KubeClient(endpoint, credentials, signal) });
    else closed.push({ cluster: name, reason: `You have not signed in to cluster "${name}" yet.` });
  }
  return { open, closed };
}

/** One cluster of `openEvery`. */
export interface OpenedCluster {
  global: boolean;
  user: Context['user'];
  kube: KubeClient;
}

function credentialOf(session: SignedIn, scope: string): SignedIn['credentials'][number] | undefined {
  return session.credentials.find((candidate) => candidate.scope === scope);
}
