import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { KubeClient } from '@/lib/kube/client';
import { ProblemError } from '@/lib/kube/problem';
import { json, serve } from '@/lib/kube/testing';
import { kubeconfigPlatform } from './kubeconfig-platform';

beforeAll(() => {
  process.env.SESSION_SECRET ??= 'a-secret-of-at-least-thirty-two-bytes';
});

interface Entry {
  user?: Record<string, unknown>;
  cluster?: Record<string, unknown>;
}

/** A kubeconfig of contexts whose cluster and user have the same name. */
async function writeKubeconfig(entries: Record<string, Entry>): Promise<{ directory: string; file: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'config');
  const named = (pick: (entry: Entry) => Record<string, unknown>) =>
    Object.entries(entries).map(([name, entry]) => ({ name, ...pick(entry) }));
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: named(({ cluster }) => ({ cluster: { server: 'http://127.0.0.1:1', ...cluster } })),
    users: named(({ user = {} }) => ({ user })),
    contexts: Object.keys(entries).map((name) => ({ name, context: { cluster: name, user: name } })),
    'current-context': Object.keys(entries)[0],
  };
  await writeFile(file, stringify(config));
  return { directory, file };
}

/** A client with the kubeconfig's own credentials for a context. */
async function clientOf(file: string, context: string): Promise<KubeClient> {
  const platform = kubeconfigPlatform(file);
  const target = await platform.signInCluster(context);
  const credentials = await platform.ownCredentials?.(context);
  if (!target || !credentials) throw new Error(`the kubeconfig has no context ${context}`);
  return new KubeClient(target.endpoint, credentials);
}

/** A server that notes the headers of what it is asked. */
async function listeningServer(): Promise<{ url: string; headers: IncomingMessage['headers'][] }> {
  const headers: IncomingMessage['headers'][] = [];
  const { url } = await serve((request, response) => {
    headers.push(request.headers);
    json(response, 200, { gitVersion: 'v1.36.2' });
  });
  return { url, headers };
}

const version = (kube: KubeClient) => kube.path('/version', { verb: 'get', resource: 'version' });

test('a token, a file of one, and a name and password are sent as kubectl sends them', async () => {
  const { url, headers } = await listeningServer();
  const cluster = { server: url };
  const { directory, file } = await writeKubeconfig({
    token: { cluster, user: { token: 'of-the-file' } },
    tokenFile: { cluster, user: { token: 'older', tokenFile: 'token' } },
    password: { cluster, user: { username: 'ada', password: 'pässword' } },
  });
  await writeFile(join(directory, 'token'), 'in-a-file-of-its-own\n');
  for (const context of ['token', 'tokenFile', 'password']) await version(await clientOf(file, context));
  await writeFile(join(directory, 'token'), 'renewed\n');
  await version(await clientOf(file, 'tokenFile'));
  expect(headers.map(({ authorization }) => authorization)).toEqual([
    'Bearer of-the-file',
    'Bearer in-a-file-of-its-own',
    `Basic ${Buffer.from('ada:pässword').toString('base64')}`,
    'Bearer renewed',
  ]);
});

test('whom a user wants to be travels with the token, so that nobody acts with more rights than kubectl', async () => {
  const { url, headers } = await listeningServer();
  const { file } = await writeKubeconfig({
    plain: {
      cluster: { server: url },
      user: {
        token: 'admin',
        as: 'jane',
        'as-groups': ['developers', 'testers'],
        'as-user-extra': { 'example.com/scopes': ['view'] },
      },
    },
  });
  await version(await clientOf(file, 'plain'));
  expect(headers[0]).toMatchObject({
    authorization: 'Bearer admin',
    'impersonate-user': 'jane',
    'impersonate-group': 'developers, testers',
    'impersonate-extra-example.com%2fscopes': 'view',
  });
});

test('an exec plugin is asked once for several requests, and is told what kubectl tells it', async () => {
  const { url, headers } = await listeningServer();
  const script = `#!/bin/sh
echo "$KUBERNETES_EXEC_INFO" >> "$ASKED"
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"from-plugin"}}'
`;
  const { directory, file } = await writeKubeconfig({ placeholder: {} });
  const command = join(directory, 'plugin');
  const asked = join(directory, 'asked');
  await writeFile(command, script);
  await chmod(command, 0o755);
  const other = await writeKubeconfig({
    plugin: {
      cluster: { server: url },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command,
          env: [{ name: 'ASKED', value: asked }],
          provideClusterInfo: true,
          interactiveMode: 'Never',
        },
      },
    },
  });
  for (let count = 0; count < 3; count++)
    await version(await clientOf([file, other.file].join(delimiter), 'plugin'));
  expect(headers.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer from-plugin'));
  const lines = (await readFile(asked, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1',
    spec: { interactive: false, cluster: { server: url } },
  });
});

test('a plugin that is not there is told with the context that needs it', async () => {
  const { file } = await writeKubeconfig({
    away: { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' } } },
  });
  const error = await clientOf(file, 'away').catch((caught) => caught);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ code: 'unauthenticated', detail: expect.stringMatching(/"away".*ENOENT/) });
});

test('one context whose CA file is gone does not keep the console from the others', async () => {
  const { url } = await listeningServer();
  const { file } = await writeKubeconfig({
    sound: { cluster: { server: url }, user: { token: 'a' } },
    broken: {
      cluster: { server: 'https://127.0.0.1:1', 'certificate-authority': 'gone.crt' },
      user: { token: 'b' },
    },
  });
  await expect(version(await clientOf(file, 'sound'))).resolves.toMatchObject({ gitVersion: 'v1.36.2' });
  const error = await clientOf(file, 'broken').catch((caught) => caught);
  expect(error).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('gone.crt') });
});

test('of two files that name the same, the first one counts', async () => {
  const { url, headers } = await listeningServer();
  const first = await writeKubeconfig({ dev: { cluster: { server: url }, user: { token: 'first' } } });
  const second = await writeKubeconfig({
    dev: { user: { token: 'second' } },
    test: { user: { token: 'third' } },
  });
  const variable = [first.file, second.file].join(delimiter);
  const clusters = await kubeconfigPlatform(variable).clusters(async () => undefined);
  expect(clusters.map(({ name, global }) => [name, global])).toEqual([
    ['dev', true],
    ['test', false],
  ]);
  await version(await clientOf(variable, 'dev'));
  expect(headers[0]?.authorization).toBe('Bearer first');
});

test('a cluster behind a proxy is asked through it', async () => {
  const { url } = await listeningServer();
  const tunnels: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, client, head) => {
    tunnels.push(request.url);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    for (const socket of [target, client]) socket.on('error', () => socket.destroy());
    onTestFinished(() => void target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  const { file } = await writeKubeconfig({
    far: { cluster: { server: url, 'proxy-url': `http://127.0.0.1:${port}` }, user: { token: 'a' } },
  });
  await expect(version(await clientOf(file, 'far'))).resolves.toMatchObject({ gitVersion: 'v1.36.2' });
  expect(tunnels).toEqual([url.replace('http://', '')]);
});
