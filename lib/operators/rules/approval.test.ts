import { describe, expect, test } from 'vitest';
import { approvalPatch, describeInstallPlan, whatChanged } from './approval';
import { installPlan, subscription } from './testing';

const waiting = () => installPlan('install-a', { names: ['kiali.v1.1.0', 'istio.v2.0.0'] });
const reviewed = { uid: 'uid-of-install-a', clusterServiceVersionNames: ['kiali.v1.1.0', 'istio.v2.0.0'] };

describe('an InstallPlan', () => {
  const owner = subscription({ plan: 'install-a', installedCSV: 'kiali.v1.0.0' });

  test('that a Subscription waits for can be approved, and tells whose it is', () => {
    expect(describeInstallPlan(waiting(), [owner])).toMatchObject({
      approvable: true,
      approval: 'Manual',
      phase: 'RequiresApproval',
      subscriptions: [{ name: 'kiali', package: 'kiali', installedVersion: '1.0.0' }],
    });
  });

  test.each([
    ['no Subscription names', waiting(), []],
    [
      'a Subscription of another namespace names',
      { ...waiting(), metadata: { ...waiting().metadata, namespace: 'other' } },
      [owner],
    ],
    ['has no phase yet', installPlan('install-a', { phase: '' }), [owner]],
    ['is approved already', installPlan('install-a', { approved: true }), [owner]],
    ['is Automatic', installPlan('install-a', { approval: 'Automatic' }), [owner]],
    ['is complete', installPlan('install-a', { phase: 'Complete' }), [owner]],
  ])('that %s can not be approved', (_, plan, owners) => {
    expect(describeInstallPlan(plan, owners).approvable).toBe(false);
  });
});

describe('an approval', () => {
  test('holds only for the plan that was reviewed', () => {
    expect(approvalPatch(reviewed)).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid-of-install-a' },
      { op: 'test', path: '/spec/clusterServiceVersionNames', value: ['kiali.v1.1.0', 'istio.v2.0.0'] },
      { op: 'test', path: '/spec/approved', value: false },
      { op: 'test', path: '/status/phase', value: 'RequiresApproval' },
      { op: 'replace', path: '/spec/approved', value: true },
    ]);
  });

  test.each([
    [
      'another plan',
      { ...waiting(), metadata: { ...waiting().metadata, uid: 'other' } },
      'another plan of the same name',
    ],
    ['other versions', installPlan('install-a', { names: ['kiali.v1.2.0'] }), 'now carries kiali.v1.2.0'],
    [
      'an approved plan',
      installPlan('install-a', { names: reviewed.clusterServiceVersionNames, approved: true }),
      'approved it already',
    ],
    [
      'a plan in another phase',
      installPlan('install-a', { names: reviewed.clusterServiceVersionNames, phase: 'Failed' }),
      'phase is Failed',
    ],
  ])('of %s is explained', (_, plan, expected) => {
    expect(whatChanged(plan, reviewed)).toContain(expected);
  });

  test('of a plan that is as it was needs no explanation', () => {
    expect(whatChanged(waiting(), reviewed)).toBeUndefined();
  });
});
