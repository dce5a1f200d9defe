import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '@/lib/kube/types';
import { artifacts } from './refs';
import { makeArchive, packageEntries, testImage } from './testing/make-archive';
import { type UnreliableRegistry, unreliableRegistry } from './testing/unreliable-registry';
import {
  idOf,
  leftBehind,
  linesOf,
  soundPackage,
  startUploadRoutes,
  type UploadRoutes,
  uploadPath,
} from './testing/upload-routes';

/** What stops an upload from outside is told, leaves nothing half done, and the upload goes on afterwards. */

const run = promisify(execFile);
const accepted = { clusters: ['global'], acceptUnverified: true };
let routes: UploadRoutes;
let folder: string;
let registry: UnreliableRegistry | undefined;
/** A disk that can be made smaller; undefined where none can be mounted. */
let disk: string | undefined;
const temporary = process.env.TMPDIR;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stopped-'));
  routes = await startUploadRoutes();
  await mkdir(join(folder, 'registry'));
  registry = await unreliableRegistry(join(folder, 'registry'));
  const place = join(folder, 'disk');
  await mkdir(place);
  const mounting = run('mount', ['-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', place]);
  disk = await mounting.then(
    () => place,
    () => undefined,
  );
  // The console makes its folder for uploads with the first of them.
  if (disk) process.env.TMPDIR = disk;
});
afterAll(async () => {
  await registry?.stop();
  await routes?.stop();
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  if (disk) await run('umount', [disk]);
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await routes.clear();
  expect(leftBehind()).toEqual([]);
});

const uploadedArtifacts = async () =>
  (await routes.sandbox.context('admin', 'global').kube.list<KubeObject>(artifacts)).items
    .map(({ metadata }) => metadata.name)
    .filter((name) => name === 'topolvm-operator');

test('a full disk is told before and while a package is sent, which then goes on', async ({ skip }) => {
  if (!disk) skip('no small disk can be mounted here: that takes root');
  const layer = randomBytes(8 * 1024 ** 2);
  const bundle = testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', layer);
  const bytes = await makeArchive(packageEntries([bundle]));
  const tooLarge = await routes.begin('large.tgz', 4 * 1024 ** 3);
  expect(tooLarge.status).toBe(413);
  expect((await tooLarge.json()).detail).toContain("The console's disk has room for");

  const id = idOf(await routes.begin('a.tgz', bytes.length));
  const megabyte = 1024 ** 2;
  expect((await routes.part(id, 0, bytes.subarray(0, megabyte))).status).toBe(204);
  await run('mount', ['-o', 'remount,size=2m', disk ?? '']);
  const full = await routes.part(id, megabyte, bytes.subarray(megabyte));
  expect(full.status).toBe(413);
  expect((await full.json()).detail).toContain("The console's disk is full");
  await run('mount', ['-o', 'remount,size=2g', disk ?? '']);

  const asked = await routes.call('upload', 'HEAD', uploadPath(id), { user: 'admin', id });
  const offset = Number(asked.headers.get('upload-offset'));
  expect((await routes.part(id, offset, bytes.subarray(offset))).status).toBe(204);
  expect((await routes.inspect(id)).status).toBe(200);
});

test('who may make no object of a type pushes none of its images either', async () => {
  const { global } = routes.sandbox.context('admin');
  const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
  const name = 'uploads-plugins';
  const rules = [{ apiGroups: ['cluster.alauda.io'], resources: ['moduleplugins'], verbs: ['create'] }];
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const roles = { ...rbac, resource: 'clusterroles' };
  await global.create(roles, { apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
  await global.create(
    { ...rbac, resource: 'clusterrolebindings' },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac.group, kind: 'ClusterRole', name },
      subjects: [{ apiGroup: rbac.group, kind: 'User', name: 'viewer' }],
    },
  );
  const bytes = await soundPackage();
  const id = idOf(await routes.begin('topolvm-operator.tgz', bytes.length, 'viewer'));
  await routes.part(id, 0, bytes, 'viewer');
  expect((await routes.inspect(id, {}, 'viewer')).status).toBe(200);
  const refused = await routes.push(id, accepted, 'viewer');
  expect(refused.status).toBe(403);
  expect((await refused.json()).detail).toContain(
    'Nothing was pushed: for topolvm-operator you lack the permission to create artifactversions.app.alauda.io',
  );
  expect(await uploadedArtifacts()).toEqual([]);
  await routes.call('upload', 'DELETE', uploadPath(id), { user: 'viewer', id });
});

test('a registry that dies in the middle leaves no Artifact, and the same upload is pushed when it is back', async ({
  skip,
}) => {
  if (!registry) skip('docker-registry is not installed');
  const { global } = routes.sandbox.context('admin');
  const configMaps = { group: '', version: 'v1', resource: 'configmaps' };
  const named = { data: { registryAddress: registry?.address, registryLayout: null } };
  await global.mergePatch(configMaps, 'global-info', named, { namespace: 'kube-public' });
  const bundle = testImage('harbor.demo.io/acp/topolvm-operator-bundle:v3.11.0', randomBytes(20_000_000));
  const id = await routes.send(await makeArchive(packageEntries([bundle])));
  expect((await routes.inspect(id)).status).toBe(200);

  // Two of its chunks of 8 MiB are through by then.
  registry?.dieAfter(17_000_000);
  const lines = await linesOf(await routes.push(id, accepted));
  expect(lines.at(-1)).toMatchObject({
    problem: {
      code: 'cluster-unreachable',
      detail: expect.stringContaining(`Registry ${registry?.address} did not answer`),
    },
  });
  expect(lines.filter(({ type }) => type === 'object')).toEqual([]);
  expect(await uploadedArtifacts()).toEqual([]);
  expect((await routes.waiting()).map((upload) => upload.id)).toEqual([id]);

  registry?.setDead(false);
  const again = await linesOf(await routes.push(id, accepted));
  expect(again.at(-1)).toMatchObject({ type: 'done' });
  expect(await uploadedArtifacts()).toEqual(['topolvm-operator']);
  expect(await routes.waiting()).toEqual([]);
});
