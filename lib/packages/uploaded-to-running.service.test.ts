import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartFolder, pluginFolder } from '@/cli/testing/folders';
import { administrator, bundledViolet, type Violet } from '@/cli/testing/violet';
import { writeBundle } from '@/e2e/support/bundle';
import { approveInstallPlan } from '@/lib/operators/server/approve-install-plan';
import { getOperator } from '@/lib/operators/server/get-operator';
import { installOperator } from '@/lib/operators/server/install-operator';
import { getPlugin } from '@/lib/plugins/server/get-plugin';
import { installPlugin } from '@/lib/plugins/server/install-plugin';
import { listPlugins } from '@/lib/plugins/server/list-plugins';
import { upgradePlugin } from '@/lib/plugins/server/upgrade-plugin';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { listPackages } from './server/list-packages';

/** From a folder of packages to what runs: the tool pushes it, the platform takes it up, the console's verbs install it. */

const operator = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'mysql-operator' };
const plugin = 'harbor-robot-gen';

let folder: string;
let violet: Violet;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-'));
  [violet, sandbox] = await Promise.all([bundledViolet(folder), startSandbox()]);
});
afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

const context = () => sandbox.context('admin');

interface Release {
  operator: string;
  replaces?: string;
  plugin: string;
  chart: string;
}

/** Packs one release of all three into a folder and pushes that; gives what the tool printed. */
async function push(release: Release): Promise<string> {
  const packages = join(folder, `packages-${release.operator}`);
  const bundle = join(folder, `bundle-${release.operator}`);
  await mkdir(packages);
  await writeBundle(bundle, release.operator, release.replaces);
  const artifact = `harbor.demo.io/middleware/mysql-operator-bundle:v${release.operator}`;
  const made = await Promise.all([
    violet(['create', bundle, '--artifact', artifact, '--skip-package-images', '--output', packages]),
    violet(['create', await pluginFolder(plugin, release.plugin, form), '--output', packages]),
    violet(['create', await chartFolder('echo-server', release.chart), '--output', packages]),
  ]);
  expect(made.map(({ err, status }) => ({ err, status }))).toEqual(Array(3).fill({ err: '', status: 0 }));
  const { account, env } = await administrator(sandbox, folder);
  const pushed = await violet(['push', packages, ...account, '--clusters', 'business'], { env });
  expect({ err: pushed.err, status: pushed.status }).toEqual({ err: '', status: 0 });
  return pushed.out;
}

const form = {
  config: { replicas: 1 },
  deployDescriptors: [
    {
      path: 'replicas',
      'x-descriptors': ['urn:alm:descriptor:com.tectonic.ui:number', 'urn:alm:descriptor:label:en:Replicas'],
    },
  ],
};

const operatorStatus = async () => (await getOperator(context(), operator)).status;
const pluginRow = async () => (await listPlugins(context())).items.find(({ name }) => name === plugin);
const chartVersions = async () => {
  const open = [{ global: true, kube: sandbox.context('admin', 'global').kube }];
  const { items } = await listPackages({ open, closed: [] }, 'chart');
  return items.find(({ name }) => name === 'echo-server')?.versions.map(({ version }) => version);
};
const subscription = async () => (await getOperator(context(), operator)).subscriptions[0];

/** Approves the installation or upgrade to a version and waits until it has succeeded. */
async function approve(version: string): Promise<void> {
  const waiting = await eventually(
    subscription,
    (one) => one?.plan?.approvable === true && one.newVersion === version,
  );
  const plan = waiting?.plan;
  if (!plan) throw new Error('no plan waits');
  await approveInstallPlan(context(), { ...plan, reviewed: plan });
  await eventually(
    subscription,
    (one) => one?.installedVersion === version && one.clusterServiceVersion?.phase === 'Succeeded',
  );
}

test('Absent packages are pushed as a folder, taken up, and installed until they run', async () => {
  await eventually(operatorStatus, (status) => status === 'Absent');
  await eventually(pluginRow, (row) => row?.status === 'Absent');
  const out = await push({ operator: '4.1.0', plugin: 'v1.0.0', chart: '1.2.3' });
  expect(out).toContain('ArtifactVersion mysql-operator.v4.1.0 on business created');
  expect(out).toContain(`ModulePlugin ${plugin} on global `);
  expect(out).toContain('Chart echo-server.public-charts on global created');

  await eventually(operatorStatus, (status) => status === 'Ready');
  await eventually(pluginRow, (row) => row?.status === 'Ready');
  expect(await chartVersions()).toEqual(['1.2.3']);

  const install = {
    channel: 'stable',
    version: '4.1.0',
    namespace: 'mysql',
    mode: 'AllNamespaces',
    approval: 'Manual',
  } as const;
  await installOperator(context(), { ref: operator, install, dryRun: false });
  await approve('4.1.0');
  const config = { replicas: 2 };
  await installPlugin(context(), { name: plugin, install: { version: 'v1.0.0', config }, dryRun: false });
  const running = await eventually(
    () => getPlugin(context(), plugin),
    ({ status }) => status === 'Running',
  );
  expect(running).toMatchObject({ version: 'v1.0.0', newVersion: '', installation: { config } });
});

test('a new version of each is pushed and offered as an upgrade, which is carried out', async () => {
  await push({
    operator: '4.1.1',
    replaces: 'mysql-operator.v4.1.0',
    plugin: 'v1.1.0',
    chart: '1.2.4',
  });
  await eventually(operatorStatus, (status) => status === 'Upgrade available');
  const offered = await eventually(pluginRow, (row) => row?.newVersion === 'v1.1.0');
  expect(offered).toMatchObject({ version: 'v1.0.0', actions: expect.arrayContaining(['Upgrade']) });
  expect(await chartVersions()).toEqual(['1.2.4', '1.2.3']);

  await approve('4.1.1');
  await upgradePlugin(context(), { name: plugin, upgrade: { version: 'v1.1.0' }, dryRun: false });
  await eventually(pluginRow, (row) => row?.status === 'Running' && row.version === 'v1.1.0');
});
