import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../testing.ts';
import { type ModuleConfig, type ModulePlugin, refs } from './api.ts';
import { moduleInfoName } from './naming.ts';
import { PluginsUnderTest, running } from './testing.ts';

const stop = new AbortController();
let plugins: PluginsUnderTest;
beforeAll(async () => {
  plugins = await PluginsUnderTest.start(stop.signal);
});
afterAll(() => stop.abort());

const storageClasses = { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' };

describe('an uninstall', () => {
  test('is held up by an object in the way and goes on when that is gone', async () => {
    const name = await plugins.installed('business', 'nfs', 'v4.2.0', { server: '192.0.2.1', path: '/' });
    const { client } = plugins.platform.cluster('business');
    await client.create(storageClasses, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'nfs-shared' },
      provisioner: 'nfs.csi.k8s.io',
    });
    await plugins.delete(name);
    const held = await plugins.when(name, (it) => it?.status?.removeIsPrevented === true);
    expect(held?.status).toMatchObject({
      phase: 'Deleting',
      blockReasons: ['StorageClass nfs-shared on cluster business must be deleted first'],
    });
    await client.delete(storageClasses, { name: 'nfs-shared' });
    await plugins.when(name, (it) => it === undefined);
    const release = { namespace: 'cpaas-system', name: 'nfs' };
    expect(await client.find(refs.appReleases, release)).toBeUndefined();
  });

  test('of a plugin that is not deleteable is refused', async () => {
    const name = await plugins.installed('global', 'log-api', 'v4.2.0');
    await expect(plugins.delete(name)).rejects.toThrow(/deleteable is false/);
  });

  test('leaves a version that is installed in place until it no longer is', async () => {
    const name = await plugins.installed('edge', 'node-feature-discovery', 'v0.16.4');
    const { client } = plugins.platform.global;
    const key = { name: 'node-feature-discovery-v0.16.4' };
    await client.delete(refs.moduleConfigs, key);
    expect(await client.find(refs.moduleConfigs, key)).toBeDefined();
    await client.delete(refs.moduleInfos, { name });
    await until(plugins.platform.global, refs.moduleConfigs, key, (it) => it === undefined);
  });
});

describe('what is written by hand', () => {
  test('a ModulePlugin gets its ModuleConfig and can be installed', async () => {
    const { client } = plugins.platform.global;
    await client.create<ModulePlugin>(refs.modulePlugins, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModulePlugin',
      metadata: {
        name: 'demo',
        labels: { 'cpaas.io/module-name': 'demo', 'cpaas.io/module-type': 'plugin' },
      },
      spec: {
        name: 'demo',
        description: { en: 'Demo', zh: '示例' },
        logo: '',
        deleteable: true,
        mainChart: 'ait/demo',
        appReleases: [
          { name: 'demo', chartVersions: [{ name: 'ait/demo', releaseName: 'demo', version: 'v0.0.1' }] },
        ],
      },
    });
    await until<ModuleConfig>(
      plugins.platform.global,
      refs.moduleConfigs,
      { name: 'demo-v0.0.1' },
      (it) => it?.status?.readyForDeploy === true,
    );
    await plugins.installed('edge', 'demo', 'v0.0.1');
  });

  test('a ClusterPluginInstance on a workload cluster becomes an installation and takes it along', async () => {
    const business = plugins.platform.cluster('business');
    await business.client.create(refs.clusterPluginInstances, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ClusterPluginInstance',
      metadata: { name: 'descheduler' },
      spec: { pluginName: 'descheduler', config: { dryRun: true } },
    });
    const name = moduleInfoName('business', 'descheduler');
    const info = await plugins.when(name, running('v2.0.0'));
    expect(info?.spec.config).toEqual({ dryRun: true });
    await business.client.delete(refs.clusterPluginInstances, { name: 'descheduler' });
    await plugins.when(name, (it) => it === undefined);
    await until(business, refs.clusterPluginInstances, { name: 'descheduler' }, (it) => it === undefined);
  });
});
