import { describe, expect, test } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
import type { InstallPlanObject, SubscriptionObject } from '../objects';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import { bundlesOf, type PlanFacts, type ResolvedBundle, readPlan } from './read-plan';
import { bundleVersion, crd, planOf, step } from './testing';

function read(plan: InstallPlanObject, rest: Partial<PlanFacts> = {}) {
  return readPlan({ plan, subscriptions: [], clusterServiceVersions: [], bundles: new Map(), ...rest });
}

const things = crd('things.a.io', [{ name: 'v1', storage: true }]);

function whose(name: string, status: Parameters<typeof subscription>[0]): SubscriptionObject {
  const own = subscription({ plan: 'p', ...status }, name);
  return { ...own, spec: { ...own.spec, name } };
}

describe('a plan', () => {
  test('tells whose it is, and an installation from an upgrade with both versions', () => {
    const names = ['a.v2.0.0', 'b.v1.0.0'];
    const plan = planOf(
      names.map((name) =>
        step(bundleVersion(name, { replaces: name === 'b.v1.0.0' ? 'b.v0.9.0' : undefined }), {
          resolving: name,
        }),
      ),
      names,
    );
    const reading = read(plan, {
      subscriptions: [
        whose('a', { currentCSV: 'a.v2.0.0', installedCSV: 'a.v1.0.0' }),
        whose('b', { currentCSV: 'b.v1.0.0' }),
      ],
      clusterServiceVersions: [clusterServiceVersion('a.v1.0.0', 'Succeeded')],
    });
    expect(reading.operators).toMatchObject([
      {
        clusterServiceVersion: 'a.v2.0.0',
        version: '2.0.0',
        subscription: 'a',
        change: 'upgrade',
        from: { version: '1.0.0' },
      },
      { clusterServiceVersion: 'b.v1.0.0', subscription: 'b', change: 'install', from: undefined },
    ]);
    expect(reading.problems).toEqual([]);
  });

  test('names a dependency that OLM subscribes to on its own', () => {
    const dependency = {
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'Subscription',
      metadata: { name: 'b-stable' },
      spec: { name: 'b', startingCSV: 'b.v1.0.0' },
    };
    const plan = planOf(
      [
        step(bundleVersion('b.v1.0.0'), { resolving: 'b.v1.0.0' }),
        step(dependency, { resolving: 'b.v1.0.0' }),
      ],
      ['b.v1.0.0'],
    );
    expect(read(plan).operators).toMatchObject([{ package: 'b', dependency: true, subscription: undefined }]);
  });

  test('resolves the steps of an image bundle, and knows what OLM makes of its rights', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a.v1.0.0-x' },
    };
    const objects = [bundleVersion('a.v1.0.0'), things];
    const plan = planOf(
      [...objects, role].map((object) => step(object, { bundle: 'abc', status: 'NotPresent' })),
    );
    expect(bundlesOf(plan)).toEqual([{ namespace: 'olm', name: 'abc' }]);
    const bundles = new Map<string, ResolvedBundle>([['olm/abc', { objects, problems: [] }]]);
    const { steps, problems } = read(plan, { bundles });
    expect(steps.map(({ kind, content, status }) => [kind, content, status])).toEqual([
      ['ClusterServiceVersion', 'bundle', 'NotPresent'],
      ['CustomResourceDefinition', 'bundle', 'NotPresent'],
      ['Role', 'generated', 'NotPresent'],
    ]);
    expect(steps[1]?.manifest).toBe(things);
    expect(problems).toEqual([]);
  });

  test.each([
    ['is gone', new Map<string, ResolvedBundle>(), 'bundleMissing'],
    [
      'may not be read',
      new Map<string, ResolvedBundle>([['olm/abc', { unread: 'forbidden', detail: 'no' }]]),
      'bundleForbidden',
    ],
    [
      'does not parse',
      new Map<string, ResolvedBundle>([
        ['olm/abc', { objects: [], problems: [{ file: 'x.yaml', problem: 'bad' }] }],
      ]),
      'bundleFile',
    ],
  ])('says so once when its ConfigMap %s, and still lists every step', (_, bundles, id) => {
    const plan = planOf([
      step(bundleVersion('a.v1.0.0'), { bundle: 'abc' }),
      step(things, { bundle: 'abc' }),
    ]);
    const { steps, problems, operators } = read(plan, { bundles });
    expect(steps).toHaveLength(2);
    expect(steps.every(({ content, problem }) => content === 'unread' && problem)).toBe(true);
    expect(problems.filter((problem) => problem.id === id)).toHaveLength(1);
    expect(operators).toMatchObject([{ clusterServiceVersion: 'a.v1.0.0', version: '1.0.0' }]);
  });

  test('says which manifest does not parse', () => {
    const broken = step(things);
    (broken.resource as Record<string, unknown>).manifest = '{"kind": "Custom';
    const { steps, problems } = read(planOf([broken, step(things)]));
    expect(steps.map(({ content }) => content)).toEqual(['unread', 'plan']);
    expect(problems).toMatchObject([{ id: 'manifest', subject: 'CustomResourceDefinition things.a.io' }]);
  });

  test('without status, with an odd status or without steps is told, not shown empty', () => {
    expect(read(installPlan('p', { phase: '' })).problems).toMatchObject([{ id: 'noStatus' }]);
    expect(read(installPlan('p')).problems).toMatchObject([{ id: 'noSteps' }]);
    const odd = planOf([null, 7, { resource: 'x' }] as never);
    expect(read(odd).steps).toHaveLength(3);
  });

  test('with 2,000 steps and ClusterServiceVersions of 1 MB is read within a second', () => {
    const large = { ...bundleVersion('a.v1.0.0'), text: 'x'.repeat(1 << 20) };
    const many = Array.from({ length: 2000 }, (_, index) =>
      step(crd(`t${index}.a.io`, [{ name: 'v1' }]), { bundle: index % 2 ? 'abc' : '' }),
    );
    const plan = planOf([step(large), step({ ...large, metadata: { name: 'b.v1.0.0' } }), ...many]);
    const objects = many.map((_, index) => crd(`t${index}.a.io`, [{ name: 'v1' }]));
    const started = performance.now();
    const reading = read(plan, { bundles: new Map([['olm/abc', { objects, problems: [] }]]) });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(reading.steps).toHaveLength(2002);
    expect(reading.problems).toEqual([]);
  });

  realTest('of a real cluster that two operators share names both, and what it can not show', () => {
    const { installplans, subscriptions } = JSON.parse(recording('real/scenario-multi.json'));
    const plan: InstallPlanObject = installplans.items[0];
    const reading = read(plan, { subscriptions: subscriptions.items });
    expect(reading.operators).toMatchObject([
      { package: 'cockroachdb', subscription: 'cockroachdb', version: '5.0.4', change: 'install' },
      {
        package: 'keycloak-operator',
        subscription: 'keycloak-operator',
        version: '14.0.0',
        change: 'install',
      },
    ]);
    expect(reading.steps).toHaveLength(17);
    expect(reading.steps.filter(({ content }) => content === 'plan')).toHaveLength(8);
    expect(reading.problems).toMatchObject([
      { id: 'bundleMissing', subject: expect.stringMatching(/^olm\/dd5160/) },
    ]);
  });

  realTest('of a real life knows from which version each upgrade comes', () => {
    const { body, ...rest } = JSON.parse(recording('real/list-installplans-all.json'));
    const plans: InstallPlanObject[] = (typeof body === 'string' ? JSON.parse(body) : (body ?? rest)).items;
    const plan = plans.find(({ spec }) => spec.clusterServiceVersionNames?.[0] === 'kiali-operator.v1.35.0');
    if (!plan) throw new Error('the recording has no such plan');
    const own = subscription({
      currentCSV: 'kiali-operator.v1.35.0',
      installedCSV: 'kiali-operator.v1.34.0',
      plan: plan.metadata.name,
    });
    own.metadata.namespace = 'operators';
    expect(read(plan, { subscriptions: [own] }).operators).toMatchObject([
      { package: 'kiali', version: '1.35.0', change: 'upgrade', from: { version: '1.34.0' } },
    ]);
  });
});
