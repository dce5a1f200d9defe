import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubeError } from '@/lib/kube/errors';
import { type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { getOperator } from './get-operator';
import { getOperatorIcon } from './get-operator-icon';
import { listInstallNamespaces } from './list-install-namespaces';
import { listInstallPlans } from './list-install-plans';
import { listOperatorEvents } from './list-operator-events';
import { listOperatorObjects } from './list-operator-objects';
import { listOperators } from './list-operators';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
});
afterAll(() => sandbox?.stop());

const harbor = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'harbor-ce-operator' };
const clickhouse = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'clickhouse-operator' };

describe('the catalogue of a cluster', () => {
  test('has a slim row per catalog and package, with its source', async () => {
    const { items, partial } = await listOperators(sandbox.context('admin'));
    expect(partial).toEqual([]);
    expect(items.find(({ name }) => name === 'harbor-ce-operator')).toMatchObject({
      catalogNamespace: 'cpaas-system',
      catalog: 'platform',
      displayName: 'Alauda Build of Harbor',
      source: 'Alauda',
      channel: 'stable',
      version: '2.12.11',
    });
    const clickhouse = items.find(({ name }) => name === 'clickhouse-operator');
    expect(clickhouse).toMatchObject({ displayName: 'ClickHouse Operator', version: '0.18.2' });
    expect(clickhouse?.source).not.toBe('Alauda');
    const keys = items.map(({ catalogNamespace, catalog, name }) => `${catalogNamespace}/${catalog}/${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('never shows the catalog system', async () => {
    const { items } = await listOperators(sandbox.context('admin'));
    expect(items.filter(({ catalog }) => catalog === 'system')).toEqual([]);
  });

  test('is the same for a viewer', async () => {
    const [admin, viewer] = await Promise.all([
      listOperators(sandbox.context('admin')),
      listOperators(sandbox.context('viewer')),
    ]);
    expect(viewer.items.map(({ name }) => name)).toEqual(admin.items.map(({ name }) => name));
  });

  test.each(['operator', 'nobody'] as const)(
    'is closed to %s, who may not read the whole cluster',
    async (user) => {
      const refusal = listOperators(sandbox.context(user));
      await expect(refusal).rejects.toMatchObject({ status: 403, reason: 'Forbidden' });
      await expect(refusal).rejects.toBeInstanceOf(KubeError);
    },
  );

  test('is open to the operator of a namespace within it', async () => {
    const { items } = await listOperators(sandbox.context('operator'), { namespace: 'team-a' });
    expect(items.map(({ name }) => name)).toContain('harbor-ce-operator');
  });
});

describe('an operator', () => {
  test('comes whole, with the versions of each channel, newest first', async () => {
    const operator = await getOperator(sandbox.context('admin'), harbor);
    expect(operator).toMatchObject({
      displayName: 'Alauda Build of Harbor',
      defaultChannel: 'stable',
      manualApprovalOnly: true,
      operatorGroupBy: 'platform',
    });
    for (const name of ['harbor-2', 'stable']) {
      const channel = operator.channels.find((candidate) => candidate.name === name);
      expect(channel?.entries.map(({ version }) => version)).toEqual(['2.12.11', '2.12.10']);
    }
  });

  test('of a vendor may be installed with Automatic approval', async () => {
    const operator = await getOperator(sandbox.context('viewer'), clickhouse);
    expect(operator.manualApprovalOnly).toBe(false);
  });

  test('that the catalog does not have is not found', async () => {
    const missing = getOperator(sandbox.context('admin'), { ...harbor, catalog: 'custom' });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each(['operator', 'nobody'] as const)('is closed to %s', async (user) => {
    await expect(getOperator(sandbox.context(user), harbor)).rejects.toMatchObject({ status: 403 });
  });

  test('has an icon', async () => {
    const { contentType, body } = await getOperatorIcon(sandbox.context('viewer'), harbor);
    expect(contentType).toBe('image/svg+xml');
    expect(body.toString()).toContain('<svg');
    await expect(getOperatorIcon(sandbox.context('nobody'), harbor)).rejects.toMatchObject({ status: 403 });
  });

  test('that is installed shows its objects and its Events', async () => {
    const { items } = await listOperators(sandbox.context('viewer'));
    const installed = items.find(({ status }) => status === 'Installed');
    expect(installed).toBeDefined();
    if (!installed) return;
    const objects = await listOperatorObjects(sandbox.context('viewer'), installed);
    expect(objects.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Subscription', 'InstallPlan', 'ClusterServiceVersion']),
    );
    for (const { kind, yaml } of objects.items) {
      expect(yaml).toContain(`kind: ${kind}\n`);
      expect(yaml).not.toContain('managedFields');
    }
    expect((await listOperatorEvents(sandbox.context('viewer'), installed)).partial).toEqual([]);
  });

  test('tells a reader without rights what could not be read, not that nothing is installed', async () => {
    const { partial } = await listOperatorObjects(sandbox.context('nobody'), harbor);
    expect(partial.map(({ resource }) => resource)).toContain('subscriptions.operators.coreos.com');
  });
});

describe('namespaces and plans', () => {
  test('are listed for a viewer', async () => {
    const namespaces = await listInstallNamespaces(sandbox.context('viewer'));
    expect(namespaces.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['default', 'team-a']));
    const plans = await listInstallPlans(sandbox.context('viewer'));
    expect(plans.items.length).toBeGreaterThan(0);
    for (const plan of plans.items.filter(({ approvable }) => approvable)) {
      expect(plan).toMatchObject({ approval: 'Manual', approved: false, phase: 'RequiresApproval' });
      expect(plan.subscriptions.length).toBeGreaterThan(0);
    }
  });

  test.each(['operator', 'nobody'] as const)('of the whole cluster are closed to %s', async (user) => {
    await expect(listInstallPlans(sandbox.context(user))).rejects.toMatchObject({ status: 403 });
    const { items, partial } = await listInstallNamespaces(sandbox.context(user));
    expect(items).toEqual([]);
    expect(partial.map(({ resource }) => resource)).toContain('namespaces');
  });

  test('of their own namespace are open to its operator', async () => {
    const { partial } = await listInstallPlans(sandbox.context('operator'), { namespace: 'team-a' });
    expect(partial).toEqual([]);
  });
});
