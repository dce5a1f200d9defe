import { describe, expect, test } from 'vitest';
import { bundleManifests } from '@/lib/testing/bundles';
import { realTest } from '@/lib/testing/recordings';
import type { ClusterServiceVersionObject } from '../objects';
import { clusterServiceVersion, subscription } from '../testing';
import { type Json, record } from '../untrusted';
import { compareCrd } from './crd-diff';
import { diffPlan, type Running } from './diff';
import { annotationOf, nameOf, parseManifests } from './manifest';
import { readPlan } from './read-plan';
import { bundleVersion, crd, planOf, rule, step } from './testing';

function running(old: Json | undefined, crds: Json[] = [], rest: Partial<Running> = {}): Running {
  const installed = old && { ...clusterServiceVersion(nameOf(old), 'Succeeded'), spec: old.spec as object };
  return {
    clusterServiceVersions: installed ? [installed] : [],
    customResourceDefinitions: crds,
    everywhere: false,
    ...rest,
  };
}

/** The plan that upgrades to these objects, as far as its Subscription `a` has one of the old ones installed. */
function reading(objects: Json[], from: ClusterServiceVersionObject[] = []) {
  const [name = ''] = objects.filter(({ kind }) => kind === 'ClusterServiceVersion').map(nameOf);
  const own = subscription({ currentCSV: name, installedCSV: from[0]?.metadata.name, plan: 'p' }, 'a');
  const steps = objects.map((object) => step(object, { resolving: name }));
  return readPlan({
    plan: planOf(steps, [name]),
    subscriptions: [own],
    clusterServiceVersions: from,
    bundles: new Map(),
  });
}

function upgrade(before: Json[], after: Json[], rest: Partial<Running> = {}) {
  const old = before.find(({ kind }) => kind === 'ClusterServiceVersion');
  const crds = before.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const state = running(old, crds, rest);
  const plan = reading(after, [...(state.clusterServiceVersions ?? [])]);
  return diffPlan(plan, state);
}

describe('a plan against what runs', () => {
  test('tells rights and images that change, and asks attention for everything', () => {
    const before = bundleVersion('a.v1', { clusterRules: [rule([''], ['pods'], ['get'])] });
    const after = bundleVersion('a.v2', {
      clusterRules: [rule(['*'], ['*'], ['*'])],
      image: 'other.io/a/manager@sha256:1',
    });
    const { operators, unknown } = upgrade([before], [after]);
    expect(operators).toMatchObject([
      {
        rights: { widened: [{ key: 'rights.everythingEverywhere' }], narrowed: [], truncated: false },
        asksForEverything: true,
        images: [
          { kind: 'container', name: 'a/manager', from: 'r.io/a/manager:1', moved: true, byTag: false },
        ],
      },
    ]);
    expect(unknown).toEqual([]);
  });

  test('counts the rights in Roles that the bundle brings itself', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [rule([''], ['secrets'], ['get'])],
    };
    const { operators } = upgrade([bundleVersion('a.v1')], [bundleVersion('a.v2'), role]);
    expect(operators[0]?.rights.widened).toMatchObject([{ key: 'rights.readSecretsEverywhere' }]);
    const same = upgrade([bundleVersion('a.v1')], [bundleVersion('a.v2'), role], { roles: [role] });
    expect(same.operators[0]?.rights.widened).toEqual([]);
  });

  test('says what it could not compare', () => {
    const things = crd('things.a.io', [{ name: 'v1' }]);
    expect(
      upgrade([bundleVersion('a.v1')], [bundleVersion('a.v2'), things], {
        customResourceDefinitions: undefined,
      }).unknown,
    ).toEqual([{ subject: 'apis', name: '1' }]);
    const plan = reading([bundleVersion('a.v2')], [clusterServiceVersion('a.v1', 'Succeeded')]);
    expect(diffPlan(plan, running(undefined)).unknown).toEqual([{ subject: 'oldVersion', name: 'a.v1' }]);
  });

  test('does not call a definition new that it did not look for', () => {
    const plan = reading([
      bundleVersion('a.v2'),
      crd('a.a.io', [{ name: 'v1' }]),
      crd('b.a.io', [{ name: 'v1' }]),
    ]);
    const { apis, unknown } = diffPlan(plan, { ...running(undefined), unread: new Set(['b.a.io']) });
    expect(apis).toMatchObject([{ name: 'a.a.io', change: 'added' }]);
    expect(unknown).toEqual([{ subject: 'apis', name: '1' }]);
  });

  test('names other operators that own the same API', () => {
    const things = crd('things.a.io', [{ name: 'v1' }]);
    const neighbour = clusterServiceVersion('b.v1', 'Succeeded', 'elsewhere');
    neighbour.spec = {
      ...neighbour.spec,
      ...{ customresourcedefinitions: { owned: [{ name: 'things.a.io' }] } },
    };
    const plan = reading([bundleVersion('a.v2'), things]);
    const state = { ...running(undefined), clusterServiceVersions: [neighbour] };
    expect(diffPlan(plan, state).apis).toMatchObject([
      { change: 'added', alsoOwnedBy: [{ namespace: 'elsewhere', name: 'b.v1' }] },
    ]);
  });

  test('of 2,000 steps is compared within a second', () => {
    const crds = Array.from({ length: 2000 }, (_, index) =>
      crd(`t${index}.a.io`, [{ name: 'v1', storage: true }]),
    );
    const owned = crds.slice(0, 50).map((object) => ({ name: nameOf(object) }));
    const others = Array.from({ length: 200 }, (_, index) => {
      const version = clusterServiceVersion(`b${index}.v1`, 'Succeeded', 'elsewhere');
      return { ...version, spec: { ...version.spec, ...{ customresourcedefinitions: { owned } } } };
    });
    const plan = reading([bundleVersion('a.v2'), ...crds]);
    const started = performance.now();
    const { apis } = diffPlan(plan, { ...running(undefined, crds), clusterServiceVersions: others });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(apis).toHaveLength(2000);
    expect(apis[0]?.alsoOwnedBy).toHaveLength(200);
  });
});

describe('a CustomResourceDefinition', () => {
  const v1 = { name: 'v1', storage: true };
  const v1alpha1 = { name: 'v1alpha1' };

  test('that does not change says so, whatever the API server added', () => {
    const before = { ...crd('t.a.io', [v1]), status: { storedVersions: ['v1'] } };
    expect(compareCrd(before, crd('t.a.io', [v1])).change).toBe('unchanged');
  });

  test('tells that unknown fields are dropped from now on', () => {
    const keeping = (apiVersion: string, preserveUnknownFields?: boolean): Json => {
      const definition = crd('t.a.io', [v1]);
      const spec = {
        ...(definition.spec as object),
        ...(preserveUnknownFields === undefined ? {} : { preserveUnknownFields }),
      };
      return { ...definition, apiVersion: `apiextensions.k8s.io/${apiVersion}`, spec };
    };
    const kept = keeping('v1', true);
    expect(compareCrd(kept, keeping('v1'))).toMatchObject({ prunes: true, change: 'changed' });
    expect(compareCrd(kept, keeping('v1beta1')).prunes).toBe(false);
    expect(compareCrd(keeping('v1'), keeping('v1', false))).toMatchObject({
      prunes: false,
      change: 'unchanged',
    });
    expect(compareCrd(undefined, keeping('v1')).prunes).toBe(false);
  });

  test('tells who converts between its versions', () => {
    const converted = (strategy?: string): Json => {
      const definition = crd('t.a.io', [v1]);
      return {
        ...definition,
        spec: { ...(definition.spec as object), ...(strategy ? { conversion: { strategy } } : {}) },
      };
    };
    expect(compareCrd(converted(), converted('Webhook'))).toMatchObject({
      conversion: { from: 'None', to: 'Webhook' },
      change: 'changed',
    });
    expect(compareCrd(converted('None'), converted())).toMatchObject({
      conversion: undefined,
      change: 'unchanged',
    });
  });

  test('tells versions added, removed and no longer served', () => {
    const change = compareCrd(
      crd('t.a.io', [v1, v1alpha1, { name: 'v1beta1' }]),
      crd('t.a.io', [v1, { name: 'v1beta1', served: false }, { name: 'v2' }]),
    );
    expect(change.versions).toEqual({ added: ['v2'], removed: ['v1alpha1'], noLongerServed: ['v1beta1'] });
  });

  test('warns of stored versions that the new definition drops', () => {
    const before = { ...crd('t.a.io', [v1, v1alpha1]), status: { storedVersions: ['v1alpha1', 'v1'] } };
    expect(compareCrd(before, crd('t.a.io', [v1])).storedAtRisk).toEqual(['v1alpha1']);
  });

  test('tells which existing objects lack what is newly required', () => {
    const spec = (required: string[]) => ({ properties: { spec: { properties: { size: {} }, required } } });
    const objects = [
      { metadata: { namespace: 'x', name: 'a' }, spec: {} },
      { metadata: { name: 'b' }, spec: { size: 1 } },
    ];
    const change = compareCrd(
      crd('t.a.io', [{ ...v1, schema: spec([]) }]),
      crd('t.a.io', [{ ...v1, schema: spec(['size']) }]),
      () => objects,
    );
    expect(change.newlyRequired).toEqual([
      { version: 'v1', path: 'spec.size', lackedBy: { count: 1, examples: ['x/a'] } },
    ]);
  });
});

describe('existing objects', () => {
  const colour = (values: string[]) => ({
    properties: { spec: { properties: { colour: { enum: values } } } },
  });
  const things = (schema: object, rest: object = {}): Json => {
    const definition = crd('t.a.io', [
      { name: 'v1', storage: true, schema },
      { name: 'v1beta1', served: false, schema },
    ]);
    return { ...definition, spec: { ...(definition.spec as object), ...rest } };
  };
  const red = { apiVersion: 'a.io/v1', metadata: { namespace: 'x', name: 'a' }, spec: { colour: 'red' } };
  const blue = { apiVersion: 'a.io/v1', metadata: { name: 'b' }, spec: { colour: 'blue' } };
  const refused = (before: Json, after: Json, objects: unknown[]) =>
    compareCrd(before, after, () => objects).refused;

  test('that the new definition refuses are named: OLM validates them before it updates it', () => {
    const before = things(colour(['red', 'blue']));
    expect(refused(before, things(colour(['blue'])), [red, blue])).toEqual([
      { version: 'v1', path: 'spec.colour', rule: 'enum', count: 1, examples: ['x/a'] },
    ]);
    expect(refused(before, things(colour(['red', 'blue', 'green'])), [red, blue])).toEqual([]);
  });

  test('are judged also where there was no schema before', () => {
    expect(refused(things({}), things(colour(['blue'])), [red])).toHaveLength(1);
  });

  test('lack a field although it has a default: OLM looks at what is stored', () => {
    const required = { properties: { spec: { properties: { size: { default: 1 } }, required: ['size'] } } };
    expect(refused(things({}), things(required), [red])).toMatchObject([
      { path: 'spec.size', rule: 'required' },
    ]);
  });

  test('are not judged where nothing changes, nor in a version that a webhook makes', () => {
    expect(refused(things(colour(['blue'])), things(colour(['blue'])), [red])).toEqual([]);
    const webhook = { conversion: { strategy: 'Webhook' } };
    const other = { ...red, apiVersion: 'a.io/v1beta1' };
    expect(refused(things({}, webhook), things(colour(['blue']), webhook), [other])).toEqual([]);
  });
});

describe('real operators', () => {
  const bundle = (image: string) =>
    Object.values(bundleManifests(image)).flatMap((file) => parseManifests(file).objects);
  const compare = (from: string, to: string) => upgrade(bundle(from), bundle(to));

  /** The objects of a kind with which an operator shows how it is used. */
  const examplesOf = (objects: Json[], name: string): unknown[] => {
    const version = objects.find(({ kind }) => kind === 'ClusterServiceVersion');
    const definition = objects.find((object) => nameOf(object) === name);
    const { kind } = record(record(definition?.spec).names);
    const examples: Json[] = JSON.parse(annotationOf(version, 'alm-examples') || '[]');
    return examples.filter((example) => example.kind === kind);
  };

  realTest('strimzi 0.22 to 0.23 drops versions in which objects are stored', () => {
    const before = bundle('strimzi-kafka-operator_v0.22.1').map((object) =>
      object.kind === 'CustomResourceDefinition'
        ? { ...object, status: { storedVersions: ['v1alpha1', 'v1beta2'] } }
        : object,
    );
    const { apis } = upgrade(before, bundle('strimzi-kafka-operator_v0.23.0'));
    const bridge = apis.find(({ name }) => name === 'kafkabridges.kafka.strimzi.io');
    expect(bridge).toMatchObject({ versions: { removed: ['v1alpha1'] }, storedAtRisk: ['v1alpha1'] });
    expect(apis.find(({ name }) => name === 'kafkatopics.kafka.strimzi.io')?.storedAtRisk).toEqual([]);
  });

  realTest('prometheus 0.37 to 0.47 adds APIs and leaves v1beta1 definitions behind', () => {
    const { apis } = compare('prometheus_v0.37.0', 'prometheus_v0.47.0');
    expect(
      apis
        .filter(({ change }) => change === 'added')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['alertmanagerconfigs.monitoring.coreos.com', 'probes.monitoring.coreos.com']);
    expect(apis.some(({ outdatedApi }) => outdatedApi)).toBe(false);
    expect(
      compare('prometheus_v0.32.0', 'prometheus_v0.37.0').apis.every(({ outdatedApi }) => outdatedApi),
    ).toBe(true);
  });

  realTest('kiali changes its image with every version, and tells so', () => {
    const { operators } = compare('kiali_v1.34.0', 'kiali_v1.35.0');
    expect(operators[0]?.images.find(({ kind }) => kind === 'container')).toMatchObject({
      from: expect.stringContaining('1.34'),
      to: expect.stringContaining('1.35'),
      moved: false,
    });
  });

  realTest('are compared in well under a second each, with rights and requirements that make sense', () => {
    const pairs = [
      ['argocd-operator_v0.0.14', 'argocd-operator_v0.0.15'],
      ['jaeger_v1.21.3', 'jaeger_v1.22.1'],
      ['keycloak-operator_v13.0.1', 'keycloak-operator_v14.0.0'],
      ['postgresql_v4.2.2', 'postgresql_v4.3.2'],
      ['etcd_v0.9.2', 'etcd_v0.9.4-clusterwide'],
      ['strimzi-kafka-operator_v0.20.1', 'strimzi-kafka-operator_v0.21.1'],
      ['grafana-operator_v2.0.0', 'grafana-operator_v3.0.2'],
    ] as const;
    for (const [from, to] of pairs) {
      const [before, after] = [bundle(from), bundle(to)];
      const started = performance.now();
      const { operators, unknown, apis } = upgrade(before, after, {
        existing: (name) => examplesOf(before, name),
      });
      expect(performance.now() - started, to).toBeLessThan(1000);
      // No version of these refuses what the one before shows as an example.
      expect(
        apis.flatMap(({ refused }) => refused),
        to,
      ).toEqual([]);
      expect(unknown, to).toEqual([]);
      expect(operators, to).toHaveLength(1);
    }
    const widened = compare('etcd_v0.9.2', 'etcd_v0.9.4-clusterwide').operators[0]?.rights.widened ?? [];
    expect(widened.map(({ key }) => key)).toContain('rights.readSecretsEverywhere');
  });
});
