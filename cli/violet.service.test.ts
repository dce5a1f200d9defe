import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleFolder, pluginFolder } from './testing/folders';
import { image, type PackedFolder, packFolder, sidecar } from './testing/packed-folder';
import { bundledViolet, hasProgram, type Violet } from './testing/violet';

/** The commands that ask no platform. */

const run = promisify(execFile);
let folder: string;
let violet: Violet;
let packed: PackedFolder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-'));
  violet = await bundledViolet(folder);
  packed = await packFolder(violet, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('show', () => {
  test('previews a package', async () => {
    const { out, status } = await violet(['show', packed.operator]);
    expect(out).toBe('Name: OpenSearch\nType: bundle\nArch: [linux/amd64]\nVersion: 3.14.2\n');
    expect(status).toBe(0);
  });

  test('with --all tells its artifact and related images', async () => {
    const { out } = await violet(['show', packed.operator, '--all']);
    expect(out.split('\n').slice(4)).toEqual([
      'Artifact: harbor.demo.io/acp/opensearch-operator-bundle:v3.14.2',
      `RelateImages: [${image} ${sidecar}]`,
      '',
    ]);
  });

  test('says why a file is no package', async () => {
    const file = join(folder, 'broken.tgz');
    await writeFile(file, (await readFile(packed.operator)).subarray(0, 1_000_000));
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
      await copyFile(packed.plugin, join(signed, `${name}.tgz`));
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
    await copyFile(packed.operator, forged);
    await copyFile(good, foreign);
    await gpg(stranger, '--output', `${foreign}.sig`, '--detach-sign', foreign);
    const trusting = { env: { VIOLET_KEYRING: join(vendor, 'key.asc') } };

    const whole = await violet(['verify', signed], trusting);
    expect(whole.out).toBe(
      [
        `verify path: ${signed}`,
        '===== Verification Summary =====',
        'Verified successfully with GPG: 1 file(s)',
        `  - ${good}`,
        '',
        'Verified successfully with checksum: 1 file(s)',
        `  - ${signed}/nginx-controller.tgz`,
        '',
        'Verification failed: 1 file(s)',
        `  - ${signed}/etcd-operator.tgz`,
        '',
        'No verification file found: 1 file(s)',
        `  - ${signed}/demo-plugin.tgz`,
        '',
      ].join('\n'),
    );
    expect(whole.status).toBe(1);
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

describe('called wrongly', () => {
  const platform = ['--platform-address', 'https://127.0.0.1:1', '--platform-token', 'x'];
  test.each<[string, string[], number, RegExp]>([
    ['without a command', [], 2, /^violet: packages of the marketplace/],
    ['an unknown command', ['gc'], 2, /there is no command "gc"/],
    ['an unknown flag', ['show', '--force', 'absent.tgz'], 2, /Unknown option '--force'/],
    ['without a path', ['verify'], 2, /Name the package or folder to verify/],
    ['a file that is not there', ['show', 'absent.tgz'], 1, /absent\.tgz does not exist/],
    ['a folder that is not there', ['verify', 'absent'], 1, /absent does not exist/],
    ['a list without a platform', ['list'], 2, /--platform-address is missing/],
    ['a package that is not there', ['push', 'absent.tgz', ...platform], 1, /absent\.tgz does not exist/],
    // Flags are looked at first, so that a wrong one is told although the package is missing.
    [
      'a registry without credentials',
      ['push', 'absent.tgz', ...platform, '--dest-repo', 'harbor.demo.io'],
      2,
      /--username and --password of that registry, or --no-auth/,
    ],
    [
      'a registry at an IPv6 address',
      ['push', 'absent.tgz', ...platform, '--dest-repo', '[2001:db8::1]:11443', '--no-auth'],
      2,
      /IPv6 addresses are not supported/,
    ],
    [
      'a platform at an IPv6 address',
      ['push', 'absent.tgz', '--platform-address', 'https://[::1]', '--platform-token', 'x'],
      2,
      /IPv6 addresses are not supported/,
    ],
    [
      'another chart repository',
      ['push', 'absent.tgz', ...platform, '--target-chartrepo', 'mine'],
      2,
      /only be uploaded to the chart repository public-charts/,
    ],
  ])('%s', async (_name, args, status, said) => {
    const ran = await violet(args);
    expect(ran.status === 2 && args.length === 0 ? ran.out : ran.err).toMatch(said);
    expect(ran.status).toBe(status);
  });

  test('--help of each command tells its flags and ends with 0', async () => {
    const flags = {
      create: '--images',
      show: '--all',
      verify: '--keyring',
      push: '--dest-repo',
      list: '--output-file',
    };
    for (const [command, flag] of Object.entries(flags)) {
      const { out, err, status } = await violet([command, '--help']);
      expect({ err, status }).toEqual({ err: '', status: 0 });
      expect(out).toMatch(new RegExp(`^violet ${command}[^]*${flag} [^]*--debug [^]*-h, --help `));
    }
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
      const full = await violet(['create', bundle, '--images', packed.layout, '--output', disk]);
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
