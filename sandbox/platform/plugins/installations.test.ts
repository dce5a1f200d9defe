import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../testing.ts';
import { type ModulePlugin, refs } from './api.ts';
import { moduleInfoName } from './naming.ts';
import { failed, moduleInfo, PluginsUnderTest, running } from './testing.ts';

const stop = new AbortController();
let plugins: PluginsUnderTest;
beforeAll(async () => {
  plugins = await PluginsUnderTest.start(stop.signal);
});
afterAll(() => stop.abort());

describe('an installation', () => {
  test('gets its final name, labels, names, finalizer and owner, and runs on its cluster', async () => {
    const temporary = moduleInfo('business', 'gpu-device-plugin', 'v4.0.15', {
      custom: { pgpu_enable: true },
    });
    await plugins.create(temporary);
    const name = 'business-c5b03393776ecd3d02e6590f4c1c07b8';
    const info = await plugins.when(name, running('v4.0.15'));
    expect(info).toMatchObject({
      metadata: {
        labels: { 'cpaas.io/product': 'ACP', 'cpaas.io/lifecycle-type': 'agnostic' },
        annotations: { 'cpaas.io/display-name': 'gpu-device-plugin' },
        finalizers: ['moduleinfo'],
        ownerReferences: [{ apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster', name: 'business' }],
      },
      spec: temporary.spec,
      status: {
        availableVersions: [{ version: 'v4.0.15', riskLevel: 'middle' }],
        appReleases: [{ name: 'gpu-device-plugin', ready: true, synced: true, failed: false }],
      },
    });
    expect(JSON.parse(info?.metadata.annotations?.['cpaas.io/module-name'] ?? '')).toHaveProperty('zh');
    await plugins.when('business-temporary-name', (it) => it === undefined);
    const deployment = { namespace: 'cpaas-system', name: 'gpu-device-plugin' };
    expect(
      await plugins.platform.cluster('business').client.find(refs.deployments, deployment),
    ).toBeDefined();
    await until<ModulePlugin>(
      plugins.platform.global,
      refs.modulePlugins,
      { name: 'gpu-device-plugin' },
      (plugin) => {
        const [first] = plugin?.status?.installed ?? [];
        return first?.cluster === 'business' && first.phase === 'Running' && first.name === name;
      },
    );
  });

  test('of a plugin that is there already is refused', async () => {
    await plugins.installed('edge', 'multus', 'v4.1.1');
    await expect(plugins.create(moduleInfo('edge', 'multus', 'v4.2.0'))).rejects.toThrow(
      /denied the request: plugin multus is already installed on cluster edge/,
    );
  });

  test.each([
    ['affinity', 'business', 'web-cli', 'v4.0.4', /does not match the cluster affinity: is-global=true/],
    ['architecture', 'edge', 'gpu-device-plugin', 'v4.0.15', /cpaas.io\/arch-amd64=true/],
    [
      'a neighbour',
      'business',
      'hami',
      'v2.6.1',
      /gpu-device-plugin on cluster business excludes this plugin/,
    ],
    ['platform version', 'business', 'alb', 'v4.3.0', /made for platform v4.3.0/],
    ['a version that does not exist', 'business', 'kueue', 'v9.9.9', /kueue-v9.9.9 does not exist/],
    ['a dependency that is missing', 'edge', 'hami', 'v2.6.1', /node-feature-discovery is not installed/],
    ['a cluster that does not exist', 'nowhere', 'kueue', 'v0.11.4', /cluster nowhere is not registered/],
  ])('fails because of %s, and says so', async (_, cluster, module, version, reason) => {
    await plugins.create(moduleInfo(cluster, module, version));
    const name = moduleInfoName(cluster, module);
    const info = await plugins.when(name, failed);
    expect(info?.status?.blockReasons?.join('\n')).toMatch(reason);
    await plugins.delete(name);
    await plugins.when(name, (it) => it === undefined);
  });

  test('without its type label fails, and goes on when it gets it', async () => {
    const info = moduleInfo('edge', 'volcano', 'v1.10.0');
    const { 'cpaas.io/module-type': _, ...labels } = info.metadata.labels ?? {};
    await plugins.create({ ...info, metadata: { name: 'no-type', labels } });
    await plugins.when('no-type', failed);
    await plugins.patch('no-type', { metadata: { labels: { 'cpaas.io/module-type': 'plugin' } } });
    await plugins.when(moduleInfoName('edge', 'volcano'), running('v1.10.0'));
  });

  test('waits for a store on another cluster, and goes on when that runs', async () => {
    await plugins.create(
      moduleInfo('business', 'logagent', 'v4.2.0', { crossClusterDependency: { logcenter: 'global' } }),
    );
    const name = moduleInfoName('business', 'logagent');
    await plugins.when(name, (it) =>
      (it?.status?.blockReasons ?? []).some((reason) => /logcenter on cluster global/.test(reason)),
    );
    await plugins.installed('global', 'logcenter', 'v4.2.0');
    await plugins.when(name, running('v4.2.0'));
  });
});

describe('bad input', () => {
  test.each([refs.modulePlugins, refs.moduleConfigs, refs.moduleInfos])(
    '$resource without a spec is refused',
    async (ref) => {
      const kind = {
        moduleplugins: 'ModulePlugin',
        moduleconfigs: 'ModuleConfig',
        moduleinfoes: 'ModuleInfo',
      }[ref.resource];
      const object = {
        apiVersion: 'cluster.alauda.io/v1alpha1',
        kind: kind ?? '',
        metadata: { name: 'empty' },
      };
      await expect(plugins.platform.global.client.create(ref, object)).rejects.toThrow(/a spec is required/);
    },
  );

  test('labels that are no labels get the usual answer', async () => {
    const info = moduleInfo('business', 'a,b=c', 'v1.0.0');
    await expect(plugins.create(info)).rejects.toThrow(/metadata.labels: Invalid value/);
  });

  test('an installation whose image can not be pulled fails and names the image', async () => {
    const { nodes } = plugins.platform.cluster('edge');
    nodes.refuseImage('registry.alauda.cn:60080/mlops/kueue:v0.10.2');
    await plugins.create(moduleInfo('edge', 'kueue', 'v0.10.2'));
    const info = await plugins.when(moduleInfoName('edge', 'kueue'), failed);
    expect(info?.status?.blockReasons?.join()).toMatch(
      /release kueue: .*ImagePull.* registry.alauda.cn:60080\/mlops\/kueue:v0.10.2/,
    );
  });
});
