import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { type PackedFolder, packFolder } from './testing/packed-folder';
import { administrator, bundledViolet, hasProgram, type Violet } from './testing/violet';

const run = promisify(execFile);
const artifacts = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' };
const versions = { ...artifacts, resource: 'artifactversions' };
const namespace = 'cpaas-system';

let folder: string;
let violet: Violet;
let packed: PackedFolder;
let sandbox: Sandbox;
let account: string[];
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-'));
  [violet, sandbox] = await Promise.all([bundledViolet(folder), startSandbox()]);
  packed = await packFolder(violet, folder);
  ({ account, env } = await administrator(sandbox, folder));
});
afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('push', () => {
  test('an operator to a cluster; a second time changes nothing', async () => {
    const args = ['push', packed.operator, ...account, '--clusters', 'business'];
    const first = await violet(args, { env });
    expect(first.err).toBe('');
    expect(first.out).toMatch(/^opensearch-operator 3\.14\.2 \(bundle\): 3 images to \S+\n/);
    expect(first.out).toContain('Artifact opensearch-operator on business created');
    expect(first.out).toContain('ArtifactVersion opensearch-operator.v3.14.2 on business created');
    expect(first.status).toBe(0);
    const { kube } = sandbox.context('admin');
    const before = await kube.get<KubeObject>(versions, 'opensearch-operator.v3.14.2', { namespace });
    const artifact = await kube.get<KubeObject>(artifacts, 'opensearch-operator', { namespace });
    expect(before.metadata.ownerReferences).toMatchObject([{ kind: 'Artifact', uid: artifact.metadata.uid }]);

    const second = await violet(args, { env });
    expect(second.out).not.toMatch(/ (sent|pushed|created|updated)\n/);
    expect(second.out.match(/is there already/g)).toHaveLength(3);
    const present = await eventually(
      () =>
        kube.get<KubeObject & { status?: { phase?: string } }>(versions, 'opensearch-operator.v3.14.2', {
          namespace,
        }),
      ({ status }) => status?.phase === 'Present',
    );
    expect(present.metadata.uid).toBe(before.metadata.uid);
  });

  test('its image, fetched by skopeo, has the digest of the one packed', async ({ skip }) => {
    if (!(await hasProgram('skopeo'))) skip('skopeo is not installed');
    if (!(await hasProgram('docker-registry'))) skip('docker-registry is not installed');
    const { out } = await violet(['push', packed.operator, ...account, '--json'], { env });
    const { registry } = JSON.parse(out.split('\n')[0] ?? '{}');
    const target = join(folder, 'fetched');
    await run('skopeo', [
      'copy',
      '--preserve-digests',
      '--src-tls-verify=false',
      '--insecure-policy',
      `docker://${registry}/acp/opensearch:v3.14.2`,
      `oci:${target}:x`,
    ]);
    const { manifests } = JSON.parse(await readFile(join(target, 'index.json'), 'utf8'));
    expect(manifests[0].digest).toBe(packed.digest);
  });

  test('a folder of an operator, a plugin and a chart', async () => {
    const { out, err, status } = await violet(['push', packed.path, ...account, '--clusters', 'edge'], {
      env,
    });
    expect(err).toBe('');
    expect(out).toContain('Artifact opensearch-operator on edge created');
    expect(out).toContain('ModulePlugin cloudedge on global created');
    expect(out).toContain('Chart echo-server.public-charts on global created');
    expect(out.match(/--clusters is ignored/g)).toHaveLength(2);
    expect(status).toBe(0);
    const again = await violet(['push', packed.path, ...account, '--clusters', 'edge'], { env });
    expect(again.out).not.toMatch(/ (sent|pushed|created|updated)\n/);
    expect(again.out).toContain('Chart echo-server.public-charts on global unchanged');
    const { global } = sandbox.context('admin');
    await eventually(
      () =>
        global.list<KubeObject>({
          group: 'cluster.alauda.io',
          version: 'v1alpha1',
          resource: 'moduleconfigs',
        }),
      ({ items }) => items.some(({ metadata }) => metadata.name === 'cloudedge-v0.3.16'),
    );
  });

  test('an operator goes to global unless clusters are named; JSON tells every step', async () => {
    const { out } = await violet(['push', packed.operator, ...account, '--json', '--skip-push'], { env });
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual(['package', 'object', 'object', 'done']);
    expect(events[0].clusters).toEqual(['global']);
  });

  test.each<[string, (base: string[]) => string[], number, RegExp]>([
    [
      'a wrong password',
      () => [...account.slice(0, 5), 'guessed'],
      1,
      /does not know the user admin with this password/,
    ],
    [
      'an account of role property Custom',
      () => [...account.slice(0, 3), 'operator', '--platform-password', 'operator-password'],
      1,
      /role property of operator is Custom/,
    ],
    [
      'an account of another role',
      () => [...account.slice(0, 2), '--platform-token', 'viewer-token'],
      1,
      /viewer has the role platform-auditor-system/,
    ],
    [
      'a token that is none',
      () => [...account.slice(0, 2), '--platform-token', 'x'],
      1,
      /does not accept the token/,
    ],
    ['an unknown cluster', (base) => [...base, '--clusters', 'region9'], 2, /no cluster region9 .*business/],
  ])('%s is refused before anything is sent', async (_name, args, status, message) => {
    const ran = await violet(['push', packed.operator, ...args(account)], { env });
    expect(ran.err).toMatch(message);
    expect(ran.out).toBe('');
    expect(ran.status).toBe(status);
  });

  test('two packages of one name and version are refused', async () => {
    const twins = await mkdtemp(join(folder, 'twins-'));
    await copyFile(packed.operator, join(twins, 'a.tgz'));
    await copyFile(packed.operator, join(twins, 'b.tgz'));
    const { err, out, status } = await violet(['push', twins, ...account], { env });
    expect(err).toMatch(/a\.tgz and .*b\.tgz are both bundle opensearch-operator 3\.14\.2/);
    expect({ out, status }).toEqual({ out: '', status: 1 });
  });

  test('a standby global cluster needs its own registry named', async () => {
    const { global } = sandbox.context('admin');
    const infos = { group: 'cluster.alauda.io', version: 'v1alpha1', resource: 'moduleinfoes' };
    await global.create<KubeObject>(infos, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModuleInfo',
      metadata: {
        name: 'global-etcd-sync',
        labels: {
          'cpaas.io/cluster-name': 'global',
          'cpaas.io/module-name': 'etcd-sync',
          'cpaas.io/module-type': 'plugin',
        },
      },
      spec: { version: 'v4.2.0' },
    });
    const { err, status } = await violet(['push', packed.operator, ...account], { env });
    // The platform gives it another name.
    const { items } = await global.list<KubeObject>(infos, {
      labelSelector: 'cpaas.io/module-name=etcd-sync',
    });
    for (const { metadata } of items) await global.delete(infos, metadata.name);
    expect(err).toContain('name its own registry with --dest-repo <VIP>:11443');
    expect(status).toBe(2);
  });
});
