import { describe, expect, test } from 'vitest';
import type { Subscription } from '../contract';
import type { InstallPlan } from '../plan-contract';
import { firstApprovalOf } from './first-approval';

const plan: InstallPlan = {
  namespace: 'harbor',
  name: 'install-1',
  uid: 'p',
  phase: 'RequiresApproval',
  approved: false,
  approvable: true,
  approval: 'Manual',
  clusterServiceVersionNames: ['harbor.v1', 'dependency.v1'],
  createdAt: '2026-11-21T09:00:00Z',
  subscriptions: [{ name: 'harbor', package: 'harbor' }],
};
const subscription: Subscription = {
  namespace: 'harbor',
  name: 'harbor',
  uid: 's',
  package: 'harbor',
  catalog: 'platform',
  catalogNamespace: 'cpaas-system',
  channel: 'stable',
  approval: 'Manual',
  createdAt: '2026-11-21T09:00:00Z',
  status: 'Awaiting approval',
  approveFirst: 'harbor.v1',
  plan,
  conditions: [],
  deprecations: [],
};

const told = (changes: Partial<Subscription>, other: InstallPlan | undefined = plan) =>
  firstApprovalOf({ ...subscription, ...changes }, other);

describe('the first approval', () => {
  test('is ready for the plan that brings what was chosen, with what it depends on', () => {
    expect(told({})).toBe('ready');
  });

  test.each<[string, Partial<Subscription>]>([
    ['was not asked for', { approveFirst: undefined }],
    ['has nothing to do with Automatic approval', { approval: 'Automatic' }],
    ['is over once the plan is approved', { plan: { ...plan, approved: true, approvable: false } }],
    ['is over once something is installed', { installedCSV: 'harbor.v1', status: 'Upgrade available' }],
    ['ends with a failure', { status: 'Failed' }],
  ])('%s', (_, changes) => expect(told(changes)).toBe('none'));

  test('waits until OLM is ready for it', () => {
    expect(told({ status: 'Resolving', plan: undefined })).toBe('waiting');
    expect(told({ plan: { ...plan, phase: '', approvable: false } })).toBe('waiting');
    expect(firstApprovalOf(subscription, undefined)).toBe('waiting');
    expect(told({}, { ...plan, uid: 'another' })).toBe('waiting');
  });

  test('is not given to a plan of other Subscriptions, nor to one without the chosen version', () => {
    const subscriptions = [...plan.subscriptions, { name: 'gitlab', package: 'gitlab' }];
    expect(told({}, { ...plan, subscriptions })).toBe('shared');
    expect(told({}, { ...plan, clusterServiceVersionNames: ['harbor.v2'] })).toBe('other');
  });
});
