import { describe, expect, test } from 'vitest';
import { planReviewSchema } from '../../plan-contract';
import { toYaml } from '../installation';
import type { InstallPlanObject, SubscriptionObject } from '../objects';
import { soundPlan, soundSubscription, soundVersion } from '../sound-objects';
import { clusterServiceVersion, subscription } from '../testing';
import type { Json } from '../untrusted';
import {
  describeApis,
  describeListedPlan,
  describeOperatorsOf,
  describePath,
  describeSteps,
  messageOf,
} from './describe-review';
import { diffPlan } from './diff';
import { readPlan } from './read-plan';
import { bundleVersion, crd, planOf, step } from './testing';

/** What a page is told of a plan, through everything that looks at it. */
function review(raw: object, cluster: { crds?: unknown[]; version?: Json; subscription?: object } = {}) {
  const plan = soundPlan(raw as InstallPlanObject);
  const version = soundVersion({ ...clusterServiceVersion('a.v0.9.0', 'Succeeded'), ...cluster.version });
  const own = { ...subscription({ currentCSV: 'a.v1.0.0', installedCSV: 'a.v0.9.0', plan: 'p' }, 'a') };
  const owner = soundSubscription({ ...own, ...cluster.subscription } as SubscriptionObject);
  const reading = readPlan({
    plan,
    subscriptions: [owner],
    clusterServiceVersions: [version],
    bundles: new Map(),
  });
  const diff = diffPlan(reading, {
    clusterServiceVersions: [version],
    customResourceDefinitions: cluster.crds ?? [],
    everywhere: false,
    existing: () => [null, 7, { metadata: null, spec: [] }],
  });
  const yaml = reading.steps.flatMap(({ manifest }) => (manifest ? [toYaml([manifest])] : []));
  const wire = {
    ...describeListedPlan(plan, [plan], [owner], Date.now()),
    message: messageOf(plan),
    operators: describeOperatorsOf(reading, diff, [owner]),
    apis: describeApis(diff, new Map()),
    steps: describeSteps(reading),
    totalSteps: reading.totalSteps,
    problems: reading.problems,
    unknown: diff.unknown,
    paths: [describePath(owner, 'a.v1.0.0', undefined)],
    partial: [],
  };
  return { yaml, ...planReviewSchema.parse(JSON.parse(JSON.stringify(wire))) };
}

const withStatus = (status: unknown) => ({ ...planOf([]), status });
const stepOf = (kind: string, manifest: unknown) => {
  const good = step({ apiVersion: 'v1', kind, metadata: { name: kind.toLowerCase() } });
  return { ...good, resource: { ...(good.resource as Json), manifest } };
};
const versionWith = (spec: unknown) => step({ ...bundleVersion('a.v1.0.0'), spec });

describe('a plan is shown or told', () => {
  test.each<[string, object]>([
    ['has no status', withStatus(undefined)],
    ['has a status of another type', withStatus('Complete')],
    ['has fields of other types', withStatus({ phase: ['x'], message: 7, conditions: {}, plan: 'x' })],
    [
      'has nulls everywhere',
      withStatus({ phase: null, conditions: [null, { type: null }], plan: [null, {}, { resource: null }] }),
    ],
    ['has odd lookups', withStatus({ phase: 'RequiresApproval', plan: [], bundleLookups: [null, 7, {}] })],
    [
      'names no versions',
      { ...planOf([]), spec: { approval: 7, clusterServiceVersionNames: [null, [], 7] } },
    ],
    ['has no spec', { ...planOf([]), spec: null }],
  ])('that %s', (_, plan) => {
    expect(review(plan).problems.map(({ id }) => id)).not.toEqual([]);
  });

  const odd: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    'an empty text': '',
    'a list': '[]',
    'broken JSON': '{"kind":',
    'broken YAML': 'a: [\nb: }',
    'an anchor within itself': 'a: &a [*a]',
    'a list in lists without end': '['.repeat(100_000),
    'a map in maps without end': `kind: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`,
  };
  // Only the names: a title of that length is too much for the test runner.
  test.each(Object.keys(odd))('whose step holds %s', (name) => {
    const manifest = odd[name];
    const { steps, problems } = review(planOf([stepOf('Service', manifest)]));
    expect(steps).toMatchObject([{ content: 'unread', problem: expect.any(String) }]);
    expect(problems).toMatchObject([{ id: 'manifest', subject: 'Service service' }]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'x'],
    ['nothing', {}],
    ['an odd strategy', { install: { spec: [] }, version: 7, replaces: {}, displayName: [] }],
    [
      'odd permissions',
      { install: { spec: { clusterPermissions: [null, { rules: [null, { verbs: 7 }] }] } } },
    ],
    ['odd Deployments', { install: { spec: { deployments: [null, { spec: { template: { spec: 7 } } }] } } }],
    ['odd images', { relatedImages: [null, { name: 7, image: {} }], installModes: {}, minKubeVersion: 1.2 }],
    ['odd APIs', { customresourcedefinitions: [], webhookdefinitions: [null, 7] }],
  ])('whose ClusterServiceVersion has a spec of %s', (_, spec) => {
    const { operators } = review(planOf([versionWith(spec)]), { version: { spec } });
    expect(operators).toMatchObject([{ clusterServiceVersion: 'a.v1.0.0', rights: { widened: [] } }]);
  });

  test('whose Subscription and definitions are odd', () => {
    const things = crd('t.a.io', [{ name: 'v1', storage: true }]);
    const odd = { subscription: { spec: null, status: [] }, crds: [null, 7, { ...things, spec: null }] };
    expect(review(planOf([step(things), step({ ...things, spec: [] })]), odd).apis).toMatchObject([
      { name: 't.a.io' },
      { name: 't.a.io' },
    ]);
  });

  test('whose names are those of every object', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const steps = names.flatMap((name) => [
      step(crd(name, [{ name }])),
      step(bundleVersion(name), { resolving: name }),
    ]);
    const found = review({ ...planOf(steps, names) });
    expect(found.operators.map(({ clusterServiceVersion: name }) => name)).toEqual(names);
    expect(found.apis.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('that repeats its steps', () => {
    const version = step(bundleVersion('a.v1.0.0'));
    const { operators, steps } = review(planOf([version, version, version]));
    expect(operators).toHaveLength(1);
    expect(steps).toHaveLength(3);
  });

  test('whose definition is nested deeper than anybody reads', () => {
    const deep = `${'{"properties":{"a":'.repeat(3000)}{}${'}}'.repeat(3000)}`;
    const before = crd('t.a.io', [{ name: 'v1', storage: true, schema: JSON.parse(deep) }]);
    const shallow = crd('t.a.io', [{ name: 'v1', storage: true, schema: 'HERE' }]);
    const manifest = JSON.stringify(shallow).replace('"HERE"', deep);
    const raw = planOf([stepOf('CustomResourceDefinition', manifest)]);
    expect(review(raw, { crds: [before] })).toMatchObject({ problems: [{ id: 'manifest' }] });
    expect(review(planOf([step(shallow)]), { crds: [before] }).apis).toMatchObject([{ change: 'changed' }]);
  });
});
