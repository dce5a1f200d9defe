import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  makeArchive,
  makeTar,
  packageEntries,
  type TestEntry,
  testImage,
  testManifest,
} from '../testing/make-archive';
import { defaultLimits } from './archive/read-entries';
import { inspectPackage } from './inspect-package';

const bundle = testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('bundle'));
const operator = testImage('harbor.demo.io/acp/topolvm-operator:v3.11.0', randomBytes(300_000));
const images = [bundle, operator];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function written(bytes: Uint8Array): Promise<string> {
  count += 1;
  const file = join(folder, `${count}.tgz`);
  await writeFile(file, bytes);
  return file;
}

const archived = async (entries: TestEntry[]) => inspectPackage(await written(await makeArchive(entries)));
const withManifest = (change: Record<string, unknown>) =>
  packageEntries(images, { ...testManifest(images), ...change });

describe('a package', () => {
  test('tells what is in it', async () => {
    const { summary, images: found } = await archived(packageEntries(images));
    expect(summary).toMatchObject({
      name: 'topolvm-operator',
      displayName: 'NativeStor',
      type: 'bundle',
      platforms: ['linux/amd64'],
      version: '2.3.0',
      artifact: 'harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0',
      relatedImages: ['harbor.demo.io/acp/topolvm-operator:v3.11.0'],
    });
    expect(found.map(({ image }) => image.digest)).toEqual(images.map(({ root }) => root.digest));
    expect(found[1]?.blobs.map(({ digest }) => digest)).toContain(operator.layer);
  });

  test('may be packed in any order, with leading dots', async () => {
    const entries = packageEntries(images).map((entry) => ({ ...entry, name: `./${entry.name}` }));
    const { summary } = await archived([{ name: './blobs/', type: 'directory' }, ...entries.reverse()]);
    expect(summary.name).toBe('topolvm-operator');
  });
});

test('a plain Helm chart archive is read as a chart', async () => {
  const { summary, images: found } = await archived([
    {
      name: 'nginx/Chart.yaml',
      bytes: 'apiVersion: v2\nname: nginx\nversion: 18.3.1+build.1\nappVersion: 1.27',
    },
    { name: 'nginx/charts/common/Chart.yaml', bytes: 'name: common' },
    { name: 'nginx/values.yaml', bytes: 'a: 1' },
  ]);
  expect(summary).toMatchObject({ type: 'chart', name: 'nginx', version: '18.3.1+build.1' });
  expect(found[0]?.image.tag).toBe('18.3.1_build.1');
});

describe('what could do harm is refused', () => {
  test.each<[string, TestEntry, RegExp]>([
    ['a path that leads out', { name: '../evil', bytes: 'x' }, /leads out/],
    ['a hidden path that leads out', { name: 'blobs/../../evil', bytes: 'x' }, /leads out/],
    ['an absolute path', { name: '/etc/passwd', bytes: 'x' }, /absolute path/],
    ['a path of another system', { name: 'C:/evil', bytes: 'x' }, /absolute path/],
    ['backslashes', { name: '..\\evil', bytes: 'x' }, /forbidden name/],
    [
      'a symbolic link',
      { name: 'package.yaml', type: 'symlink', linkname: '/etc/passwd' },
      /holds a symlink/,
    ],
    ['a hard link', { name: 'package.yaml', type: 'link', linkname: '/etc/passwd' }, /holds a link/],
    ['a device', { name: 'sda', type: 'block-device', devmajor: 8, devminor: 0 }, /holds a block device/],
    ['a pipe', { name: 'pipe', type: 'fifo' }, /holds a fifo/],
    ['a name without end', { name: 'x/'.repeat(600), bytes: 'x' }, /name of \d+ characters/],
  ])('%s', async (_name, entry, message) => {
    await expect(archived([entry, ...packageEntries(images)])).rejects.toMatchObject({
      code: 'UnsafePackage',
      message: expect.stringMatching(message),
    });
  });

  test('a gzip bomb', async () => {
    const tar = await makeTar([{ name: 'blobs/zeros', bytes: Buffer.alloc(80 * 1024 ** 2) }]);
    await expect(inspectPackage(await written(gzipSync(tar)))).rejects.toMatchObject({
      code: 'UnsafePackage',
      message: expect.stringContaining('200 times its size'),
    });
  });

  test('a tar bomb of many files, and one of many bytes', async () => {
    const entries = Array.from({ length: 50 }, (_, at) => ({ name: `file-${at}`, bytes: 'x' }));
    const file = await written(await makeArchive(entries));
    const limited = (limits: object) => inspectPackage(file, { limits: { ...defaultLimits, ...limits } });
    await expect(limited({ entries: 40 })).rejects.toThrow('more than 40 files');
    await expect(limited({ bytes: 10_000 })).rejects.toThrow('more than 10000 bytes');
  });

  test('a header that does not end', async () => {
    const tar = await makeTar([{ name: 'x', bytes: 'x', pax: { comment: 'x'.repeat(5 * 1024 ** 2) } }]);
    await expect(inspectPackage(await written(gzipSync(tar)))).rejects.toMatchObject({
      code: 'InvalidPackage',
    });
  });
});

describe('what is damaged is refused', () => {
  test('at every length that a broken transfer may leave', async () => {
    const whole = await makeArchive(packageEntries(images));
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      const file = await written(whole.subarray(0, Math.floor(whole.length * part)));
      await expect(inspectPackage(file)).rejects.toMatchObject({
        code: 'CorruptPackage',
        message: expect.stringContaining('cut short'),
      });
    }
  });

  test('a flipped bit', async () => {
    const whole = Buffer.from(await makeArchive(packageEntries(images)));
    whole.writeUInt8((whole.readUInt8(whole.length - 5_000) ^ 1) & 0xff, whole.length - 5_000);
    await expect(inspectPackage(await written(whole))).rejects.toMatchObject({ code: 'CorruptPackage' });
  });

  test('a blob that is not what its name says', async () => {
    const entries = packageEntries(images).map((entry) =>
      entry.name.endsWith(operator.layer.slice(7)) ? { ...entry, bytes: Buffer.from('forged') } : entry,
    );
    await expect(archived(entries)).rejects.toThrow(/the blob named sha256:\w+ has the digest sha256:\w+/);
  });

  test.each<[string, TestEntry[], RegExp]>([
    [
      'a missing layer',
      packageEntries(images).filter(({ name }) => !name.endsWith(operator.layer.slice(7))),
      /incomplete: harbor.demo.io\/acp\/topolvm-operator:v3.11.0 needs/,
    ],
    [
      'an image that the layout lacks',
      packageEntries([bundle], testManifest(images)),
      /names the image .*topolvm-operator:v3.11.0, but index.json does not/,
    ],
    [
      'an image of another digest',
      withManifest({
        artifact: { ...(testManifest(images).artifact as object), digest: operator.root.digest },
      }),
      /but index.json says/,
    ],
  ])('%s', async (_name, entries, message) => {
    await expect(archived(entries)).rejects.toMatchObject({
      code: 'CorruptPackage',
      message: expect.stringMatching(message),
    });
  });
});

describe('what is no package is refused', () => {
  test.each<[string, TestEntry[], RegExp]>([
    ['an unknown type', withManifest({ packageType: 'Virus' }), /packageType: /],
    ['another format', withManifest({ formatVersion: 2 }), /formatVersion: /],
    ['a name that breaks DNS rules', withManifest({ name: 'Topo_LVM' }), /name: must be a DNS name/],
    ['a name that is too long', withManifest({ name: 'a'.repeat(64) }), /name: must be a DNS name/],
    ['an artifact of the wrong kind', withManifest({ packageType: 'Chart' }), /but its artifact is a Bundle/],
    [
      'a plugin without its file',
      withManifest({
        packageType: 'ModulePlugin',
        artifact: { ...(testManifest(images).artifact as object), type: 'Chart' },
      }),
      /without its module-plugin.yaml/,
    ],
    ['two images of one name', withManifest({ relatedImages: [testManifest(images).artifact] }), /twice/],
    [
      'a foreign file',
      [...packageEntries(images), { name: 'setup.sh', bytes: 'rm -rf /' }],
      /"setup.sh", which no package has/,
    ],
    [
      'a file twice',
      [...packageEntries(images), { name: 'package.yaml', bytes: '{}' }],
      /package.yaml twice/,
    ],
    ['broken YAML', [{ name: 'package.yaml', bytes: 'a: [' }], /not sound YAML/],
    ['nothing of a package', [{ name: 'README.md', bytes: 'Hello' }], /neither package.yaml nor/],
    [
      'a chart without a version',
      [{ name: 'x/Chart.yaml', bytes: 'apiVersion: v2\nname: x\nversion: latest' }],
      /semantic version/,
    ],
  ])('%s', async (_name, entries, message) => {
    await expect(archived(entries)).rejects.toMatchObject({
      code: 'InvalidPackage',
      message: expect.stringMatching(message),
    });
  });

  test('a file that is no archive, or none at all', async () => {
    await expect(inspectPackage(await written(Buffer.from('hello')))).rejects.toThrow('not packed with gzip');
    await expect(inspectPackage(await written(gzipSync(randomBytes(4096))))).rejects.toThrow(
      'no tar archive',
    );
    await expect(inspectPackage(join(folder, 'absent.tgz'))).rejects.toThrow('does not exist');
  });
});

test('reading leaves nothing behind', async () => {
  const before = await readdir(tmpdir());
  await archived([{ name: '../evil', bytes: 'x' }]).catch(() => undefined);
  expect((await readdir(folder)).filter((name) => !name.endsWith('.tgz'))).toEqual([]);
  expect((await readdir(tmpdir())).filter((name) => name === 'evil' && !before.includes(name))).toEqual([]);
});
