import { describe, expect, test } from 'vitest';
import type { Subscription } from '@/lib/operators/contract';
import { stepsOf } from './installation-steps';

function subscription(rest: Partial<Subscription>): Subscription {
  return {
    namespace: 'harbor',
    name: 'harbor',
    uid: '1',
    package: 'harbor',
    catalog: 'platform',
    catalogNamespace: 'cpaas-system',
    channel: 'stable',
    approval: 'Manual',
    createdAt: '2026-11-21T09:00:00Z',
    status: 'Resolving',
    conditions: [],
    deprecations: [],
    ...rest,
  };
}

const told = (rest: Partial<Subscription>) => stepsOf(subscription(rest)).map(({ state }) => state);

describe('the steps of an installation', () => {
  test.each([
    ['Resolving', ['done', 'current', 'todo', 'todo', 'todo', 'todo']],
    ['Unpacking', ['done', 'done', 'current', 'todo', 'todo', 'todo']],
    ['Awaiting approval', ['done', 'done', 'done', 'waiting', 'todo', 'todo']],
    ['Installing', ['done', 'done', 'done', 'done', 'current', 'todo']],
    ['Upgrading', ['done', 'done', 'done', 'done', 'current', 'todo']],
    ['Installed', ['done', 'done', 'done', 'done', 'done', 'done']],
    ['Upgrade available', ['done', 'done', 'done', 'done', 'done', 'done']],
  ] as const)('%s', (status, states) => expect(told({ status })).toEqual(states));

  test('a failure stands at the step in which it happened', () => {
    expect(told({ status: 'Failed' })).toEqual(['done', 'failed', 'todo', 'todo', 'todo', 'todo']);
    const conditions = [{ type: 'BundleUnpackFailed', status: 'True' }];
    expect(told({ status: 'Failed', conditions })[2]).toBe('failed');
    const clusterServiceVersion = { name: 'harbor.v1', version: '1', phase: 'Failed' };
    expect(told({ status: 'Failed', clusterServiceVersion })[4]).toBe('failed');
  });

  test('a step tells since when, where the cluster does', () => {
    const conditions = [
      { type: 'InstallPlanPending', status: 'True', lastTransitionTime: '2026-11-21T09:00:07Z' },
    ];
    const steps = stepsOf(subscription({ status: 'Awaiting approval', conditions }));
    expect(steps.map(({ since }) => since)).toEqual([
      '2026-11-21T09:00:00Z',
      undefined,
      undefined,
      '2026-11-21T09:00:07Z',
      undefined,
      undefined,
    ]);
  });
});
