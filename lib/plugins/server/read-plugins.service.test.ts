import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '@/lib/testing/sandbox';
import { buildForm } from '../rules/form/build-form';
import { getPlugin } from './get-plugin';
import { getPluginForm } from './get-plugin-form';
import { getPluginIcon } from './get-plugin-icon';
import { listPluginObjects } from './list-plugin-objects';
import { listPlugins } from './list-plugins';
import { listResourceOptions } from './list-resource-options';
import { startWithPlugins } from './testing';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWithPlugins();
});
afterAll(() => sandbox?.stop());

describe('the list of cluster plugins', () => {
  test('shows plugins of all life cycles, and those that were not uploaded', async () => {
    const { items, partial } = await listPlugins(sandbox.context('viewer'));
    expect(partial).toEqual([]);
    expect(new Set(items.map(({ lifecycle }) => lifecycle))).toEqual(
      new Set(['Core', 'Aligned', 'Agnostic']),
    );
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['Ready', 'Absent']));
    const webCli = items.find(({ name }) => name === 'web-cli');
    expect(webCli).toMatchObject({ status: 'Ready', version: '', newVersion: 'v4.0.4', installForm: false });
    const gpu = items.find(({ name }) => name === 'gpu-device-plugin');
    expect(gpu).toMatchObject({ newVersion: 'v4.0.15', installForm: true, actions: ['Install'] });
    expect(gpu?.displayName.en).not.toBe(gpu?.displayName.zh === '' ? '' : undefined);
  });

  test.each(['operator', 'nobody'] as const)('is not shown to %s', async (user) => {
    await expect(listPlugins(sandbox.context(user))).rejects.toMatchObject({ status: 403 });
  });
});

describe('the details of a plugin', () => {
  test('hold the affinity against this very cluster', async () => {
    const onGlobal = await getPlugin(sandbox.context('viewer', 'global'), 'web-cli');
    expect(onGlobal.versions).toMatchObject([{ version: 'v4.0.4', ready: true, obstacles: [] }]);
    const onBusiness = await getPlugin(sandbox.context('viewer'), 'web-cli');
    expect(onBusiness.versions[0]?.obstacles).toMatchObject([
      { code: 'affinity', items: ['label is-global is "true"'] },
    ]);
    const onEdge = await getPlugin(sandbox.context('viewer', 'edge'), 'gpu-device-plugin');
    expect(onEdge.versions[0]?.obstacles.map(({ code }) => code)).toEqual(['affinity']);
    expect(onEdge.globalCluster).toBe('global');
  });

  test('name the dependency on another cluster that is missing', async () => {
    const { versions } = await getPlugin(sandbox.context('viewer'), 'logagent');
    expect(versions[0]?.obstacles.map(({ code }) => code)).toEqual(['missing-dependency']);
    expect(versions[0]?.dependencies).toMatchObject([
      { satisfied: false, anyOf: [{ cluster: 'global' }, {}] },
    ]);
  });

  test('of a plugin that nobody knows are not found', async () => {
    await expect(getPlugin(sandbox.context('viewer'), 'no-such-plugin')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('come with an icon and the objects behind them', async () => {
    const context = sandbox.context('viewer');
    const icon = await getPluginIcon(context, 'web-cli');
    expect(icon.contentType).toBe('image/svg+xml');
    expect(icon.body.toString()).toContain('<svg');
    const { items } = await listPluginObjects(context, 'web-cli');
    expect(items.map(({ kind, name }) => [kind, name])).toEqual([
      ['ModuleConfig', 'web-cli-v4.0.4'],
      ['ModulePlugin', 'web-cli'],
    ]);
    expect(items[1]?.yaml).toMatch(/^apiVersion: cluster.alauda.io\/v1alpha1\nkind: ModulePlugin\n/);
  });

  test.each(['operator', 'nobody'] as const)('are not shown to %s, nor is anything of them', async (user) => {
    const context = sandbox.context(user);
    for (const ask of [
      () => getPlugin(context, 'web-cli'),
      () => getPluginForm(context, { name: 'web-cli', version: 'v4.0.4' }),
      () => getPluginIcon(context, 'web-cli'),
      () => listPluginObjects(context, 'web-cli'),
    ]) {
      await expect(ask()).rejects.toMatchObject({ status: 403 });
    }
  });
});

describe('the form of a version', () => {
  test('is made of what the ModuleConfig says', async () => {
    const { definition } = await getPluginForm(sandbox.context('viewer'), {
      name: 'gpu-device-plugin',
      version: 'v4.0.15',
    });
    expect(buildForm(definition, 'deploy', 'en').fields.map(({ label }) => label)).toEqual([
      'mps_enable',
      'pgpu_enable',
      'vgpu_enable',
    ]);
  });

  test('of every plugin of the platform is understood', async () => {
    const context = sandbox.context('viewer');
    const { items } = await listPlugins(context);
    for (const { name } of items) {
      for (const { version } of (await getPlugin(context, name)).versions) {
        const { definition } = await getPluginForm(context, { name, version });
        for (const purpose of ['deploy', 'edit', 'upgrade'] as const) {
          const { notes } = buildForm(definition, purpose, 'en');
          expect(notes, `${name} ${version} ${purpose}`).toEqual([]);
        }
      }
    }
  });

  test('of a version that is not there is not found', async () => {
    const ask = getPluginForm(sandbox.context('viewer'), { name: 'web-cli', version: 'v9' });
    await expect(ask).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the options of a picker', () => {
  test('are names only, of the cluster that is asked for', async () => {
    const context = sandbox.context('viewer');
    const classes = await listResourceOptions(context, { kind: 'StorageClass' });
    expect(classes.items.map(({ name }) => name)).toContain('topolvm');
    const nodes = await listResourceOptions(context, {
      kind: 'Node',
      global: 'true',
      labelSelector: 'kubernetes.io/os=linux',
    });
    expect(nodes.items.length).toBeGreaterThan(0);
    for (const item of nodes.items) expect(Object.keys(item)).toEqual(['name']);
  });

  test('may be of the platform own kinds', async () => {
    const { items } = await listResourceOptions(sandbox.context('viewer'), {
      kind: 'ModulePlugin',
      global: 'true',
    });
    expect(items.map(({ name }) => name)).toContain('web-cli');
  });

  test('are not read with anybody else’s rights', async () => {
    const asked = listResourceOptions(sandbox.context('operator'), { kind: 'Secret', global: 'true' });
    await expect(asked).rejects.toMatchObject({ status: 403 });
  });

  test('of a kind that does not exist are not found', async () => {
    const asked = listResourceOptions(sandbox.context('viewer'), { kind: 'Nonsense' });
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  });
});
