import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../client/types.ts';
import { type TestPlatform, testPlatform, until } from '../testing.ts';
import { type AppRelease, type ModuleConfig, type ModuleInfo, type ModulePlugin, refs } from './api.ts';
import { moduleInfoName } from './naming.ts';

const stop = new AbortController();
let platform: TestPlatform;
/** The phases and versions that each installation has gone through. */
const histories = new Map<string, string[]>();
beforeAll(async () => {
  platform = await testPlatform(stop.signal);
  platform.global.informers.of<ModuleInfo>(refs.moduleInfos).on(({ type, object: { metadata, status } }) => {
    const name = metadata.name ?? '';
    const history = histories.get(name) ?? [];
    const step = `${status?.phase ?? ''} ${status?.version ?? ''}`.trim();
    if (type === 'DELETED') histories.delete(name);
    else if (history.at(-1) !== step) histories.set(name, [...history, step]);
  });
});
afterAll(() => stop.abort());

const storageClasses = { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' };

const moduleInfo = (cluster: string, module: string, version: string, config = {}): ModuleInfo => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleInfo',
  metadata: {
    name: `${cluster}-temporary-name`,
    labels: {
      'cpaas.io/cluster-name': cluster,
      'cpaas.io/module-name': module,
      'cpaas.io/module-type': 'plugin',
    },
  },
  spec: { version, config },
});

const create = (info: ModuleInfo) => platform.global.client.create(refs.moduleInfos, info);
const patch = (name: string, body: object) =>
  platform.global.client.patch<ModuleInfo>(refs.moduleInfos, { name }, body, { type: 'merge' });
const when = (name: string, fulfils: (info: ModuleInfo | undefined) => boolean) =>
  until<ModuleInfo>(platform.global, refs.moduleInfos, { name }, fulfils);
const running = (version: string) => (info: ModuleInfo | undefined) =>
  info?.status?.phase === 'Running' && info.status.version === version;
const failed = (info: ModuleInfo | undefined) => info?.status?.phase === 'Failed';

async function installed(cluster: string, module: string, version: string, config = {}): Promise<string> {
  await create(moduleInfo(cluster, module, version, config));
  const name = moduleInfoName(cluster, module);
  await when(name, running(version));
  return name;
}

describe('an installation', () => {
  test('gets its final name, labels, names, finalizer and owner, and runs on its cluster', async () => {
    const temporary = moduleInfo('business', 'gpu-device-plugin', 'v4.0.15', {
      custom: { pgpu_enable: true },
    });
    await create(temporary);
    const name = 'business-c5b03393776ecd3d02e6590f4c1c07b8';
    const info = await when(name, running('v4.0.15'));
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
    await when('business-temporary-name', (it) => it === undefined);
    const deployment = { namespace: 'cpaas-system', name: 'gpu-device-plugin' };
    expect(await platform.cluster('business').client.find(refs.deployments, deployment)).toBeDefined();
    await until<ModulePlugin>(
      platform.global,
      refs.modulePlugins,
      { name: 'gpu-device-plugin' },
      (plugin) => {
        const [first] = plugin?.status?.installed ?? [];
        return first?.cluster === 'business' && first.phase === 'Running' && first.name === name;
      },
    );
  });

  test('of a plugin that is there already is refused', async () => {
    await installed('edge', 'multus', 'v4.1.1');
    await expect(create(moduleInfo('edge', 'multus', 'v4.2.0'))).rejects.toThrow(
      /denied the request: plugin multus is already installed on cluster edge/,
    );
  });

  test.each([
    [
      'affinity',
      moduleInfo('business', 'web-cli', 'v4.0.4'),
      /does not match the cluster affinity: is-global=true/,
    ],
    ['architecture', moduleInfo('edge', 'gpu-device-plugin', 'v4.0.15'), /cpaas.io\/arch-amd64=true/],
    ['platform version', moduleInfo('business', 'alb', 'v4.3.0'), /made for platform v4.3.0/],
    [
      'a version that does not exist',
      moduleInfo('business', 'kueue', 'v9.9.9'),
      /kueue-v9.9.9 does not exist/,
    ],
    [
      'a dependency that is missing',
      moduleInfo('business', 'hami', 'v2.6.1'),
      /node-feature-discovery is not installed/,
    ],
  ])('fails because of %s, and says so', async (_, info, reason) => {
    await create({
      ...info,
      metadata: { ...info.metadata, name: `failing-${info.metadata.labels?.['cpaas.io/module-name']}` },
    });
    const { 'cpaas.io/cluster-name': cluster = '', 'cpaas.io/module-name': module = '' } =
      info.metadata.labels ?? {};
    const name = moduleInfoName(cluster, module);
    // On business the GPU device plugin runs already and excludes hami too.
    const latest = await when(name, failed);
    expect(latest?.status?.blockReasons?.join('\n')).toMatch(
      module === 'hami' ? /excludes this plugin|node-feature/ : reason,
    );
    await platform.global.client.delete(refs.moduleInfos, { name });
    await when(name, (it) => it === undefined);
  });

  test('without its type label fails, and goes on when it gets it', async () => {
    const info = moduleInfo('edge', 'volcano', 'v1.10.0');
    const { 'cpaas.io/module-type': _, ...labels } = info.metadata.labels ?? {};
    await create({ ...info, metadata: { name: 'no-type', labels } });
    await when('no-type', failed);
    await patch('no-type', { metadata: { labels: { 'cpaas.io/module-type': 'plugin' } } });
    await when(moduleInfoName('edge', 'volcano'), running('v1.10.0'));
  });

  test('waits for a store on another cluster, and goes on when that runs', async () => {
    await create(
      moduleInfo('business', 'logagent', 'v4.2.0', { crossClusterDependency: { logcenter: 'global' } }),
    );
    const name = moduleInfoName('business', 'logagent');
    await when(name, (it) =>
      (it?.status?.blockReasons ?? []).some((reason) => /logcenter on cluster global/.test(reason)),
    );
    await installed('global', 'logcenter', 'v4.2.0');
    await when(name, running('v4.2.0'));
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
      await expect(platform.global.client.create(ref, object)).rejects.toThrow(/a spec is required/);
    },
  );

  test('labels that are no labels get the usual answer', async () => {
    const info = moduleInfo('business', 'a,b=c', 'v1.0.0');
    await expect(create(info)).rejects.toThrow(/metadata.labels: Invalid value/);
  });

  test('an installation whose image can not be pulled fails and names the image', async () => {
    const { nodes } = platform.cluster('edge');
    nodes.refuseImage('registry.alauda.cn:60080/mlops/kueue:v0.10.2');
    await create(moduleInfo('edge', 'kueue', 'v0.10.2'));
    const info = await when(moduleInfoName('edge', 'kueue'), failed);
    expect(info?.status?.blockReasons?.join()).toMatch(
      /release kueue: .*ImagePull.* registry.alauda.cn:60080\/mlops\/kueue:v0.10.2/,
    );
  });
});

describe('a running installation', () => {
  test('is upgraded: the status lags, then the new version runs and the times are noted', async () => {
    const name = await installed('business', 'metallb', 'v4.1.2');
    const before = await when(name, (it) => it?.status?.availableVersions?.[0]?.version === 'v4.2.0');
    const patched = await patch(name, { spec: { version: 'v4.2.0' } });
    expect(patched.status).toEqual(before?.status);
    const after = await when(name, running('v4.2.0'));
    expect(histories.get(name)).toEqual([
      '',
      'Processing',
      'Running v4.1.2',
      'Upgrading v4.1.2',
      'Running v4.2.0',
    ]);
    expect(after?.metadata.annotations).toMatchObject({
      'cpaas.io/upgraded-at': expect.any(String),
      'cpaas.io/upgraded-end': expect.any(String),
    });
    expect(after?.status?.appReleases?.[0]?.chartVersions?.[0]?.version).toBe('v4.2.0');
  });

  test('is not upgraded to a version that does not take it', async () => {
    const name = await installed('global', 'product-docs', 'v4.2.0');
    const { client } = platform.global;
    const config = await client.get<ModuleConfig>(refs.moduleConfigs, { name: 'product-docs-v4.2.0' });
    await client.create<ModuleConfig>(refs.moduleConfigs, {
      ...config,
      metadata: { name: 'product-docs-v5.0.0', labels: config.metadata.labels ?? {} },
      spec: { ...config.spec, version: 'v5.0.0', supportedUpgradeVersions: '>= v4.9.0' },
    });
    await patch(name, { spec: { version: 'v5.0.0' } });
    const latest = await when(name, failed);
    expect(latest?.status).toMatchObject({ version: 'v4.2.0' });
    expect(latest?.status?.blockReasons?.[0]).toMatch(/from >= v4.9.0, installed is v4.2.0/);
    await patch(name, { spec: { version: 'v4.2.0' } });
    await when(name, running('v4.2.0'));
  });

  test('gets another configuration: its release is written anew and it runs again', async () => {
    const name = await installed('business', 'kueue', 'v0.11.4', { integrations: { rayJob: false } });
    await patch(name, { spec: { config: { integrations: { rayJob: true } } } });
    await when(name, (it) => running('v0.11.4')(it) && histories.get(name)?.length === 5);
    expect(histories.get(name)).toEqual([
      '',
      'Processing',
      'Running v0.11.4',
      'Processing v0.11.4',
      'Running v0.11.4',
    ]);
    const release = await platform
      .cluster('business')
      .client.get<AppRelease>(refs.appReleases, { namespace: 'cpaas-system', name: 'kueue' });
    expect(release.spec.values).toMatchObject({ config: { integrations: { rayJob: true } } });
  });

  test('keeps its Deployment as the chart has it', async () => {
    await installed('business', 'multus', 'v4.2.0');
    const { client } = platform.cluster('business');
    const key = { namespace: 'cpaas-system', name: 'multus' };
    await client.patch(refs.deployments, key, { spec: { replicas: 0 } }, { type: 'merge' });
    await until<KubeObject & { spec: { replicas: number } }>(
      platform.cluster('business'),
      refs.deployments,
      key,
      (it) => it?.spec.replicas === 1,
    );
  });
});

describe('an uninstall', () => {
  test('is held up by an object in the way and goes on when that is gone', async () => {
    const name = await installed('business', 'nfs', 'v4.2.0', { server: '192.0.2.1', path: '/' });
    const { client } = platform.cluster('business');
    await client.create(storageClasses, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'nfs-shared' },
      provisioner: 'nfs.csi.k8s.io',
    });
    await platform.global.client.delete(refs.moduleInfos, { name });
    const held = await when(name, (it) => it?.status?.removeIsPrevented === true);
    expect(held?.status).toMatchObject({
      phase: 'Deleting',
      blockReasons: ['StorageClass nfs-shared on cluster business must be deleted first'],
    });
    await client.delete(storageClasses, { name: 'nfs-shared' });
    await when(name, (it) => it === undefined);
    const release = { namespace: 'cpaas-system', name: 'nfs' };
    expect(await client.find(refs.appReleases, release)).toBeUndefined();
  });

  test('of a plugin that is not deleteable is refused', async () => {
    const name = await installed('global', 'log-api', 'v4.2.0');
    await expect(platform.global.client.delete(refs.moduleInfos, { name })).rejects.toThrow(
      /deleteable is false/,
    );
  });

  test('leaves a version that is installed in place until it no longer is', async () => {
    const name = await installed('edge', 'node-feature-discovery', 'v0.16.4');
    const { client } = platform.global;
    const key = { name: 'node-feature-discovery-v0.16.4' };
    await client.delete(refs.moduleConfigs, key);
    expect(await client.find(refs.moduleConfigs, key)).toBeDefined();
    await client.delete(refs.moduleInfos, { name });
    await until(platform.global, refs.moduleConfigs, key, (it) => it === undefined);
  });
});

describe('what is written by hand', () => {
  test('a ModulePlugin gets its ModuleConfig and can be installed', async () => {
    const { client } = platform.global;
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
      platform.global,
      refs.moduleConfigs,
      { name: 'demo-v0.0.1' },
      (it) => it?.status?.readyForDeploy === true,
    );
    await installed('edge', 'demo', 'v0.0.1');
  });

  test('a ClusterPluginInstance on a workload cluster becomes an installation and takes it along', async () => {
    const business = platform.cluster('business');
    await business.client.create(refs.clusterPluginInstances, {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ClusterPluginInstance',
      metadata: { name: 'descheduler' },
      spec: { pluginName: 'descheduler', config: { dryRun: true } },
    });
    const name = moduleInfoName('business', 'descheduler');
    const info = await when(name, running('v2.0.0'));
    expect(info?.spec.config).toEqual({ dryRun: true });
    await business.client.delete(refs.clusterPluginInstances, { name: 'descheduler' });
    await when(name, (it) => it === undefined);
    await until(business, refs.clusterPluginInstances, { name: 'descheduler' }, (it) => it === undefined);
  });
});
