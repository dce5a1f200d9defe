import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GlobalContext } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { InstallInput } from '../install-contract';
import { planInstallation } from '../rules/installation';
import { approveInstallPlan } from './approve-install-plan';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import { namespaces, operatorGroups, subscriptions } from './refs';

let sandbox: Sandbox;
let admin: GlobalContext;
beforeAll(async () => {
  sandbox = await startSandbox();
  admin = sandbox.context('admin');
});
afterAll(() => sandbox?.stop());

const harbor = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'harbor-ce-operator' };
const clickhouse = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'clickhouse-operator' };
const input: InstallInput = {
  channel: 'stable',
  version: '2.12.10',
  namespace: 'harbor',
  mode: 'AllNamespaces',
  approval: 'Manual',
};
const vendor: InstallInput = { ...input, version: '0.18.2', approval: 'Automatic' };

const namespaceExists = async (name: string) =>
  (await sandbox.context('admin').kube.list<KubeObject>(namespaces)).items.some(
    ({ metadata }) => metadata.name === name && !metadata.deletionTimestamp,
  );

describe('a dry run', () => {
  test('in a namespace that does not exist writes nothing, and says what could not be checked', async () => {
    const install = { ...input, namespace: 'dry' };
    const result = await installOperator(admin, { ref: harbor, install, dryRun: true });
    expect(result.dryRun).toBe(true);
    expect(result.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'Namespace accepted',
      'Subscription unchecked',
    ]);
    expect(await namespaceExists('dry')).toBe(false);
  });

  test('in a namespace that exists checks everything and writes nothing', async () => {
    const install = { ...input, namespace: 'default' };
    const result = await installOperator(admin, { ref: harbor, install, dryRun: true });
    expect(result.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'Namespace exists',
      'Subscription accepted',
    ]);
    expect((await admin.kube.list(subscriptions, { namespace: 'default' })).items).toEqual([]);
  });
});

describe('an installation', () => {
  test('creates exactly what the preview shows, runs after approval, and is then upgraded', async () => {
    const before = await getOperator(admin, harbor);
    const preview = planInstallation(before, input);
    const result = await installOperator(admin, { ref: harbor, install: input, dryRun: false });
    expect(result.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'Namespace created',
      'Subscription created',
    ]);
    const created = await admin.kube.get<KubeObject>(subscriptions, 'harbor-ce-operator', {
      namespace: 'harbor',
    });
    expect(created).toMatchObject(preview.at(-1) ?? {});

    const follow = async () => {
      const operator = await getOperator(sandbox.context('admin'), harbor);
      return operator.subscriptions[0];
    };
    const approve = async (version: string) => {
      const waiting = await eventually(
        follow,
        (one) => one?.plan?.approvable === true && one.newVersion === version,
      );
      const plan = waiting?.plan;
      if (!plan) throw new Error('no plan waits');
      await approveInstallPlan(sandbox.context('admin'), { ...plan, reviewed: plan });
      return waiting;
    };
    expect((await approve('2.12.10'))?.status).toBe('Awaiting approval');
    const installed = await eventually(follow, (one) => one?.installedVersion === '2.12.10');
    expect(['Installed', 'Upgrade available']).toContain(installed?.status);
    expect((await approve('2.12.11'))?.status).toBe('Upgrade available');
    const upgraded = await eventually(
      follow,
      (one) => one?.status === 'Installed' && one.installedVersion === '2.12.11',
    );
    expect(upgraded?.clusterServiceVersion).toMatchObject({
      phase: 'Succeeded',
      replaces: 'harbor-ce-operator.v2.12.10',
    });
  });

  test('is refused where the package is subscribed already', async () => {
    await installOperator(admin, {
      ref: clickhouse,
      install: { ...vendor, namespace: 'twice' },
      dryRun: false,
    });
    const again = installOperator(admin, {
      ref: clickhouse,
      install: { ...vendor, namespace: 'twice' },
      dryRun: false,
    });
    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      extra: { fields: [{ path: 'namespace' }] },
    });
  });

  test.each<[string, Partial<InstallInput>, string]>([
    ['with Automatic approval of an operator from Alauda', { approval: 'Automatic' }, 'approval'],
    ['of a version that the channel does not have', { version: '9.9.9' }, 'version'],
    ['of a channel that the package does not have', { channel: 'nightly' }, 'channel'],
  ])('%s is refused before anything is written', async (_, changes, path) => {
    const install = { ...input, namespace: 'refused', ...changes };
    const refusal = installOperator(admin, { ref: harbor, install, dryRun: false });
    await expect(refusal).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
    expect(await namespaceExists('refused')).toBe(false);
  });

  test('whose Subscription the cluster refuses takes its new namespace away again', async () => {
    const install = { ...vendor, namespace: 'undone', config: { nodeSelector: 'not a map' } };
    const refusal = installOperator(admin, { ref: clickhouse, install, dryRun: false });
    await expect(refusal).rejects.toMatchObject({
      code: 'invalid-input',
      extra: {
        steps: [
          expect.objectContaining({ kind: 'Namespace', outcome: 'removed' }),
          expect.objectContaining({ kind: 'Subscription', outcome: 'refused' }),
        ],
      },
    });
    await eventually(
      () => namespaceExists('undone'),
      (exists) => !exists,
    );
  });

  test('with a first approval and a configuration notes both on the Subscription', async () => {
    const env = [{ name: 'HTTP_PROXY', value: 'http://proxy:3128' }];
    const install = { ...input, namespace: 'first', approveFirst: true, config: { env } };
    await installOperator(admin, { ref: harbor, install, dryRun: false });
    const follow = async () =>
      (await getOperator(sandbox.context('admin'), harbor)).subscriptions.find(
        ({ namespace }) => namespace === 'first',
      );
    expect(await follow()).toMatchObject({ approveFirst: 'harbor-ce-operator.v2.12.10', approval: 'Manual' });
    const created = await admin.kube.get<KubeObject>(subscriptions, 'harbor-ce-operator', {
      namespace: 'first',
    });
    expect(created.spec).toMatchObject({ config: { env } });
  });

  test('with a configuration that Kubernetes would refuse later is refused before anything is written', async () => {
    const install = { ...vendor, namespace: 'refused', config: { env: [{ name: '1', value: '' }] } };
    await expect(installOperator(admin, { ref: clickhouse, install, dryRun: false })).rejects.toMatchObject({
      code: 'invalid-input',
      extra: { fields: [expect.objectContaining({ path: 'config.env.0.name' })] },
    });
    expect(await namespaceExists('refused')).toBe(false);
  });

  test('into a new namespace gives it what the template of the operator says', async () => {
    const metallb = { ...harbor, name: 'metallb-operator' };
    const install = { ...input, version: '4.2.0', namespace: 'metallb-system' };
    await installOperator(admin, { ref: metallb, install, dryRun: false });
    const made = await admin.kube.get<KubeObject>(namespaces, 'metallb-system');
    expect(made.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
    expect(made.metadata.annotations).toMatchObject({ 'cpaas.io/display-name': 'MetalLB' });
  });

  test.each(['viewer', 'operator'] as const)(
    'that %s sends directly is refused by the cluster, and nothing stays',
    async (user) => {
      const install = { ...vendor, namespace: `by-${user}` };
      const refusal = installOperator(sandbox.context(user), { ref: clickhouse, install, dryRun: false });
      await expect(refusal).rejects.toSatisfy(
        (error) =>
          (error as { code?: string; status?: number }).code === 'forbidden' ||
          (error as { status?: number }).status === 403,
      );
      expect(await namespaceExists(`by-${user}`)).toBe(false);
    },
  );

  test('by the operator of a namespace works within it', async () => {
    const install = { ...vendor, namespace: 'team-a' };
    const result = await installOperator(sandbox.context('operator'), {
      ref: clickhouse,
      install,
      dryRun: false,
    });
    expect(result.steps.at(-1)).toMatchObject({ kind: 'Subscription', outcome: 'created' });
  });
});

describe('on plain OLM', () => {
  let plain: Sandbox;
  beforeAll(async () => {
    plain = await startSandbox({ SANDBOX_PLAIN: '1' });
  });
  afterAll(() => plain?.stop());
  const ref = { ...clickhouse, catalogNamespace: 'olm', catalog: 'platform' };

  test('the console makes the OperatorGroup, and never a second one', async () => {
    const context = plain.context('admin');
    const operator = await getOperator(context, ref);
    expect(operator.operatorGroupBy).toBe('console');
    const first = await installOperator(context, {
      ref,
      install: { ...vendor, namespace: 'ch' },
      dryRun: false,
    });
    expect(first.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'Namespace created',
      'OperatorGroup created',
      'Subscription created',
    ]);
    const groups = await context.kube.list<KubeObject>(operatorGroups, { namespace: 'ch' });
    expect(groups.items).toHaveLength(1);
    await eventually(
      async () => (await getOperator(plain.context('admin'), ref)).status,
      (status) => status === 'Installed',
    );
  });

  test('a refused Subscription takes the OperatorGroup of this request with it', async () => {
    const context = plain.context('admin');
    await context.kube.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kept' },
    });
    const install = { ...vendor, namespace: 'kept', config: { nodeSelector: 'not a map' } };
    await expect(installOperator(context, { ref, install, dryRun: false })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect((await context.kube.list(operatorGroups, { namespace: 'kept' })).items).toEqual([]);
  });
});
