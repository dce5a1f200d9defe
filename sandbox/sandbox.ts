import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiServer } from './apiserver/api-server.ts';
import { pageNotFound } from './apiserver/negotiate.ts';
import type { ClusterRuntime } from './cluster-runtime.ts';
import { startControllers } from './controllers/start.ts';
import { Faults } from './faults/faults.ts';
import { makeCluster } from './make-cluster.ts';
import { type ClusterContent, readClusters } from './platform/cluster-content.ts';
import { createClusterObjects } from './platform/cluster-objects.ts';
import { listClusters, registerClusters } from './platform/clusters.ts';
import { SignIn } from './platform/sign-in.ts';
import { createUserObjects, readUsers, tokenTable } from './platform/users.ts';
import { type PlatformRegistry, startRegistry } from './registry/start-registry.ts';
import { makeCertificates } from './server/certificates.ts';
import { kubeconfig } from './server/kubeconfig.ts';
import { listen } from './server/listen.ts';
import type { Settings } from './settings.ts';
import { startExtensions } from './start-extensions.ts';

/** A running sandbox. */
export interface Sandbox {
  port: number;
  /** `https://127.0.0.1:<port>` */
  url: string;
  /** Paths of the files it wrote. */
  ca: string;
  kubeconfig: string;
  clusters: ReadonlyMap<string, ClusterRuntime>;
  /** Where uploaded images are; plain clusters have none. */
  registry: PlatformRegistry | undefined;
  /** Who may sign in, and with which token. */
  users: { name: string; token: string }[];
  close(): Promise<void>;
}

/**
 * Starts the whole platform: clusters, users, controllers, what runs on them, and the socket before it.
 * It serves when this resolves.
 */
export async function startSandbox(settings: Settings): Promise<Sandbox> {
  const stop = new AbortController();
  const [contents, users, certificates] = await Promise.all([
    readClusters(),
    readUsers(),
    makeCertificates(),
  ]);
  const registry = settings.plain ? undefined : await startRegistry(settings.dir);
  const clusters = new Map(
    contents.map((content) => [content.name, clusterOf(content, users, settings, stop.signal)]),
  );
  const servers = new Map([...clusters].map(([name, { server }]) => [name, server]));
  const platform = { url: '', ca: certificates.ca };
  const signIn = new SignIn(users.users);
  const handle = async (request: Request) =>
    (settings.plain ? undefined : await signIn.handle(request, platform.url)) ??
    route(request, servers, contents, platform);
  const listening = await listen(settings.faults ? new Faults(clusters).around(handle) : handle, {
    port: settings.port,
    key: certificates.key,
    cert: certificates.cert,
  });
  platform.url = `https://127.0.0.1:${listening.port}`;
  const close = async () => {
    stop.abort();
    registry?.close();
    await listening.close();
  };
  try {
    const files = await writeFiles(settings.dir, platform, contents, users.users[0]);
    await Promise.all([...clusters.values()].map((cluster) => furnish(cluster, contents, users, registry)));
    const global = clusters.get('global');
    if (global && !settings.plain) await registerClusters(global, contents, platform.url);
    await startExtensions([...clusters.values()], settings, registry?.images);
    return {
      port: listening.port,
      url: platform.url,
      ...files,
      clusters,
      registry,
      users: users.users.map(({ name, token }) => ({ name, token })),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Users = Awaited<ReturnType<typeof readUsers>>;

function clusterOf(
  content: ClusterContent,
  users: Users,
  settings: Settings,
  signal: AbortSignal,
): ClusterRuntime {
  const { speed, plain } = settings;
  const { name, gitVersion } = content;
  return makeCluster({ name, gitVersion, speed, plain, signal, tokens: tokenTable(users.users) });
}

async function furnish(
  cluster: ClusterRuntime,
  contents: readonly ClusterContent[],
  users: Users,
  registry: PlatformRegistry | undefined,
): Promise<void> {
  const content = contents.find(({ name }) => name === cluster.name);
  if (content) await createClusterObjects(cluster, content, registry);
  await createUserObjects(cluster, users);
  startControllers(cluster);
}

/** `/kubernetes/<cluster>/…` is that cluster, bare paths are `global`, `/auth/v1/clusters` is the platform's own. */
async function route(
  request: Request,
  servers: ReadonlyMap<string, ApiServer>,
  contents: readonly ClusterContent[],
  platform: { url: string; ca: string },
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === '/auth/v1/clusters' && request.method === 'GET')
    return listClusters(request, servers, contents, platform);
  const [, base = '', name = ''] = /^(\/kubernetes\/([^/]+))(?:\/|$)/.exec(pathname) ?? [];
  const server = servers.get(base === '' ? 'global' : decodeURIComponent(name));
  return server ? server.handle(request, base) : pageNotFound();
}

async function writeFiles(
  dir: string,
  { url, ca }: { url: string; ca: string },
  contents: readonly ClusterContent[],
  admin: Users['users'][number] | undefined,
): Promise<{ ca: string; kubeconfig: string }> {
  const files = { ca: path.join(dir, 'ca.crt'), kubeconfig: path.join(dir, 'kubeconfig') };
  await mkdir(dir, { recursive: true });
  await writeFile(files.ca, ca);
  const text = kubeconfig({
    url,
    ca,
    user: admin?.name ?? '',
    token: admin?.token ?? '',
    clusters: contents.map(({ name }) => name),
  });
  // It holds a token.
  await writeFile(files.kubeconfig, text, { mode: 0o600 });
  return files;
}
