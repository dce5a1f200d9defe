import { describe, expect, test } from 'vitest';
import { subscription } from '../testing';
import { diagnose, diagnoseClusterServiceVersion } from './diagnose';
import {
  deployment,
  facts,
  heading,
  installing,
  now,
  object,
  unresolved,
  version,
  waitingPod,
  warning,
} from './testing';

describe('an installation', () => {
  test('names the object that says so, since when, in the cluster’s own words', () => {
    expect(diagnose(facts({ ...installing, ...waitingPod('ImagePullBackOff') }))).toMatchObject({
      says: { kind: 'Pod', namespace: 'demo', name: 'kiali-1-a', field: 'status.containerStatuses[manager]' },
      since: '2026-01-01T00:00:10Z',
      detail: 'said of ImagePullBackOff',
    });
  });

  test('that is only slow says what usually takes how long, and when it takes much longer', () => {
    const young = { now: Date.parse('2026-01-01T00:00:05Z') };
    expect(diagnose(facts(young))).toMatchObject({
      cause: { id: 'slow', stage: 'resolving', overdue: false },
      usual: 10,
    });
    expect(diagnose(facts())).toMatchObject({ cause: { id: 'slow', overdue: true } });
  });

  test('is not blamed for silence in its first seconds', () => {
    const young = Date.parse('2026-01-01T00:00:05Z');
    expect(diagnose(facts({ catalogSources: [], now: young })).cause.id).toBe('slow');
  });

  test('waits for the OperatorGroup that the platform makes, but not for ever', () => {
    const own = subscription({});
    own.metadata.annotations = { 'cpaas.io/target-namespaces': '' };
    const without = { subscription: own, operatorGroups: [] };
    expect(diagnose(facts({ ...without, now: Date.parse('2026-01-01T00:00:05Z') })).cause.id).toBe('slow');
    expect(diagnose(facts({ ...without, now })).cause.id).toBe('noOperatorGroup');
  });

  test('is not called broken because of what could not be read', () => {
    const unread = {
      subscriptionsInNamespace: undefined,
      clusterServiceVersions: undefined,
      installPlans: undefined,
      catalogSources: undefined,
      operatorGroups: undefined,
    };
    expect(diagnose(facts(unread)).cause.id).toBe('slow');
    const pending = { type: 'InstallPlanPending', status: 'True', reason: 'RequiresApproval' };
    const own = { ...heading, status: { ...heading.status, conditions: [pending] } };
    expect(diagnose(facts({ ...unread, subscription: own })).cause).toMatchObject({
      id: 'waitsForApproval',
      plan: 'p',
    });
  });

  test('that may well run is not called slow by whoever may not read whether it does', () => {
    const done = version('Succeeded');
    const unread = { ...done, clusterServiceVersions: undefined };
    const slow = { id: 'slow', stage: 'executing', overdue: false };
    expect(diagnose(facts(unread)).cause).toEqual(slow);
    expect(diagnose(facts({ ...unread, installPlans: undefined })).cause).toEqual(slow);
  });

  test('is not told of a refusal that is over by whoever may not read its pods', () => {
    const refused = [
      warning(
        'ReplicaSet',
        'kiali-1',
        'FailedCreate',
        'exceeded quota: small, requested: pods=1, used: pods=3',
      ),
    ];
    const young = version('Installing', { lastTransitionTime: '2026-01-01T00:59:40Z' });
    const of = (updatedReplicas: number) => {
      const { deployments = [] } = deployment();
      const made = deployments.map((one) => ({ ...one, status: { updatedReplicas } }));
      return diagnose(facts({ ...young, deployments: made, events: refused })).cause.id;
    };
    expect([of(0), of(1)]).toEqual(['quotaExceeded', 'slow']);
  });

  test('requirements that its plan is about to create are not missing yet', () => {
    const status = {
      reason: 'RequirementsNotMet',
      lastTransitionTime: '2026-01-01T00:59:58Z',
      requirementStatus: [{ kind: 'ServiceAccount', name: 'kiali', status: 'NotPresent' }],
    };
    expect(diagnose(facts(version('Pending', status))).cause).toMatchObject({
      id: 'slow',
      stage: 'requirements',
    });
  });

  test('bounds foreign words, and survives objects that are not what they should be', () => {
    const long = diagnose(facts(unresolved('x'.repeat(100_000))));
    expect(long.detail).toHaveLength(1000);
    const odd = object('Pod', 'kiali-1-a', {
      labels: { app: 'kiali' },
      status: { containerStatuses: [null, 3, { state: 'x' }], conditions: 'no' },
    });
    expect(diagnose(facts({ ...installing, ...deployment(), pods: [odd] })).cause.id).toBe(
      'deploymentUnavailable',
    );
  });

  test('without a Subscription is diagnosed from its ClusterServiceVersion', () => {
    const { clusterServiceVersions, ...rest } = facts({ ...installing, ...waitingPod('ImagePullBackOff') });
    const [version] = clusterServiceVersions ?? [];
    if (!version) throw new Error('no ClusterServiceVersion');
    const around = { ...rest, clusterServiceVersions };
    expect(diagnoseClusterServiceVersion(version, around).cause).toMatchObject({
      id: 'deploymentUnavailable',
      why: 'imagePull',
    });
    const done = { ...version, status: { phase: 'Succeeded' } };
    expect(diagnoseClusterServiceVersion(done, around).cause).toEqual({ id: 'none' });
  });
});
