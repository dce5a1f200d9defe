import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { addToLayout, bundledViolet, bundleFolder, folderOf, hasProgram, pluginFolder } from './testing';

const run = promisify(execFile);
const image = 'harbor.demo.io/acp/opensearch:v3.14.2';
const sidecar = 'harbor.demo.io/3rdparty/exporter:v1.0.0';
const artifacts = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifacts' };
const versions = { ...artifacts, resource: 'artifactversions' };
const namespace = 'cpaas-system';

let folder: string;
let packages: string;
let digest: string;
let violet: Awaited<ReturnType<typeof bundledViolet>>;
let sandbox: Sandbox;
let account: string[];
let env: Record<string, string>;
const operator = () => join(packages, 'opensearch-operator.v3.14.2.tgz');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-'));
  packages = join(folder, 'packages');
  await mkdir(packages);
  [violet, sandbox] = await Promise.all([bundledViolet(folder), startSandbox()]);
  env = { PLATFORM_CA: join(folder, 'ca.crt') };
  await writeFile(join(folder, 'ca.crt'), sandbox.ca);
  account = [
    '--platform-address',
    sandbox.url,
    '--platform-username',
    'admin',
    '--platform-password',
    'admin-password',
  ];
  const layout = join(folder, 'layout');
  digest = await addToLayout(layout, image, randomBytes(20_000_000));
  await addToLayout(layout, sidecar, randomBytes(1_000));
  const bundle = await bundleFolder(
    { name: 'opensearch-operator', version: '3.14.2', displayName: 'OpenSearch' },
    [image, sidecar],
  );
  const chart = await folderOf({
    'Chart.yaml': 'apiVersion: v2\nname: echo-server\nversion: 1.2.3\nappVersion: 0.9\n',
  });
  const made = await Promise.all([
    violet([
      'create',
      bundle,
      '--images',
      layout,
      '--output',
      packages,
      '--artifact',
      'harbor.demo.io/acp/opensearch-operator-bundle:v3.14.2',
    ]),
    violet([
      'create',
      await pluginFolder('cloudedge', 'v0.3.16'),
      '--output',
      join(packages, 'plugins-cloudedge-v0.3.16-hybrid.tgz'),
    ]),
    violet(['create', chart, '--output', packages]),
  ]);
  expect(made.map(({ err, status }) => ({ err, status }))).toEqual(Array(3).fill({ err: '', status: 0 }));
});
afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('show', () => {
  test('previews a package', async () => {
    const { out, status } = await violet(['show', operator()]);
    expect(out).toBe('Name: OpenSearch\nType: bundle\nArch: [linux/amd64]\nVersion: 3.14.2\n');
    expect(status).toBe(0);
  });

  test('with --all tells its artifact and related images', async () => {
    const { out } = await violet(['show', operator(), '--all']);
    expect(out.split('\n').slice(4)).toEqual([
      'Artifact: harbor.demo.io/acp/opensearch-operator-bundle:v3.14.2',
      `RelateImages: [${image} ${sidecar}]`,
      '',
    ]);
  });

  test('says why a file is no package', async () => {
    const file = join(folder, 'broken.tgz');
    await writeFile(file, (await readFile(operator())).subarray(0, 1_000_000));
    const { err, status } = await violet(['show', file]);
    expect(err).toContain('broken.tgz is cut short: its end is missing.');
    expect(status).toBe(1);
  });
});

describe('verify', () => {
  let signed: string;
  beforeAll(async () => {
    signed = join(folder, 'signed');
    await mkdir(signed);
    for (const name of ['redis-operator', 'nginx-controller', 'etcd-operator', 'demo-plugin']) {
      await copyFile(join(packages, 'plugins-cloudedge-v0.3.16-hybrid.tgz'), join(signed, `${name}.tgz`));
    }
    const sum = createHash('sha256')
      .update(await readFile(join(signed, 'nginx-controller.tgz')))
      .digest('hex');
    await writeFile(join(signed, 'nginx-controller.tgz.sha256'), `${sum}  nginx-controller.tgz\n`);
    await writeFile(join(signed, 'etcd-operator.tgz.sha256'), `${'0'.repeat(64)}  etcd-operator.tgz\n`);
  });

  test('groups the packages of a folder by how they were verified', async () => {
    const { out, err, status } = await violet(['verify', signed]);
    expect(out).toBe(
      [
        `verify path: ${signed}`,
        '===== Verification Summary =====',
        'Verified successfully with checksum: 1 file(s)',
        `  - ${signed}/nginx-controller.tgz`,
        '',
        'Verification failed: 1 file(s)',
        `  - ${signed}/etcd-operator.tgz`,
        '',
        'No verification file found: 2 file(s)',
        `  - ${signed}/demo-plugin.tgz`,
        `  - ${signed}/redis-operator.tgz`,
        '',
      ].join('\n'),
    );
    expect(err).toContain(`etcd-operator.tgz: its checksum is `);
    expect(status).toBe(1);
  });

  test('a single package: 0 when it is verified, 3 when there is nothing to verify it by', async () => {
    expect((await violet(['verify', join(signed, 'nginx-controller.tgz')])).status).toBe(0);
    expect((await violet(['verify', join(signed, 'demo-plugin.tgz')])).status).toBe(3);
  });

  test('by GPG: a good signature, a forged one, and one of a stranger', async ({ skip }) => {
    if (!(await hasProgram('gpg'))) skip('gpg is not installed');
    const gpg = async (home: string, ...args: string[]) =>
      run('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args]);
    const keyOf = async (name: string) => {
      const home = await mkdtemp(join(folder, 'gpg-'));
      await gpg(home, '--quick-generate-key', name, 'ed25519', 'sign', 'never');
      await gpg(home, '--armor', '--output', join(home, 'key.asc'), '--export');
      return home;
    };
    const [vendor, stranger] = [
      await keyOf('Vendor <v@example.com>'),
      await keyOf('Stranger <s@example.com>'),
    ];
    const good = join(signed, 'redis-operator.tgz');
    const forged = join(folder, 'forged.tgz');
    const foreign = join(folder, 'foreign.tgz');
    await gpg(vendor, '--output', `${good}.sig`, '--detach-sign', good);
    await copyFile(`${good}.sig`, `${forged}.sig`);
    await copyFile(operator(), forged);
    await copyFile(good, foreign);
    await gpg(stranger, '--output', `${foreign}.sig`, '--detach-sign', foreign);
    const trusting = { env: { VIOLET_KEYRING: join(vendor, 'key.asc') } };

    const whole = await violet(['verify', signed], trusting);
    expect(whole.out).toContain(`Verified successfully with GPG: 1 file(s)\n  - ${good}\n`);
    expect((await violet(['verify', good], trusting)).status).toBe(0);
    const changed = await violet(['verify', forged], trusting);
    expect(changed.err).toContain('it was changed, or the signature is forged');
    expect(changed.status).toBe(1);
    const unknown = await violet(['verify', foreign], trusting);
    expect(unknown.err).toContain('is not among the trusted keys');
    expect(unknown.status).toBe(1);
    // Whoever forges a signature writes a checksum as well.
    await writeFile(
      `${forged}.sha256`,
      createHash('sha256')
        .update(await readFile(forged))
        .digest('hex'),
    );
    expect((await violet(['verify', forged], trusting)).status).toBe(1);
    await run('gpgconf', ['--homedir', vendor, '--kill', 'all']).catch(() => undefined);
    await run('gpgconf', ['--homedir', stranger, '--kill', 'all']).catch(() => undefined);
  });
});

describe('push', () => {
  test('an operator to a cluster; a second time changes nothing', async () => {
    const args = ['push', operator(), ...account, '--clusters', 'business'];
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
    const { out } = await violet(['push', operator(), ...account, '--json'], { env });
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
    expect(manifests[0].digest).toBe(digest);
  });

  test('a folder of an operator, a plugin and a chart', async () => {
    const { out, err, status } = await violet(['push', packages, ...account, '--clusters', 'edge'], { env });
    expect(err).toBe('');
    expect(out).toContain('Artifact opensearch-operator on edge created');
    expect(out).toContain('ModulePlugin cloudedge on global created');
    expect(out).toContain('Chart echo-server.public-charts on global created');
    expect(out.match(/--clusters is ignored/g)).toHaveLength(2);
    expect(status).toBe(0);
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
    const { out } = await violet(['push', operator(), ...account, '--json', '--skip-push'], { env });
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
    const ran = await violet(['push', operator(), ...args(account)], { env });
    expect(ran.err).toMatch(message);
    expect(ran.out).toBe('');
    expect(ran.status).toBe(status);
  });

  test('two packages of one name and version are refused', async () => {
    const twins = await mkdtemp(join(folder, 'twins-'));
    await copyFile(operator(), join(twins, 'a.tgz'));
    await copyFile(operator(), join(twins, 'b.tgz'));
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
    const { err, status } = await violet(['push', operator(), ...account], { env });
    // The platform gives it another name.
    const { items } = await global.list<KubeObject>(infos, {
      labelSelector: 'cpaas.io/module-name=etcd-sync',
    });
    for (const { metadata } of items) await global.delete(infos, metadata.name);
    expect(err).toContain('name its own registry with --dest-repo <VIP>:11443');
    expect(status).toBe(2);
  });
});

describe('a platform at work, whose registry is a folder because docker-registry is missing', () => {
  let lived: Sandbox;
  let there: string[];
  let trusting: { env: Record<string, string> };
  beforeAll(async () => {
    lived = await startSandbox({ SANDBOX_STATE: 'lived-in', PATH: folder });
    there = ['--platform-address', lived.url, ...account.slice(2)];
    trusting = { env: { PLATFORM_CA: join(folder, 'lived.crt') } };
    await writeFile(join(folder, 'lived.crt'), lived.ca);
  });
  afterAll(() => lived?.stop());

  test('list prints what is installed and writes it to a file', async () => {
    const file = join(folder, 'apps.yaml');
    const { out, err, status } = await violet(['list', ...there, '--output-file', file], trusting);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(await readFile(file, 'utf8')).toBe(out);
    const { applications } = parse(out);
    const found = Object.values<{ type: string; installed: { clusterName: string; version: string }[] }>(
      applications,
    );
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['OperatorBundle', 'ModulePlugin']));
    const places = found.flatMap(({ installed }) => installed);
    expect(places.filter(({ clusterName, version }) => !clusterName || !version)).toEqual([]);
    // Core plugins are upgraded with their cluster.
    expect(applications).not.toHaveProperty('alb');
  });

  test('push puts images into the folder, and a second one finds them there', async () => {
    const first = await violet(['push', operator(), ...there], trusting);
    expect({ err: first.err, status: first.status }).toEqual({ err: '', status: 0 });
    const { data } = await lived
      .context('admin')
      .global.get<KubeObject & { data: Record<string, string> }>(
        { group: '', version: 'v1', resource: 'configmaps' },
        'global-info',
        { namespace: 'kube-public' },
      );
    const { manifests } = JSON.parse(await readFile(join(data.registryLayout ?? '', 'index.json'), 'utf8'));
    expect(manifests.map((it: { digest: string }) => it.digest)).toContain(digest);
    expect((await violet(['push', operator(), ...there], trusting)).out).not.toMatch(
      / (sent|pushed|created)\n/,
    );
    await eventually(
      () =>
        lived
          .context('admin', 'global')
          .kube.get<KubeObject & { status?: { phase?: string } }>(versions, 'opensearch-operator.v3.14.2', {
            namespace,
          }),
      ({ status }) => status?.phase === 'Present',
    );
  });
});

describe('create', () => {
  test('leaves nothing behind when an image is missing or the disk is full', async ({ skip }) => {
    const target = await mkdtemp(join(folder, 'out-'));
    const bundle = await bundleFolder({ name: 'x', version: '1.0.0', displayName: 'X' }, [image]);
    const missing = await violet(['create', bundle, '--output', target]);
    expect(missing.err).toContain(`The image ${image} is in none of the layouts`);
    expect(await readdir(target)).toEqual([]);

    if (process.getuid?.() !== 0) skip('only root can make a small disk');
    const disk = await mkdtemp(join(folder, 'disk-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).then(
      () => true,
      () => false,
    );
    if (!mounted) skip('no small disk can be mounted here');
    try {
      const full = await violet(['create', bundle, '--images', join(folder, 'layout'), '--output', disk]);
      expect(full.err).toContain('There is no space left');
      expect(await readdir(disk)).toEqual([]);
    } finally {
      await run('umount', [disk]);
    }
  });

  test('the same folder gives the same package', async () => {
    const source = await pluginFolder('twice', 'v1.0.0');
    const files = [join(folder, 'one.tgz'), join(folder, 'two.tgz')];
    for (const file of files) await violet(['create', source, '--output', file]);
    const [one, two] = await Promise.all(files.map((file) => readFile(file)));
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
    expect((await stat(`${files[0]}.sha256`)).size).toBeGreaterThan(64);
  });
});
