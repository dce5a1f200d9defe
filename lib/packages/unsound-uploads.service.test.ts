import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasProgram } from '@/cli/testing/violet';
import { uploads } from './server/uploads/uploads';
import { makeArchive, packageEntries, type TestEntry, testImage, testManifest } from './testing/make-archive';
import {
  idOf,
  leftBehind,
  soundPackage,
  startUploadRoutes,
  type UploadRoutes,
} from './testing/upload-routes';
import { uploadLimits } from './upload-contract';

/** What is wrong with a package, or with the console's own disk, is told and leaves nothing behind. */

const run = promisify(execFile);
const bundle = testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', Buffer.from('a'));
let routes: UploadRoutes;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unsound-'));
  routes = await startUploadRoutes();
});
afterAll(async () => {
  await routes?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await routes.clear();
  expect(leftBehind()).toEqual([]);
});

const entries = (...more: TestEntry[]) => packageEntries([bundle]).concat(more);
const manifest = (change: Record<string, unknown>) =>
  packageEntries([bundle], { ...testManifest([bundle]), ...change });
/** The package with other bytes under a blob's name. */
const changedBlob = () =>
  entries().map((entry) => (entry.name.endsWith(bundle.layer.slice(7)) ? { ...entry, bytes: 'b' } : entry));
const manyFiles = () => Array.from({ length: 20_001 }, (_, at) => ({ name: `files/${at}`, bytes: '' }));

test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
  ['leads out of its folder', () => makeArchive(entries({ name: '../evil', bytes: 'x' })), 'leads out of it'],
  [
    'names an absolute path',
    () => makeArchive(entries({ name: '/etc/evil', bytes: 'x' })),
    'an absolute path, "/etc/evil"',
  ],
  [
    'holds a symbolic link',
    () => makeArchive(entries({ name: 'l', type: 'symlink', linkname: '/etc/passwd' })),
    'holds a symlink, "l"',
  ],
  [
    'holds a hard link',
    () => makeArchive(entries({ name: 'l', type: 'link', linkname: '/etc/passwd' })),
    'holds a link, "l"',
  ],
  [
    'holds a device',
    () => makeArchive(entries({ name: 'd', type: 'character-device' })),
    'holds a character device, "d"',
  ],
  ['is a tar bomb', () => makeArchive(manyFiles()), 'holds more than 20000 files'],
  ['is a gzip bomb', () => gzipSync(Buffer.alloc(128 * 1024 ** 2)), 'more than 200 times its size'],
  ['is cut short', async () => (await soundPackage()).subarray(0, 300), 'is cut short'],
  ['is no archive', () => Buffer.from('plain text'), 'not packed with gzip'],
  ['is not what its digests say', () => makeArchive(changedBlob()), 'is damaged: the blob named sha256:'],
  ['is of an unknown type', () => makeArchive(manifest({ packageType: 'Virus' })), 'packageType: '],
  ['breaks the rules of names', () => makeArchive(manifest({ name: 'Not_DNS' })), 'name: must be a DNS name'],
])('a package that %s is refused with a reason', async (_what, make, said) => {
  const id = await routes.send(await make());
  const refused = await routes.inspect(id);
  const problem = await refused.json();
  expect(refused.status, problem.detail).toBe(422);
  expect(problem.detail).toContain('topolvm-operator.v2.3.0.tgz');
  expect(problem.detail).toContain(said);
  expect(problem.detail).not.toContain(tmpdir());
  expect(leftBehind()).toEqual([]);
  expect((await routes.inspect(id)).status).toBe(404);
  expect(await routes.waiting()).toEqual([]);
});

test('two packages of one name are refused, and the first one stays', async () => {
  const bytes = await soundPackage();
  const first = await routes.send(bytes, 'first.tgz');
  expect((await routes.inspect(first)).status).toBe(200);
  const refused = await routes.inspect(await routes.send(bytes, 'second.tgz'));
  expect(refused.status).toBe(409);
  expect((await refused.json()).detail).toContain(
    'second.tgz holds the same version of the same package as first.tgz',
  );
  expect((await routes.waiting()).map(({ id }) => id)).toEqual([first]);
});

describe('a package fails to verify', () => {
  test('by another checksum', async () => {
    const id = await routes.send(await soundPackage());
    const told = await (await routes.inspect(id, { checksum: '0'.repeat(64) })).json();
    expect(told.verification).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('not 000'),
    });
    expect(leftBehind()).toEqual([]);
    expect((await routes.push(id, { clusters: ['global'], acceptUnverified: true })).status).toBe(404);
  });

  test('by what is no signature', async () => {
    const id = await routes.send(await soundPackage());
    const signature = Buffer.from('no signature at all').toString('base64');
    const told = await (await routes.inspect(id, { signature })).json();
    expect(told.verification).toMatchObject({ outcome: 'failed' });
    expect(leftBehind()).toEqual([]);
  });

  test('by a signature that was made for other bytes, whatever its checksum', async ({
    skip,
    onTestFinished,
  }) => {
    if (!(await hasProgram('gpg'))) skip('gpg is not installed');
    const home = await mkdtemp(join(folder, 'gpg-'));
    // Trusted is whom the keyring of the console's own account has.
    process.env.GNUPGHOME = home;
    onTestFinished(async () => {
      delete process.env.GNUPGHOME;
      await run('gpgconf', ['--homedir', home, '--kill', 'all']);
    });
    const gpg = (...args: string[]) =>
      run('gpg', ['--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args]);
    await gpg('--quick-generate-key', 'Vendor <v@example.com>', 'ed25519', 'sign', 'never');
    const [good, forged] = [await soundPackage(), await makeArchive(manifest({ version: '2.4.0' }))];
    const file = join(home, 'good.tgz');
    await writeFile(file, good);
    await gpg('--output', `${file}.sig`, '--detach-sign', file);
    const signature = (await readFile(`${file}.sig`)).toString('base64');

    const told = await (await routes.inspect(await routes.send(forged), { signature })).json();
    expect(told.verification).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('the signature is forged'),
    });
    expect(leftBehind()).toEqual([]);
    const kept = await (await routes.inspect(await routes.send(good), { signature })).json();
    expect(kept.verification).toMatchObject({ outcome: 'gpg', signer: 'Vendor <v@example.com>' });
  });
});

test('an upload that stops is removed after an hour, and every one after half a day', async () => {
  const bytes = await soundPackage();
  const whole = await routes.send(bytes);
  const half = idOf(await routes.begin('half.tgz', bytes.length));
  await routes.part(half, 0, bytes.subarray(0, 100));
  const now = Date.now();
  await uploads().sweep(now + uploadLimits.idleMs - 60_000);
  expect((await routes.waiting()).map(({ id }) => id)).toEqual([whole, half]);
  await uploads().sweep(now + uploadLimits.idleMs + 60_000);
  expect((await routes.waiting()).map(({ id }) => id)).toEqual([whole]);
  await uploads().sweep(now + uploadLimits.lifetimeMs + 60_000);
  expect(await routes.waiting()).toEqual([]);
  expect(leftBehind()).toEqual([]);
});
