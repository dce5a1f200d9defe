import { expect, test } from 'vitest';
import type { InstallPlan } from '@/lib/operators/plan-contract';
import { installedBefore } from './installed-before';

function plan(
  clusterServiceVersionNames: string[],
  subscriptions: InstallPlan['subscriptions'],
): InstallPlan {
  return {
    namespace: 'a',
    name: 'install-1',
    uid: '1',
    phase: 'RequiresApproval',
    approved: false,
    approvable: true,
    approval: 'Manual',
    createdAt: '2026-11-21T09:00:00Z',
    clusterServiceVersionNames,
    subscriptions,
  };
}

test('in a plan of several Subscriptions each version finds its own', () => {
  const shared = plan(
    ['redis.v2.0.0', 'kafka.v4.0.0'],
    [
      { name: 'kafka', package: 'kafka', installedVersion: '3.8.0' },
      { name: 'redis', package: 'redis' },
    ],
  );
  expect(installedBefore(shared, 'kafka.v4.0.0')).toBe('3.8.0');
  expect(installedBefore(shared, 'redis.v2.0.0')).toBeUndefined();
});

test('a name that does not follow the convention is found in a plan of one', () => {
  const single = plan(
    ['prometheusoperator.0.65.1'],
    [{ name: 'p', package: 'prometheus', installedVersion: '0.56.3' }],
  );
  expect(installedBefore(single, 'prometheusoperator.0.65.1')).toBe('0.56.3');
});
