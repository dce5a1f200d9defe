import { expect, test } from 'vitest';
import { type InstalledFacts, installedOperators, withDiagnosis } from './installed';
import { clusterServiceVersion, installPlan, subscription } from './testing';

const old = clusterServiceVersion('kiali.v1.0.0', 'Succeeded');
const upgrading = subscription({
  currentCSV: 'kiali.v1.1.0',
  installedCSV: 'kiali.v1.0.0',
  plan: 'upgrade',
});

function facts(changes: Partial<InstalledFacts> = {}): InstalledFacts {
  return {
    subscriptions: [upgrading],
    clusterServiceVersions: [old],
    installPlans: [installPlan('upgrade', { names: ['kiali.v1.1.0'] })],
    operatorGroups: undefined,
    catalogSources: undefined,
    packages: undefined,
    offered: undefined,
    now: Date.parse('2026-01-01T01:00:00Z'),
    ...changes,
  };
}

const rowsOf = (changes: Partial<InstalledFacts>) =>
  installedOperators(facts(changes)).map(({ row }) => `${row.kind} ${row.name}`);

test('a version belongs to the Subscription that has installed it, however it is', () => {
  const group = (name: string) => ({
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OperatorGroup',
    metadata: { ...old.metadata, name, uid: name },
  });
  const crowded = facts({
    clusterServiceVersions: [{ ...old, status: { phase: 'Failed', reason: 'TooManyOperatorGroups' } }],
    operatorGroups: [group('first'), group('second')],
  });
  const installed = installedOperators(crowded);
  expect(installed).toHaveLength(1);
  expect(installed.map((one) => withDiagnosis(one, crowded).stuck?.key)).toEqual(['severalOperatorGroups']);
});

test('a version and its predecessor are one row while one takes over from the other', () => {
  const successor = clusterServiceVersion('kiali.v1.1.0', 'Succeeded');
  const versions = [
    { ...successor, spec: { ...successor.spec, replaces: old.metadata.name } },
    { ...old, status: { phase: 'Replacing' } },
  ];
  const done = subscription({ currentCSV: 'kiali.v1.1.0', installedCSV: 'kiali.v1.1.0' });
  expect(rowsOf({ subscriptions: [done], clusterServiceVersions: versions })).toEqual(['Subscription kiali']);
});

test('a version that no Subscription heads for has a row of its own, and a copy has none', () => {
  const elsewhere = clusterServiceVersion('kiali.v1.0.0', 'Succeeded', 'elsewhere');
  const copy = { ...elsewhere, metadata: { ...elsewhere.metadata, labels: { 'olm.copiedFrom': 'demo' } } };
  expect(rowsOf({ clusterServiceVersions: [old, elsewhere] })).toEqual([
    'Subscription kiali',
    'ClusterServiceVersion kiali.v1.0.0',
  ]);
  expect(rowsOf({ clusterServiceVersions: [old, copy] })).toEqual(['Subscription kiali']);
});
