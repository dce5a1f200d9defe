import { expect, test } from 'vitest';
import type { ListedPlan } from '@/lib/operators/plan-contract';
import { filterPlans, kindOf, type PlacedPlan, valuesOf } from './plan-filters';

function placed(cluster: string, namespace: string, csv: string, installedVersion?: string): PlacedPlan {
  const [packageName = ''] = csv.split('.');
  const plan: ListedPlan = {
    namespace,
    name: `install-${csv}`,
    uid: `${cluster}-${csv}`,
    phase: 'RequiresApproval',
    approved: false,
    approvable: true,
    approval: 'Manual',
    createdAt: '2026-11-21T09:00:00Z',
    clusterServiceVersionNames: [csv],
    subscriptions: [{ name: packageName, package: packageName, installedVersion }],
    state: { id: 'waiting' },
    cleanable: false,
    madeFor: [packageName],
  };
  return { cluster, plan };
}

const rows = [
  placed('business', 'kafka', 'kafka.v4.0.0', '3.8.0'),
  placed('business', 'redis', 'redis.v2.0.0'),
  placed('edge', 'kafka', 'kafka.v4.0.0'),
];
const all = { q: '', kind: 'all', cluster: '', namespace: '' } as const;

test.each([
  ['everything without a filter', {}, [0, 1, 2]],
  ['a cluster', { cluster: 'edge' }, [2]],
  ['a namespace', { namespace: 'kafka' }, [0, 2]],
  ['upgrades', { kind: 'upgrade' }, [0]],
  ['installations', { kind: 'install' }, [1, 2]],
  ['all words of a search, in any order', { q: 'EDGE kaf' }, [2]],
  ['nothing that matches', { q: 'postgres' }, []],
] as const)('filters %s', (_, filter, expected) => {
  expect(filterPlans(rows, { ...all, ...filter })).toEqual(expected.map((index) => rows[index]));
});

test('a first installation is no upgrade', () => {
  expect(rows.map(({ plan }) => kindOf(plan))).toEqual(['upgrade', 'install', 'install']);
});

test('what is chosen stays on offer', () => {
  expect(valuesOf(['b', 'a', 'b'], 'gone')).toEqual(['a', 'b', 'gone']);
});
