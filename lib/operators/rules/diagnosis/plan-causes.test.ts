import { describe, expect, test } from 'vitest';
import type { SubscriptionObject } from '../objects';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, failedPlan, heading, other, owned, planned, saying, version } from './testing';

/** It came with another operator, by a plan that is not there any more. */
function generated(one: SubscriptionObject): SubscriptionObject {
  return { ...one, metadata: { ...one.metadata, annotations: { 'olm.generated-by': 'install-gone' } } };
}

const causes: [string, Partial<DiagnosisFacts>, Partial<Cause>][] = [
  [
    'its plan waits for approval',
    planned({}),
    { id: 'waitsForApproval', plan: 'p', upgrade: false, others: [] },
  ],
  [
    'its plan waits and carries another operator, which is named',
    planned({}, { names: ['kiali.v1.0.0', 'jaeger.v2.0.0'] }),
    { id: 'waitsForApproval', others: ['jaeger.v2.0.0'] },
  ],
  [
    'a Manual neighbour makes its Automatic plan wait',
    {
      ...planned({}),
      subscriptionsInNamespace: [
        heading,
        { ...other('jaeger'), spec: { ...other('jaeger').spec, installPlanApproval: 'Manual' } },
      ],
    },
    { id: 'waitsForApproval', becauseOf: 'jaeger' },
  ],
  [
    'the plan of another operator holds up the namespace',
    {
      subscriptionsInNamespace: [
        subscription({}),
        other('jaeger', { currentCSV: 'jaeger.v2.0.0', plan: 'q' }),
      ],
      installPlans: [installPlan('q', { names: ['jaeger.v2.0.0'] })],
    },
    { id: 'heldUpByPlan', plan: 'q', operators: ['jaeger.v2.0.0'], phase: 'RequiresApproval' },
  ],
  [
    'the plan of another operator has failed long ago, and OLM has made others since',
    {
      subscriptionsInNamespace: [subscription({}), other('jaeger', { plan: 'new' })],
      installPlans: [
        { ...installPlan('old', { phase: 'Failed', approved: true }), metadata: owned('old', 'jaeger') },
        {
          ...installPlan('new', { phase: 'Complete', approved: true }),
          metadata: { ...owned('new', 'jaeger'), creationTimestamp: '2026-01-01T00:30:00Z' },
        },
      ],
    },
    { id: 'slow', stage: 'resolving' },
  ],
  [
    'a webhook refuses an object of its plan',
    failedPlan('error creating Service: admission webhook "guard.example.io" denied the request: no'),
    { id: 'webhookRefused', webhook: 'guard.example.io' },
  ],
  [
    'a webhook that it has to pass is not there',
    failedPlan('Internal error occurred: failed calling webhook "guard.example.io": connection refused'),
    { id: 'webhookRefused', unreachable: true },
  ],
  [
    'it uses an API that the cluster no longer serves, while OLM still tries',
    planned(
      {
        status: {
          phase: 'Installing',
          message:
            'retrying execution due to error: GroupVersionKind apiextensions.k8s.io/v1beta1, Kind=CustomResourceDefinition not found on the cluster.',
        },
      },
      { approved: true },
    ),
    { id: 'apiNotServed', api: 'apiextensions.k8s.io/v1beta1', kind: 'CustomResourceDefinition' },
  ],
  [
    'stored objects would be lost',
    failedPlan(
      'risk of data loss updating "things.a.io": new CRD removes version v1alpha1 that is listed as a stored version on the existing CRD',
    ),
    { id: 'storedVersionAtRisk', crd: 'things.a.io', version: 'v1alpha1' },
  ],
  [
    'its plan was approved too early and never got a status',
    planned({ status: undefined }, { approved: true }),
    { id: 'planWithoutStatus', plan: 'p' },
  ],
  [
    'its plan is superseded',
    {
      installPlans: [
        { ...installPlan('old'), metadata: owned('old', 'kiali') },
        {
          ...installPlan('new', { phase: 'Complete', approved: true }),
          metadata: { ...owned('new', 'kiali'), creationTimestamp: '2026-01-01T00:30:00Z' },
        },
      ],
    },
    { id: 'planSuperseded', plan: 'old', by: 'new' },
  ],
  [
    'a plan that was made for a Subscription which is gone stands in the way',
    { installPlans: [installPlan('left')] },
    { id: 'planOrphaned', plan: 'left' },
  ],
  ['somebody has deleted its plan', { subscription: heading }, { id: 'planMissing', plan: 'p' }],
  [
    'its plan is gone, and OLM, which makes another one, has not noticed yet',
    {
      subscription: {
        ...heading,
        status: {
          ...heading.status,
          state: 'UpgradePending',
          conditions: [{ type: 'InstallPlanPending', status: 'True', reason: 'RequiresApproval' }],
        },
      },
    },
    { id: 'slow', stage: 'planning', overdue: false },
  ],
  [
    'its plan was deleted, and OLM begins anew',
    {
      subscription: {
        ...subscription({}),
        status: { state: '', ...{ lastUpdated: '2026-01-01T00:59:55Z' } },
      },
    },
    { id: 'slow', stage: 'resolving', overdue: false },
  ],
  [
    'the plan of an upgrade was deleted, and what was installed before runs',
    {
      subscription: subscription({ state: '', installedCSV: 'kiali.v0.9.0' }),
      clusterServiceVersions: [clusterServiceVersion('kiali.v0.9.0', 'Succeeded')],
    },
    { id: 'none' },
  ],
  [
    'the plan that made it is gone, and OLM goes no further without it',
    { subscription: generated(subscription({})) },
    { id: 'planMissing', plan: 'install-gone' },
  ],
  [
    'the plan that made its neighbour is gone, and OLM resolves nothing in the namespace',
    { subscriptionsInNamespace: [subscription({}), generated(other('jaeger'))] },
    { id: 'heldUpBySubscription', subscription: 'jaeger', cause: 'planMissing' },
  ],
  [
    'the plan that made its neighbour is gone, which has had another one since',
    { subscriptionsInNamespace: [subscription({}), generated(other('jaeger', { plan: 'q' }))] },
    { id: 'slow', stage: 'resolving' },
  ],
  [
    'somebody has deleted its ClusterServiceVersion',
    { ...version('Succeeded'), clusterServiceVersions: [] },
    { id: 'clusterServiceVersionMissing' },
  ],
  [
    'its plan was approved too early, and OLM complains of something else',
    {
      subscription: saying({
        type: 'BundleUnpackFailed',
        reason: 'EnsureInstallPlanFailed',
        message: 'conflict',
      }),
      installPlans: [{ ...installPlan('p', { phase: '', approved: true }), metadata: owned('p', 'kiali') }],
    },
    { id: 'planWithoutStatus', plan: 'p', newer: undefined },
  ],
  [
    'its bundle could not be unpacked, as older versions of OLM tell it',
    failedPlan('bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active too long'),
    { id: 'unpackFailed', reason: 'DeadlineExceeded', retries: false },
  ],
  [
    'a step of another operator in its plan failed, which is named',
    planned(
      {
        status: {
          phase: 'Failed',
          message: 'error creating Service metrics: odd',
          ...{ plan: [{ resolving: 'jaeger.v2.0.0', resource: { kind: 'Service', name: 'metrics' } }] },
        },
      },
      { approved: true },
    ),
    { id: 'planFailed', plan: 'p', operator: 'jaeger.v2.0.0' },
  ],
];

describe('an installation that has a plan', () => {
  test.each(causes)('says that %s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
