import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GlobalContext } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import { type MadeBundle, type MadeCatalog, makeCatalog } from '@/lib/testing/made-catalog';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { crd } from '../rules/plan/testing';
import { approveInstallPlan } from './approve-install-plan';
import { getOperator } from './get-operator';
import { getPlanObject } from './get-plan-object';
import { installOperator } from './install-operator';
import { listInstallPlans } from './list-install-plans';
import { configMaps, customResourceDefinitions } from './refs';
import { reviewInstallPlan } from './review-install-plan';

let sandbox: Sandbox;
let admin: GlobalContext;
let catalog: MadeCatalog;

const colours = (version: string, values: string[]): MadeBundle => ({
  package: 'colours',
  version,
  replaces: version === '1.0.0' ? undefined : '1.0.0',
  spec: version === '1.0.0' ? {} : { minKubeVersion: '9.0.0' },
  objects: [
    {
      ...crd('paints.colours.example.com', []),
      spec: {
        group: 'colours.example.com',
        scope: 'Namespaced',
        names: { kind: 'Paint', plural: 'paints', singular: 'paint', listKind: 'PaintList' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: paint(values) } }],
      },
    },
  ],
});
const paint = (values: string[]) => {
  const spec = { type: 'object', properties: { colour: { type: 'string', enum: values } } };
  return { type: 'object', properties: { spec } };
};

beforeAll(async () => {
  catalog = await makeCatalog([colours('1.0.0', ['red', 'blue']), colours('1.1.0', ['blue'])]);
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in', ...catalog.environment });
  admin = sandbox.context('admin');
});
afterAll(async () => {
  await sandbox?.stop();
  await catalog?.remove();
});

async function waiting(namespace: string) {
  const { items } = await eventually(
    () => listInstallPlans(admin, { namespace }),
    ({ items: plans }) => plans.some(({ state }) => state.id === 'waiting'),
  );
  const plan = items.find(({ state }) => state.id === 'waiting');
  if (!plan) throw new Error('no plan waits');
  return plan;
}

describe('the review of an upgrade', () => {
  test('names every operator that the plan carries, from which version to which', async () => {
    const review = await reviewInstallPlan(admin, await waiting('rabbitmq-system'));
    expect(
      review.operators.map(({ displayName, change, from, version }) => [
        displayName,
        change,
        from?.version,
        version,
      ]),
    ).toHaveLength(2);
    expect(review.operators.every(({ change, from }) => change === 'upgrade' && from)).toBe(true);
    expect(review.paths.map(({ subscription }) => subscription).sort()).toEqual([
      'rabbitmq-cluster-operator',
      'rabbitmq-messaging-topology-operator',
    ]);
    // One of them has no page of its own in the catalogue; its path is known all the same.
    expect(review.paths.map(({ state }) => state)).toEqual(['open', 'open']);
  });

  test('compares definitions, rights and images with what runs, and has all that the plan refers to', async () => {
    const review = await reviewInstallPlan(admin, await waiting('harbor-ce-operator'));
    expect(review.problems).toEqual([]);
    expect(review.unknown).toEqual([]);
    expect(review.partial).toEqual([]);
    const [operator] = review.operators;
    expect(operator).toMatchObject({
      package: 'harbor-ce-operator',
      change: 'upgrade',
      from: { version: '2.12.10' },
      version: '2.12.11',
      operator: { catalog: 'platform', name: 'harbor-ce-operator' },
    });
    expect(operator?.images.length).toBeGreaterThan(0);
    expect(review.apis.length).toBeGreaterThan(0);
    expect(review.paths[0]?.steps.some(({ stop }) => stop === 'next')).toBe(true);
  });

  test('gives every object of the plan as YAML, unless OLM makes it itself', async () => {
    const plan = await waiting('harbor-ce-operator');
    const { steps } = await reviewInstallPlan(admin, plan);
    const step = steps.findIndex(({ kind }) => kind === 'ClusterServiceVersion');
    expect((await getPlanObject(admin, { ...plan, step })).yaml).toContain('kind: ClusterServiceVersion');
    expect((await getPlanObject(admin, plan)).yaml).toContain('kind: InstallPlan');
    await expect(getPlanObject(admin, { ...plan, step: 4999 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is the same for a viewer, and refused to those who may not read the namespace', async () => {
    const plan = await waiting('harbor-ce-operator');
    const seen = await reviewInstallPlan(sandbox.context('viewer'), plan);
    expect(seen).toMatchObject({ uid: plan.uid, problems: [], partial: [] });
    for (const user of ['operator', 'nobody'] as const) {
      await expect(reviewInstallPlan(sandbox.context(user), plan)).rejects.toMatchObject({ status: 403 });
      await expect(getPlanObject(sandbox.context(user), plan)).rejects.toMatchObject({ status: 403 });
    }
  });

  test('tells a user of one namespace what they may not read, and shows the rest', async () => {
    const plan = await waiting('team-a');
    const review = await reviewInstallPlan(sandbox.context('operator'), plan);
    expect(review.operators).toHaveLength(1);
    expect(review.partial.map(({ resource }) => resource).join()).toContain('clusterserviceversions');
    expect([
      ...review.problems.map(({ id }) => id),
      ...review.unknown.map(({ subject }) => subject),
    ]).not.toEqual([]);
  });

  test('counts the objects of an API that stays, and says when the unpacked bundle is gone', async () => {
    const plan = await waiting('redis-system');
    const before = await reviewInstallPlan(admin, plan);
    const kept = before.apis.find(({ change }) => change !== 'added');
    expect(kept?.instances).toMatchObject({ more: false });
    await admin.kube.get(customResourceDefinitions, kept?.name ?? '');

    const { items } = await admin.kube.list(configMaps, { namespace: 'cpaas-system' });
    await Promise.all(
      items
        .filter(({ metadata }) => /^[0-9a-f]{20,}$/.test(metadata.name))
        .map(({ metadata }) => admin.kube.delete(configMaps, metadata.name, { namespace: 'cpaas-system' })),
    );
    const after = await reviewInstallPlan(admin, plan);
    expect(after.problems.map(({ id }) => id)).toContain('bundleMissing');
    expect(after.unknown.map(({ subject }) => subject)).toContain('newVersion');
    expect(after.operators.map(({ version }) => version)).toEqual(
      before.operators.map(({ version }) => version),
    );
  });

  test('says beforehand for which objects and reasons OLM would fail with the plan', async () => {
    const ref = { catalogNamespace: 'cpaas-system', catalog: 'made', name: 'colours' };
    const namespace = 'colours';
    const choices = { channel: 'stable', namespace, mode: 'OwnNamespace', approval: 'Manual' } as const;
    await eventually(
      () => getOperator(admin, ref).catch(() => undefined),
      (operator) => operator !== undefined,
    );
    await installOperator(admin, { ref, install: { ...choices, version: '1.0.0' }, dryRun: false });
    const first = await waiting(namespace);
    await approveInstallPlan(admin, { ...first, reviewed: first });
    const paints = { group: 'colours.example.com', version: 'v1', resource: 'paints' };
    const mine = {
      apiVersion: 'colours.example.com/v1',
      kind: 'Paint',
      metadata: { name: 'mine', namespace },
      spec: { colour: 'red' },
    };
    await eventually(
      () => admin.kube.create<KubeObject>(paints, mine, { namespace }).catch(() => undefined),
      (created) => created !== undefined,
    );
    const next = await waiting(namespace);
    const review = await reviewInstallPlan(admin, next);
    expect(review.apis).toMatchObject([
      {
        change: 'changed',
        instances: { count: 1 },
        refused: [{ version: 'v1', path: 'spec.colour', rule: 'enum', count: 1, examples: ['colours/mine'] }],
      },
    ]);
    expect(review.operators).toMatchObject([{ operation: { kubernetes: { needs: '9.0.0' } } }]);
    await approveInstallPlan(admin, { ...next, reviewed: next });
    const { message } = await eventually(
      () => reviewInstallPlan(admin, next),
      (after) => after.message !== undefined,
    );
    expect(message).toContain('"colours/mine": updated validation is too restrictive: [].spec.colour');
  });
});
