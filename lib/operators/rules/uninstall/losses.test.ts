import { describe, expect, test } from 'vitest';
import type { UninstallApi } from '../../uninstall-contract';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import { lossesOf, type Surroundings } from './losses';

const crd = (name: string) => ({ name, kind: 'Kiali', version: 'v1' });
const owning = (name: string, relation: 'owned' | 'required', definition: string, namespace = 'demo') => {
  const version = clusterServiceVersion(name, 'Succeeded', namespace);
  const definitions = { customresourcedefinitions: { [relation]: [crd(definition)] } };
  return { ...version, spec: { ...version.spec, ...definitions } };
};
const api = (instances: UninstallApi['instances']): UninstallApi => ({
  group: 'kiali.io',
  version: 'v1',
  resource: 'kialis',
  kind: 'Kiali',
  name: 'kialis.kiali.io',
  instances,
  complete: true,
});
const instance = (name: string, deleting: boolean, finalizers: string[]) => ({
  name,
  namespace: 'apps',
  uid: name,
  createdAt: '',
  deleting,
  finalizers,
});

const kiali = owning('kiali.v1.0.0', 'owned', 'kialis.kiali.io');
const around: Surroundings = {
  namespace: 'demo',
  package: 'kiali',
  subscription: subscription({ installedCSV: 'kiali.v1.0.0', currentCSV: 'kiali.v1.0.0' }),
  versions: [kiali],
  allVersions: [kiali],
  others: [],
  plans: [],
};
const codes = (changes: Partial<Surroundings>, apis: UninstallApi[] = []) =>
  lossesOf({ ...around, ...changes }, apis).map(({ code }) => code);

describe('what the cluster loses', () => {
  test('is nothing once the operator is gone', () => {
    expect(codes({ subscription: undefined, versions: [] }, [api([instance('a', false, [])])])).toEqual([]);
  });

  test('names instances, and first those that could never go away any more', () => {
    const apis = [api([instance('a', true, ['kiali.io/finalizer']), instance('b', false, ['x'])])];
    expect(lossesOf(around, apis)).toEqual([
      { code: 'InstancesStuck', names: ['apps/a'], count: 1 },
      { code: 'InstancesUnmanaged', names: ['Kiali'], count: 2 },
    ]);
  });

  test('names operators that need its APIs, and those that provide them too', () => {
    const needing = owning('mesh.v1.0.0', 'required', 'kialis.kiali.io', 'mesh');
    const second = owning('kiali.v1.0.1', 'owned', 'kialis.kiali.io', 'other');
    expect(lossesOf({ ...around, allVersions: [kiali, needing, second] }, [])).toEqual([
      { code: 'OthersNeedApis', names: ['mesh/mesh.v1.0.0'], count: 1 },
      { code: 'OthersProvideApis', names: ['other/kiali.v1.0.1'], count: 1 },
    ]);
  });

  test('takes copies for nobody', () => {
    const copy = owning('kiali.v1.0.0', 'owned', 'kialis.kiali.io', 'other');
    const labels = { 'olm.copiedFrom': 'demo' };
    const copied = { ...copy, metadata: { ...copy.metadata, uid: 'another', labels } };
    expect(codes({ allVersions: [kiali, copied] })).toEqual([]);
  });

  test('names a waiting plan that others wait for too', () => {
    const own = subscription({ installedCSV: 'kiali.v1.0.0', currentCSV: 'kiali.v1.1.0', plan: 'install-a' });
    const other = subscription({ currentCSV: 'jaeger.v2.0.0', plan: 'install-a' }, 'jaeger');
    const plan = installPlan('install-a', { names: ['kiali.v1.1.0', 'jaeger.v2.0.0'] });
    expect(lossesOf({ ...around, subscription: own, others: [other], plans: [plan] }, [])).toMatchObject([
      { code: 'PlanShared', names: ['jaeger.v2.0.0'] },
      { code: 'OthersStay', names: ['jaeger'] },
    ]);
  });
});
