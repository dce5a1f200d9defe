import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceRef } from '@/lib/kube/types';
import { eventually, type Sandbox, type SandboxUser } from '@/lib/testing/sandbox';
import { getPlugin } from './get-plugin';
import { installPlugin } from './install-plugin';
import { startWithPlugins } from './testing';
import { uninstallPlugin } from './uninstall-plugin';
import { updatePlugin } from './update-plugin';
import { upgradePlugin } from './upgrade-plugin';

let sandbox: Sandbox;
const storageClasses: ResourceRef = { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' };
const kept = { kept: { by: 'the form does not know it' } };

const plugin = (name: string, user: SandboxUser = 'admin') => getPlugin(sandbox.context(user), name);
const settled = (name: string, version: string) =>
  eventually(
    () => plugin(name),
    (one) => one.status === 'Running' && one.version === version,
  );
const upgrade = (
  name: string,
  version: string,
  config?: Record<string, unknown>,
  user: SandboxUser = 'admin',
) => upgradePlugin(sandbox.context(user), { name, upgrade: { version, config }, dryRun: false });
const update = (
  name: string,
  config: Record<string, unknown>,
  { user = 'admin' as SandboxUser, ...more }: { user?: SandboxUser; resourceVersion?: string } = {},
) => updatePlugin(sandbox.context(user), { name, update: { config, ...more }, dryRun: false });
const uninstall = (name: string, user: SandboxUser = 'admin', dryRun = false) =>
  uninstallPlugin(sandbox.context(user), { name, dryRun });

beforeAll(async () => {
  sandbox = await startWithPlugins();
  const context = sandbox.context('admin');
  const install = (name: string, version: string, config: Record<string, unknown>) =>
    installPlugin(context, { name, install: { version, config }, dryRun: false });
  await install('descheduler', 'v1.0.0', { schedule: '0 3 * * *', dryRun: true, ...kept });
  await install('nfs', 'v4.1.0', { server: 'nfs.example.com', path: '/' });
  await install('cert-manager', 'v4.1.4', {});
  await settled('descheduler', 'v1.0.0');
  await settled('nfs', 'v4.1.0');
  await settled('cert-manager', 'v4.1.4');
});
afterAll(() => sandbox?.stop());

describe.each(['viewer', 'operator', 'nobody'] as const)('%s', (user) => {
  test('can not upgrade, update or uninstall', async () => {
    await expect(upgrade('descheduler', 'v2.0.0', undefined, user)).rejects.toMatchObject({ status: 403 });
    await expect(update('descheduler', { dryRun: false }, { user })).rejects.toMatchObject({ status: 403 });
    await expect(uninstall('descheduler', user)).rejects.toMatchObject({ status: 403 });
    expect(await plugin('descheduler')).toMatchObject({ status: 'Running', version: 'v1.0.0' });
  });
});

describe('updating a plugin', () => {
  test('changes what was changed and keeps what the form does not know', async () => {
    await update('descheduler', { dryRun: false });
    const { installation } = await plugin('descheduler');
    expect(installation).toMatchObject({
      targetVersion: 'v1.0.0',
      config: { schedule: '0 3 * * *', dryRun: false, ...kept },
    });
    await settled('descheduler', 'v1.0.0');
  });

  test('is refused for values that the form would not take', async () => {
    await expect(update('descheduler', { schedule: null })).resolves.toMatchObject({ dryRun: false });
    await update('descheduler', { schedule: '0 3 * * *' });
    await expect(update('descheduler', { schedule: '' })).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: [{ path: 'config.schedule' }] },
    });
    await settled('descheduler', 'v1.0.0');
  });

  test('is refused when it was changed in between', async () => {
    const resourceVersion = '1';
    await expect(update('descheduler', { dryRun: true }, { resourceVersion })).rejects.toMatchObject({
      status: 409,
    });
  });

  test('is refused for a plugin that is not installed', async () => {
    await expect(update('multus', {})).rejects.toMatchObject({ extra: { reason: 'not-installed' } });
  });
});

describe('upgrading a plugin', () => {
  test('is offered with its risk and what it asks', async () => {
    const { upgradeTargets, actions, newVersion } = await plugin('descheduler', 'viewer');
    expect(actions).toContain('Upgrade');
    expect(newVersion).toBe('v2.0.0');
    expect(upgradeTargets).toMatchObject([
      { version: 'v2.0.0', risk: { level: 'middle' }, upgradeForm: true, obstacles: [], upgradeFirst: [] },
    ]);
  });

  test.each([
    ['descheduler', 'v1.0.0', 'not-newer'],
    ['descheduler', 'v7.0.0', 'unknown-version'],
    ['cert-manager', 'v4.2.0', 'core-life-cycle'],
    ['multus', 'v4.2.0', 'not-installed'],
  ])('%s to %s is refused: %s', async (name, version, reason) => {
    await expect(upgrade(name, version)).rejects.toMatchObject({ extra: { reason } });
  });

  test('is refused for values that the new form would not take', async () => {
    await expect(upgrade('descheduler', 'v2.0.0', { limits: { perNode: 0 } })).rejects.toMatchObject({
      extra: { fields: [{ path: 'config.limits.perNode' }] },
    });
  });

  test('changes the version and carries the values over', async () => {
    await upgrade('descheduler', 'v2.0.0', { limits: { perNode: 7 } });
    const { installation, upgradeTargets, newVersion } = await settled('descheduler', 'v2.0.0');
    expect(installation?.config).toEqual({
      schedule: '0 3 * * *',
      dryRun: false,
      limits: { perNode: 7 },
      ...kept,
    });
    expect(upgradeTargets).toEqual([]);
    expect(newVersion).toBe('');
  });

  test('of a Core plugin is told as an upgrade of the cluster', async () => {
    expect(await plugin('cert-manager')).toMatchObject({
      coreReminder: 'v4.2.0',
      upgradeTargets: [],
      actions: [],
    });
  });
});

describe('uninstalling a plugin', () => {
  test('is refused where its author says so', async () => {
    await expect(uninstall('cert-manager')).rejects.toMatchObject({ extra: { reason: 'not-deleteable' } });
  });

  test('is refused while an object is in the way, and possible once it is gone', async () => {
    const { kube } = sandbox.context('admin');
    await kube.create(storageClasses, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'nfs-shared' },
      provisioner: 'nfs.csi.k8s.io',
    });
    await expect(uninstall('nfs')).rejects.toMatchObject({
      extra: { reason: 'resources-in-the-way' },
      detail: expect.stringContaining('StorageClass nfs-shared'),
    });
    expect((await plugin('nfs')).uninstall.obstacles).toMatchObject([{ code: 'resources-in-the-way' }]);
    await kube.delete(storageClasses, 'nfs-shared');
    expect(await uninstall('nfs', 'admin', true)).toMatchObject({ dryRun: true });
    expect((await plugin('nfs')).installation).toBeDefined();
    await uninstall('nfs');
    await eventually(
      () => plugin('nfs'),
      ({ status }) => status === 'Ready',
    );
  });

  test('is refused for a plugin that is not installed', async () => {
    await expect(uninstall('multus')).rejects.toMatchObject({
      code: 'not-found',
      extra: { reason: 'not-installed' },
    });
  });
});
