import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '@/lib/kube/types';
import { moduleConfigs, modulePlugins } from '@/lib/plugins/refs';
import { eventually, type Sandbox, type SandboxUser, startSandbox } from '@/lib/testing/sandbox';
import { artifactVersions, charts } from './refs';
import { deleteVersion } from './server/delete-version';
import { listPackages } from './server/list-packages';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const clustersOf = (user: SandboxUser, ...names: string[]) => ({
  open: names.map((name) => ({ global: name === 'global', kube: sandbox.context(user, name).kube })),
  closed: [],
});
const every = (user: SandboxUser) => clustersOf(user, 'global', 'business', 'edge');
const namespace = 'cpaas-system';

test('operators are listed with their versions on every cluster, by who may only read too', async () => {
  const { items, available, partial } = await listPackages(every('viewer'), 'operator');
  expect({ available, partial }).toEqual({ available: true, partial: [] });
  const harbor = items.find(({ name }) => name === 'harbor-ce-operator');
  const newest = harbor?.versions[0];
  expect(newest?.places.map(({ cluster, phase, reason }) => [cluster, phase, reason])).toEqual(
    ['global', 'business', 'edge'].map((cluster) => [cluster, 'Present', 'Success']),
  );
  expect(harbor?.architectures).toContain('amd64');
});

test('plugins are told by their ModuleConfigs, charts by the public repository', async () => {
  const plugins = await listPackages(every('admin'), 'plugin');
  const webCli = plugins.items.find(({ name }) => name === 'web-cli');
  expect(webCli?.versions[0]).toMatchObject({ version: 'v4.0.4', places: [{ phase: 'Present' }] });
  const charts = await listPackages(every('admin'), 'chart');
  expect(charts.items.map(({ name }) => name)).toEqual(['nginx', 'redis', 'wordpress']);
});

test('who may not read them is told so, and a part that may be read is shown', async () => {
  await expect(listPackages(every('nobody'), 'operator')).rejects.toMatchObject({ status: 403 });
  await expect(listPackages(clustersOf('operator', 'business'), 'plugin')).rejects.toMatchObject({
    code: 'forbidden',
  });
  const mixed = {
    open: [...clustersOf('admin', 'global').open, ...clustersOf('nobody', 'edge').open],
    closed: [{ cluster: 'business', reason: 'You have not signed in.' }],
  };
  const { items, partial } = await listPackages(mixed, 'operator');
  expect(items.length).toBeGreaterThan(0);
  expect(partial.map(({ resource }) => resource)).toEqual(['cluster business', 'artifacts on edge']);
});

test('a viewer can delete no version', async () => {
  const { kube } = sandbox.context('viewer', 'global');
  const version = { cluster: 'global', object: 'harbor-ce-operator.v2.12.10' };
  await expect(deleteVersion(kube, { type: 'operator', ...version })).rejects.toMatchObject({ status: 403 });
});

test('a deleted version of an operator is gone from that cluster alone', async () => {
  const { kube } = sandbox.context('admin', 'edge');
  const object = 'harbor-ce-operator.v2.12.10';
  await deleteVersion(kube, { type: 'operator', cluster: 'edge', object });
  await expect(kube.get(artifactVersions, object, { namespace })).rejects.toMatchObject({ status: 404 });
  const { items } = await listPackages(every('admin'), 'operator');
  const versions = items.find(({ name }) => name === 'harbor-ce-operator')?.versions;
  const clusters = versions?.find(({ version }) => version === 'v2.12.10')?.places.map((it) => it.cluster);
  expect(clusters).toEqual(['global', 'business']);
});

test('the only version of a plugin takes its ModulePlugin along', async () => {
  const { kube } = sandbox.context('admin', 'global');
  await deleteVersion(kube, { type: 'plugin', cluster: 'global', object: 'web-cli-v4.0.4' });
  await eventually(
    () => kube.list<KubeObject>(moduleConfigs),
    ({ items }) => !items.some(({ metadata }) => metadata.name === 'web-cli-v4.0.4'),
  );
  await expect(kube.get(modulePlugins, 'web-cli')).rejects.toMatchObject({ status: 404 });
});

test('a version of a chart leaves the others; the last one takes the chart along', async () => {
  const { kube } = sandbox.context('admin', 'global');
  const remove = (name: string, version: string) =>
    deleteVersion(kube, { type: 'chart', cluster: 'global', object: `${name}.public-charts`, version });
  const versionsOf = async (name: string) => {
    const { items } = await listPackages(every('admin'), 'chart');
    return items.find((chart) => chart.name === name)?.versions;
  };
  expect((await versionsOf('redis'))?.map(({ places }) => places[0]?.kept)).toEqual([undefined, undefined]);
  await remove('redis', '20.6.2');
  expect((await versionsOf('redis'))?.map(({ version }) => version)).toEqual(['20.6.1']);
  await expect(remove('redis', '20.6.2')).rejects.toMatchObject({ code: 'not-found' });
  await remove('redis', '20.6.1');
  await expect(kube.get(charts, 'redis.public-charts', { namespace })).rejects.toMatchObject({ status: 404 });

  const viewer = sandbox.context('viewer', 'global').kube;
  const nginx = {
    type: 'chart',
    cluster: 'global',
    object: 'nginx.public-charts',
    version: '18.3.1',
  } as const;
  await expect(deleteVersion(viewer, nginx)).rejects.toMatchObject({ status: 403 });
});

test('a version of a chart that the index of its repository lists stays, and says why', async () => {
  const { kube } = sandbox.context('admin', 'global');
  const { items } = await listPackages(every('admin'), 'chart');
  const [place] = items.find(({ name }) => name === 'wordpress')?.versions[0]?.places ?? [];
  expect(place?.kept).toBe('chart-repository');
  const object = 'wordpress.public-charts';
  await expect(
    deleteVersion(kube, { type: 'chart', cluster: 'global', object, version: '24.1.3' }),
  ).rejects.toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('index of the chart repository'),
  });
});
