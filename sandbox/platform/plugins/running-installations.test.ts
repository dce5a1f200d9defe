import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../client/types.ts';
import { until } from '../testing.ts';
import { type AppRelease, type ModuleConfig, refs } from './api.ts';
import { failed, PluginsUnderTest, running } from './testing.ts';

const stop = new AbortController();
let plugins: PluginsUnderTest;
beforeAll(async () => {
  plugins = await PluginsUnderTest.start(stop.signal);
});
afterAll(() => stop.abort());

describe('a running installation', () => {
  test('is upgraded: the status lags, then the new version runs and the times are noted', async () => {
    const name = await plugins.installed('business', 'metallb', 'v4.1.2');
    const before = await plugins.when(name, (it) => it?.status?.availableVersions?.[0]?.version === 'v4.2.0');
    const patched = await plugins.patch(name, { spec: { version: 'v4.2.0' } });
    expect(patched.status).toEqual(before?.status);
    const after = await plugins.when(name, running('v4.2.0'));
    expect(plugins.histories.get(name)).toEqual([
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
    const name = await plugins.installed('global', 'product-docs', 'v4.2.0');
    const { client } = plugins.platform.global;
    const config = await client.get<ModuleConfig>(refs.moduleConfigs, { name: 'product-docs-v4.2.0' });
    await client.create<ModuleConfig>(refs.moduleConfigs, {
      ...config,
      metadata: { name: 'product-docs-v5.0.0', labels: config.metadata.labels ?? {} },
      spec: { ...config.spec, version: 'v5.0.0', supportedUpgradeVersions: '>= v4.9.0' },
    });
    await plugins.patch(name, { spec: { version: 'v5.0.0' } });
    const latest = await plugins.when(name, failed);
    expect(latest?.status).toMatchObject({ version: 'v4.2.0' });
    expect(latest?.status?.blockReasons?.[0]).toMatch(/from >= v4.9.0, installed is v4.2.0/);
    await plugins.patch(name, { spec: { version: 'v4.2.0' } });
    await plugins.when(name, running('v4.2.0'));
  });

  test('gets another configuration: its release is written anew and it runs again', async () => {
    const name = await plugins.installed('business', 'kueue', 'v0.11.4', { integrations: { rayJob: false } });
    await plugins.patch(name, { spec: { config: { integrations: { rayJob: true } } } });
    await plugins.when(name, (it) => running('v0.11.4')(it) && plugins.histories.get(name)?.length === 5);
    expect(plugins.histories.get(name)).toEqual([
      '',
      'Processing',
      'Running v0.11.4',
      'Processing v0.11.4',
      'Running v0.11.4',
    ]);
    const release = await plugins.platform
      .cluster('business')
      .client.get<AppRelease>(refs.appReleases, { namespace: 'cpaas-system', name: 'kueue' });
    expect(release.spec.values).toMatchObject({ config: { integrations: { rayJob: true } } });
  });

  test('keeps its Deployment as the chart has it', async () => {
    await plugins.installed('business', 'multus', 'v4.2.0');
    const { client } = plugins.platform.cluster('business');
    const key = { namespace: 'cpaas-system', name: 'multus' };
    await client.patch(refs.deployments, key, { spec: { replicas: 0 } }, { type: 'merge' });
    await until<KubeObject & { spec: { replicas: number } }>(
      plugins.platform.cluster('business'),
      refs.deployments,
      key,
      (it) => it?.spec.replicas === 1,
    );
  });
});
