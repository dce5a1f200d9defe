import { describe, expect, test } from 'vitest';
import type { InstalledOperator } from '@/lib/operators/installed-contract';
import { countStatuses, searchInstalled, sortInstalled } from './installed-rows';

function row(name: string, rest: Partial<InstalledOperator> = {}): InstalledOperator {
  return {
    kind: 'Subscription',
    uid: name,
    namespace: 'demo',
    name,
    displayName: name,
    provider: '',
    status: 'Installed',
    manualBecauseOf: [],
    deprecations: [],
    createdAt: '2026-01-01T00:00:00Z',
    ...rest,
  };
}

const rows = [
  row('Kiali', { namespace: 'mesh', installedVersion: '2.9.0', status: 'Upgrade available' }),
  row('Harbor', { installedVersion: '2.12.10', createdAt: '2026-02-01T00:00:00Z' }),
  row('Redis', {
    status: 'Failed',
    operator: { catalogNamespace: 'a', catalog: 'b', name: 'redis-operator' },
  }),
];
const names = (found: InstalledOperator[]) => found.map(({ name }) => name);

describe('installed operators', () => {
  test('are found by names, namespace and version, and every word counts', () => {
    expect(names(searchInstalled(rows, ''))).toEqual(['Kiali', 'Harbor', 'Redis']);
    expect(names(searchInstalled(rows, ' MESH 2.9'))).toEqual(['Kiali']);
    expect(names(searchInstalled(rows, 'redis-op'))).toEqual(['Redis']);
    expect(names(searchInstalled(rows, 'mesh redis'))).toEqual([]);
  });

  test.each([
    ['name', false, ['Harbor', 'Kiali', 'Redis']],
    ['name', true, ['Redis', 'Kiali', 'Harbor']],
    ['status', false, ['Redis', 'Kiali', 'Harbor']],
    ['version', true, ['Harbor', 'Kiali', 'Redis']],
    ['namespace', false, ['Harbor', 'Redis', 'Kiali']],
    ['created', true, ['Harbor', 'Kiali', 'Redis']],
  ] as const)('are ordered by %s, descending %s', (by, descending, expected) => {
    expect(names(sortInstalled(rows, { by, descending }))).toEqual(expected);
  });

  test('are counted by status; what is ticked stays', () => {
    expect(countStatuses(rows, ['Resolving'])).toEqual([
      { status: 'Failed', count: 1 },
      { status: 'Upgrade available', count: 1 },
      { status: 'Resolving', count: 0 },
      { status: 'Installed', count: 1 },
    ]);
  });
});
