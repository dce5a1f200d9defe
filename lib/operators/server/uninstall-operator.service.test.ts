import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { InstallInput } from '../install-contract';
import type { InstanceProgress, Uninstallation } from '../uninstall-contract';
import { deleteInstances } from './delete-instances';
import { deleteLeftovers } from './delete-leftovers';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import {
  clusterServiceVersions,
  customResourceDefinitions,
  namespaces,
  subscriptions,
  validatingWebhooks,
} from './refs';
import { reviewUninstallation } from './review-uninstallation';
import { listNamespaceContent } from './uninstall/list-namespace-content';
import { uninstallOperator } from './uninstall-operator';

let sandbox: Sandbox;
// Every context ends after a minute; each step takes a new one.
const admin = () => sandbox.context('admin');
const ref = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'cloudnative-pg' };
const target = { namespace: 'postgres', name: 'cloudnative-pg' };
const postgresClusters = { group: 'postgresql.cnpg.io', version: 'v1', resource: 'clusters' };
const api = 'clusters.postgresql.cnpg.io';

beforeAll(async () => {
  sandbox = await startSandbox();
  await install({ version: '1.27.0', namespace: 'postgres' });
  await createCluster('orders', []);
  await createCluster('billing', ['example.com/backup']);
});
afterAll(() => sandbox?.stop());

async function install(changes: Partial<InstallInput>) {
  const input: InstallInput = {
    channel: 'stable-v1',
    version: '1.27.0',
    namespace: 'postgres',
    mode: 'AllNamespaces',
    approval: 'Automatic',
    ...changes,
  };
  await installOperator(admin(), { ref, install: input, dryRun: false });
  await eventually(
    () => getOperator(admin(), ref),
    ({ subscriptions: all }) =>
      all.some(({ namespace, status }) => namespace === input.namespace && status === 'Installed'),
  );
}

const createCluster = (name: string, finalizers: string[]) =>
  admin().kube.create<KubeObject>(
    postgresClusters,
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name, namespace: 'default', finalizers } as { name: string; namespace: string },
      spec: { instances: 1, storage: { size: '1Gi' } },
    },
    { namespace: 'default' },
  );

const review = (user: 'admin' | 'viewer' | 'operator' = 'admin') =>
  reviewUninstallation(sandbox.context(user), ref, target);

function instancesOf({ apis }: Uninstallation) {
  return apis.flatMap(({ name, instances }) =>
    instances.map(({ namespace, name: instance, uid }) => ({ api: name, namespace, name: instance, uid })),
  );
}

async function collect(lines: AsyncGenerator<InstanceProgress>): Promise<InstanceProgress[]> {
  const all: InstanceProgress[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function names(resource: Parameters<Context['kube']['list']>[0], namespace?: string) {
  const { items } = await admin().kube.list<KubeObject>(resource, { namespace });
  return items.map(({ metadata }) => metadata.name);
}

describe('before it goes', () => {
  test('the review lists the instances of its APIs and says what the cluster loses', async () => {
    const found = await review();
    expect(found.subscription?.name).toBe('cloudnative-pg');
    expect(found.clusterServiceVersions).toMatchObject([
      { name: 'cloudnative-pg.v1.27.0', version: '1.27.0' },
    ]);
    expect(found.apis.find(({ name }) => name === api)?.instances).toMatchObject([
      { name: 'billing', namespace: 'default', finalizers: ['example.com/backup'], deleting: false },
      { name: 'orders', namespace: 'default', finalizers: [] },
    ]);
    expect(found.losses.map(({ code }) => code)).toEqual(['InstancesUnmanaged', 'OperatorStops']);
    expect(found.leftovers).toBeUndefined();
  });

  test.each(['viewer', 'operator', 'nobody'] as const)(
    '%s is refused, and nothing is deleted',
    async (user) => {
      await expect(uninstallOperator(sandbox.context(user), ref, target)).rejects.toMatchObject({
        message: expect.stringMatching(/forbidden/i),
      });
      expect(await names(subscriptions, 'postgres')).toEqual(['cloudnative-pg']);
      expect(await names(clusterServiceVersions, 'postgres')).toContain('cloudnative-pg.v1.27.0');
    },
  );

  test("a viewer's deletion of instances ends with every refusal told", async () => {
    const input = { ...target, instances: instancesOf(await review()), waitSeconds: 5 };
    const lines = await collect(await deleteInstances(sandbox.context('viewer'), ref, input));
    expect(lines.at(-1)).toMatchObject({ state: 'refused', total: 2 });
    expect(
      lines
        .at(-1)
        ?.refused.map(({ name }) => name)
        .sort(),
    ).toEqual(['billing', 'orders']);
  });

  test('instances of an API that is not its own are not deleted through it', async () => {
    const instances = [{ api: 'secrets.core', name: 'x', uid: 'y' }];
    await expect(
      deleteInstances(admin(), ref, { ...target, instances, waitSeconds: 1 }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  test('what the version says about its removal is told, and that its instances are not to be deleted', async () => {
    const annotations = {
      'operator.openshift.io/uninstall-message': 'Take a backup first.',
      'console.openshift.io/disable-operand-delete': 'true',
    };
    const annotate = (values: Record<string, string | null>) =>
      admin().kube.mergePatch(
        clusterServiceVersions,
        'cloudnative-pg.v1.27.0',
        { metadata: { annotations: values } },
        { namespace: 'postgres' },
      );
    await annotate(annotations);
    expect(await review()).toMatchObject({
      uninstallMessage: 'Take a backup first.',
      instanceDeletionDisabled: true,
    });
    await annotate(Object.fromEntries(Object.keys(annotations).map((name) => [name, null])));
  });

  test('a Subscription of another package is not found under this one', async () => {
    const other = { ...ref, name: 'keda' };
    await expect(uninstallOperator(admin(), other, target)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('leftovers of an operator that runs are not deleted', async () => {
    const leftovers = [{ kind: 'CustomResourceDefinition' as const, name: api, uid: 'x' }];
    await expect(deleteLeftovers(admin(), ref, { ...target, leftovers })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('deleting its instances first', () => {
  test('a finalizer that blocks is named, and the wait has an end', async () => {
    const input = { ...target, instances: instancesOf(await review()), waitSeconds: 1 };
    const lines = await collect(await deleteInstances(admin(), ref, input));
    expect(lines[0]).toMatchObject({ state: 'deleting', total: 2 });
    expect(lines.at(-1)).toMatchObject({
      state: 'waiting',
      total: 2,
      remaining: [{ name: 'billing', deleting: true, finalizers: ['example.com/backup'] }],
    });
    const after = await review();
    expect(after.losses[0]).toMatchObject({ code: 'InstancesStuck', names: ['default/billing'] });
  });

  test('it goes on where it stood, and ends when the finalizer goes', async () => {
    const input = { ...target, instances: instancesOf(await review()), waitSeconds: 60 };
    const lines: InstanceProgress[] = [];
    for await (const line of await deleteInstances(admin(), ref, input)) {
      lines.push(line);
      if (lines.length !== 2) continue;
      await admin().kube.mergePatch(
        postgresClusters,
        'billing',
        { metadata: { finalizers: null } },
        { namespace: 'default' },
      );
    }
    expect(lines.at(-1)).toMatchObject({ state: 'gone', total: 1, remaining: [] });
  });
});

describe('uninstalling', () => {
  test('removes the Subscription and its own version, and no copy of another', async () => {
    await installOperator(admin(), {
      ref: { ...ref, name: 'clickhouse-operator' },
      install: {
        channel: 'stable',
        version: '0.18.2',
        namespace: 'clickhouse',
        mode: 'SingleNamespace',
        targetNamespaces: ['postgres'],
        approval: 'Automatic',
      },
      dryRun: false,
    });
    await eventually(
      () => names(clusterServiceVersions, 'postgres'),
      (all) => all.some((name) => name.startsWith('clickhouse-operator')),
    );
    const { steps } = await uninstallOperator(admin(), ref, target);
    expect(steps.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Subscription cloudnative-pg',
      'ClusterServiceVersion cloudnative-pg.v1.27.0',
    ]);
    const left = await eventually(
      () => names(clusterServiceVersions, 'postgres'),
      (all) => !all.includes('cloudnative-pg.v1.27.0'),
    );
    expect(left).toEqual([expect.stringMatching(/^clickhouse-operator/)]);
    expect(await names(subscriptions, 'postgres')).toEqual([]);
  });

  test('a second time says that it is done', async () => {
    await expect(uninstallOperator(admin(), ref, target)).rejects.toMatchObject({
      code: 'not-found',
      detail: expect.stringContaining('uninstalled already'),
    });
  });
});

describe('what is left', () => {
  test('is listed from the cluster alone, with instances counted and reasons to keep', async () => {
    await createCluster('late', []);
    await admin().kube.create(validatingWebhooks, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: {
        name: 'vcluster.cnpg.io',
        labels: { 'olm.owner': 'cloudnative-pg.v1.27.0', 'olm.owner.namespace': 'postgres' },
      },
    });
    await admin().kube.create(
      { group: '', version: 'v1', resource: 'configmaps' },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'postgres' } },
      { namespace: 'postgres' },
    );
    const content = () => listNamespaceContent(admin(), 'clickhouse');
    expect(await content()).toEqual(
      expect.arrayContaining([
        'ClusterServiceVersion clickhouse-operator.v0.18.2',
        'Subscription clickhouse-operator',
      ]),
    );
    const { leftovers = [], losses } = await eventually(
      () => review(),
      ({ leftovers: all }) => all?.find(({ kind }) => kind === 'Namespace')?.keep?.names.length === 1,
    );
    expect(losses).toEqual([]);
    const of = (kind: string) => leftovers.filter((leftover) => leftover.kind === kind);
    expect(of('CustomResourceDefinition').length).toBeGreaterThan(3);
    expect(of('CustomResourceDefinition').find(({ name }) => name === api)).toMatchObject({ instances: 1 });
    expect(of('ValidatingWebhookConfiguration')).toMatchObject([{ name: 'vcluster.cnpg.io' }]);
    expect(of('OperatorGroup')).toHaveLength(1);
    expect(of('Namespace')).toMatchObject([
      { name: 'postgres', keep: { code: 'NotEmpty', names: ['ConfigMap mine'] } },
    ]);
  });

  test('is deleted only by whom Kubernetes lets', async () => {
    const { leftovers = [] } = await review();
    const { steps } = await deleteLeftovers(sandbox.context('viewer'), ref, { ...target, leftovers });
    expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
    expect(await names(customResourceDefinitions)).toContain(api);
  });

  test('is deleted as ticked: not what must stay, nor more instances than were shown', async () => {
    const { leftovers = [] } = await review();
    const careless = leftovers.map(({ instances: _, ...leftover }) => leftover);
    const first = await deleteLeftovers(admin(), ref, { ...target, leftovers: careless });
    const outcomeOf = (name: string) => first.steps.find((step) => step.name === name);
    expect(outcomeOf(api)).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('1 instances'),
    });
    expect(outcomeOf('postgres')).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('NotEmpty'),
    });
    expect(outcomeOf('vcluster.cnpg.io')).toMatchObject({ outcome: 'deleted' });

    await admin().kube.delete({ group: '', version: 'v1', resource: 'configmaps' }, 'mine', {
      namespace: 'postgres',
    });
    const again = await review();
    await deleteLeftovers(admin(), ref, { ...target, leftovers: again.leftovers ?? [] });
    await eventually(
      () => names(namespaces),
      (all) => !all.includes('postgres'),
    );
    expect(await names(customResourceDefinitions)).not.toContain(api);
    expect((await review()).leftovers).toEqual([]);
  });
});
