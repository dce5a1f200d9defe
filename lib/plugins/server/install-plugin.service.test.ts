import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox } from '@/lib/testing/sandbox';
import type { InstallPluginInput } from '../contract-inputs';
import { moduleInfos } from '../refs';
import { getPlugin } from './get-plugin';
import { installPlugin } from './install-plugin';
import { listPlugins } from './list-plugins';
import { startWithPlugins } from './testing';

let sandbox: Sandbox;
const gpu = { custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true } };

const install = (
  name: string,
  version: string,
  {
    cluster = 'business',
    user = 'admin',
    dryRun = false,
    ...input
  }: Partial<InstallPluginInput> & {
    cluster?: string;
    user?: 'admin' | 'viewer' | 'operator' | 'nobody';
    dryRun?: boolean;
  } = {},
) =>
  installPlugin(sandbox.context(user, cluster), {
    name,
    install: { version, config: {}, ...input },
    dryRun,
  });

const installed = async (name: string) => {
  const { kube } = sandbox.context('admin', 'global');
  return (await kube.list<KubeObject>(moduleInfos, { labelSelector: `cpaas.io/module-name=${name}` })).items;
};

beforeAll(async () => {
  sandbox = await startWithPlugins();
});
afterAll(() => sandbox?.stop());

describe('installing a plugin', () => {
  test.each(['viewer', 'operator', 'nobody'] as const)('is refused to %s', async (user) => {
    await expect(install('web-cli', 'v4.0.4', { cluster: 'global', user })).rejects.toMatchObject({
      status: 403,
    });
    expect(await installed('web-cli')).toEqual([]);
  });

  test('can be tried without writing anything', async () => {
    expect(await install('web-cli', 'v4.0.4', { cluster: 'global', dryRun: true })).toMatchObject({
      dryRun: true,
    });
    expect(await installed('web-cli')).toEqual([]);
  });

  test('writes the ModuleInfo of the product document, and is found under the name that the platform gives', async () => {
    await install('web-cli', 'v4.0.4', { cluster: 'global' });
    const plugin = await eventually(
      () => getPlugin(sandbox.context('viewer', 'global'), 'web-cli'),
      ({ status }) => status === 'Running',
    );
    expect(plugin).toMatchObject({ version: 'v4.0.4', newVersion: '' });
    expect(plugin.installation?.name).toBe('global-ee98c9991ea1464aaa8054bdacbab313');
    const [info] = await installed('web-cli');
    expect(info).toMatchObject({
      metadata: {
        labels: {
          'cpaas.io/cluster-name': 'global',
          'cpaas.io/module-name': 'web-cli',
          'cpaas.io/module-type': 'plugin',
        },
      },
      spec: { config: {}, version: 'v4.0.4' },
    });
  });

  test('sends the configuration as it was entered', async () => {
    await install('gpu-device-plugin', 'v4.0.15', { config: gpu });
    const [info] = await eventually(
      () => installed('gpu-device-plugin'),
      (items) => items.length === 1,
    );
    expect(info?.spec).toEqual({ config: gpu, version: 'v4.0.15' });
  });

  test('at the same time on several clusters works under temporary names of their own', async () => {
    const clusters = ['global', 'business', 'edge'];
    await Promise.all(
      clusters.map((cluster) =>
        install('descheduler', 'v2.0.0', { cluster }).catch((error) => {
          throw new Error(`${cluster}: ${error.detail ?? error.message}`);
        }),
      ),
    );
    const infos = await eventually(
      () => installed('descheduler'),
      (items) => items.length === 3,
    );
    expect(infos.map(({ metadata }) => metadata.labels?.['cpaas.io/cluster-name']).sort()).toEqual(
      clusters.sort(),
    );
  });

  test('of two plugins on one cluster at the same time finds names for both', async () => {
    await Promise.all([
      install('nfs', 'v4.2.0', { cluster: 'edge', config: { server: 'nfs.example.com', path: '/' } }),
      install('multus', 'v4.2.0', { cluster: 'edge' }),
    ]);
    await eventually(
      () => listPlugins(sandbox.context('viewer', 'edge')),
      ({ items }) =>
        items.filter(({ name, version }) => ['nfs', 'multus'].includes(name) && version).length === 2,
    );
  });
});

describe('an installation is refused before it is sent', () => {
  test.each([
    ['web-cli', 'v4.0.4', {}, 'invalid-input', 'affinity', 'label is-global is "true"'],
    ['gpu-device-plugin', 'v4.0.15', { cluster: 'edge' }, 'invalid-input', 'affinity', 'cpaas.io/arch-amd64'],
    [
      'web-cli',
      'v4.0.4',
      { cluster: 'global' },
      'conflict',
      'already-installed',
      'already installed on cluster "global"',
    ],
    ['logagent', 'v4.2.0', {}, 'invalid-input', 'missing-dependency', 'logcenter on cluster global'],
    ['web-cli', 'v9.9.9', { cluster: 'global' }, 'invalid-input', 'unknown-version', 'there is v4.0.4'],
    ['no-such-plugin', 'v1.0.0', {}, 'not-found', undefined, 'knows no cluster plugin'],
  ] as const)('%s %s with %j: %s %s', async (name, version, options, code, reason, sentence) => {
    const asked = install(name, version, options);
    await expect(asked).rejects.toMatchObject({
      code,
      ...(reason ? { extra: { reason } } : {}),
      detail: expect.stringContaining(sentence),
    });
  });

  test('for a package that was never uploaded, saying so', async () => {
    const { items } = await listPlugins(sandbox.context('viewer'));
    const absent = items.find(({ status }) => status === 'Absent');
    await expect(install(absent?.name ?? '', 'v1.0.0')).rejects.toMatchObject({
      extra: { reason: 'not-uploaded' },
    });
  });

  test('with values that its form would not take, naming the fields', async () => {
    const asked = install('logcenter', 'v4.2.0', {
      cluster: 'global',
      config: { storage: { type: 'Nowhere' } },
    });
    await expect(asked).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: expect.arrayContaining([expect.objectContaining({ path: 'config.storage.type' })]) },
    });
  });
});
