import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, failedPlan, heading, operatorGroup, planned, saying } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];

const checkFailed = (message: string, phase = 'Installing') =>
  planned(
    {
      status: {
        phase,
        conditions: [{ type: 'Installed', status: 'False', reason: 'InstallCheckFailed', message }],
      },
    },
    { approved: phase === 'Installing' },
  );
/** A plan of the versions of OLM that unpack while they carry a plan out. */
const lookingUp = (...conditions: object[]) => {
  const lookup = {
    identifier: 'kiali.v1.0.0',
    path: 'r/kiali-bundle:1',
    catalogSourceRef: { name: 'platform', namespace: 'cpaas-system' },
    conditions: conditions.map((condition) => ({ status: 'True', ...condition })),
  };
  return planned({ status: { phase: 'Installing', ...{ bundleLookups: [lookup] } } }, { approved: true });
};
const pending = (message: string, reason = 'JobIncomplete') => ({
  type: 'BundleLookupPending',
  reason,
  message,
});
const noServiceAccount = 'please make sure the service account exists. sa=scoped operatorgroup=demo/og';
const two = [operatorGroup('a'), operatorGroup('b')];
const noGroup = 'no operator group found that is managing this namespace';
const twoGroups = 'more than one operator group(s) are managing this namespace count=2';
const webhookDown = 'failed calling webhook "guard.example.io": no endpoints available for service';
const plans: Case[] = [
  [
    'the OperatorGroup says what the plan does not, that its ServiceAccount is missing',
    {
      ...planned({ status: { phase: 'Installing' } }, { approved: true }),
      operatorGroups: [
        Object.assign(operatorGroup('demo'), {
          spec: { serviceAccountName: 'scoped' },
          status: {
            conditions: [
              { type: 'OperatorGroupServiceAccount', status: 'True', reason: 'ServiceAccountNotFound' },
            ],
          },
        }),
      ],
    },
    { id: 'requirementMissing', requirement: 'groupServiceAccount', name: 'scoped' },
  ],
  [
    'another write came between, after which OLM makes it anew',
    {
      subscription: saying({
        type: 'BundleUnpackFailed',
        reason: 'EnsureInstallPlanFailed',
        message:
          'error ensuring InstallPlan: Operation cannot be fulfilled on installplans.operators.coreos.com "install-x": the object has been modified; please apply your changes to the latest version and try again',
      }),
    },
    { id: 'slow', stage: 'planning' },
  ],
  [
    'a quota refuses the InstallPlan itself',
    {
      subscription: saying({
        type: 'BundleUnpackFailed',
        reason: 'EnsureInstallPlanFailed',
        message:
          'error ensuring InstallPlan: installplans.operators.coreos.com "install-x" is forbidden: exceeded quota: small, requested: count/installplans.operators.coreos.com=1, used: count/installplans.operators.coreos.com=5, limited: count/installplans.operators.coreos.com=5',
      }),
    },
    { id: 'quotaExceeded', quota: 'small' },
  ],
  [
    'its OperatorGroup was deleted meanwhile',
    { ...checkFailed(noGroup), operatorGroups: [] },
    { id: 'noOperatorGroup' },
  ],
  [
    'a second OperatorGroup was made meanwhile',
    { ...checkFailed(`attenuated service account query failed - ${twoGroups}`), operatorGroups: two },
    { id: 'severalOperatorGroups', operatorGroups: ['a', 'b'] },
  ],
  [
    'an approval would lead to nothing',
    { ...checkFailed(twoGroups, 'RequiresApproval'), operatorGroups: two },
    { id: 'severalOperatorGroups' },
  ],
  [
    'it goes on, as there is one OperatorGroup again',
    checkFailed(noGroup),
    { id: 'slow', stage: 'executing' },
  ],
  [
    'the ServiceAccount of the OperatorGroup is missing',
    checkFailed(noServiceAccount),
    { id: 'requirementMissing', requirement: 'groupServiceAccount', name: 'scoped' },
  ],
  [
    'the ServiceAccount of the OperatorGroup is missing, so that an approval would lead to nothing',
    checkFailed(noServiceAccount, 'RequiresApproval'),
    { id: 'requirementMissing', requirement: 'groupServiceAccount', name: 'scoped' },
  ],
  [
    'what hindered it is over, and OLM has only emptied its condition',
    planned(
      {
        status: {
          phase: 'Installing',
          message: 'retrying execution due to error: etcdserver: request timed out',
          conditions: [{ type: 'Installed', status: 'False', reason: 'Unknown', message: '' }],
          ...{ startTime: '2026-01-01T00:59:50Z' },
        },
      },
      { approved: true },
    ),
    { id: 'slow', stage: 'executing', overdue: false },
  ],
  [
    'its bundle is still unpacked',
    lookingUp(pending('unpack job not completed')),
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'the pod that unpacks its bundle only starts',
    lookingUp(
      pending(
        'unpack job not completed: Unpack pod(olm/abc-x) container(pull) is pending. Reason: PodInitializing, Message: ',
      ),
    ),
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'its bundle image can not be pulled',
    lookingUp(
      pending(
        'unpack job not completed: Unpack pod(olm/abc-x) container(pull) is pending. Reason: ImagePullBackOff, Message: Back-off pulling image "r/kiali-bundle:1"',
      ),
    ),
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', reason: 'ImagePullBackOff', why: 'imagePull' },
  ],
  [
    'the Job that unpacks its bundle has failed',
    lookingUp(
      { type: 'BundleLookupFailed', reason: 'BackoffLimitExceeded', message: 'Job has reached …' },
      pending('unpack job not completed'),
    ),
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', reason: 'BackoffLimitExceeded' },
  ],
  [
    'the catalog of its bundle is gone',
    lookingUp(pending('referenced catalogsource not found', 'CatalogSourceMissing')),
    { id: 'catalogMissing', catalog: 'platform', catalogNamespace: 'cpaas-system' },
  ],
  ['its bundle is unpacked, and what told of it is gone', lookingUp(), { id: 'slow', stage: 'executing' }],
  [
    'its bundle could not be unpacked, as the first version that gave up said it',
    failedPlan(
      'Bundle extract Job failed with Reason: DeadlineExceeded, and Message: Job was active longer than specified deadline',
    ),
    { id: 'unpackFailed', reason: 'DeadlineExceeded' },
  ],
  [
    'its bundle image can not be pulled, which the Subscription tells whoever may not read the plan',
    {
      subscription: {
        ...heading,
        status: {
          ...heading.status,
          conditions: [
            {
              type: 'InstallPlanPending',
              status: 'True',
              reason: 'Installing',
              message:
                'unpack job not completed: Unpack pod(olm/abc-x) container(pull) is pending. Reason: ErrImagePull, Message: not found.',
            },
          ],
        },
      },
      installPlans: undefined,
    },
    { id: 'unpackFailed', reason: 'ErrImagePull' },
  ],
  [
    'an API that others bring is missing, and nothing is too old',
    failedPlan(
      'api-server resource not found installing ServiceMonitor metrics: GroupVersionKind monitoring.coreos.com/v1, Kind=ServiceMonitor not found on the cluster. This API may have been deprecated and removed, see https://kubernetes.io/docs/',
    ),
    { id: 'requirementMissing', requirement: 'api', name: 'ServiceMonitor (monitoring.coreos.com/v1)' },
  ],
  [
    'an API of Kubernetes is gone',
    failedPlan('no matches for kind "CronJob" in version "batch/v1beta1"'),
    { id: 'apiNotServed', api: 'batch/v1beta1', kind: 'CronJob' },
  ],
  [
    'one step did not work at once, and nothing has failed',
    planned(
      {
        status: {
          phase: 'Installing',
          message: 'retrying execution due to error: etcdserver: request timed out',
          ...{ startTime: '2026-01-01T00:59:50Z' },
        },
      },
      { approved: true },
    ),
    { id: 'slow', stage: 'executing', overdue: false },
  ],
  [
    'the OperatorGroup lets OLM do too little',
    failedPlan(
      'error creating role kiali: roles.rbac.authorization.k8s.io is forbidden: User "system:serviceaccount:demo:scoped" cannot create resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "demo"',
    ),
    { id: 'rightMissing', who: 'system:serviceaccount:demo:scoped' },
  ],
  [
    'a quota refuses one of its objects',
    failedPlan(
      'error creating service kiali: services "kiali" is forbidden: exceeded quota: small, requested: services=1, used: services=5, limited: services=5',
    ),
    { id: 'quotaExceeded', quota: 'small', requested: 'services=1' },
  ],
  [
    'it has failed for a known reason, which the Subscription tells whoever may not read it',
    {
      subscription: {
        ...heading,
        status: {
          ...heading.status,
          conditions: [{ type: 'InstallPlanFailed', status: 'True', message: webhookDown }],
        },
      },
      installPlans: undefined,
    },
    { id: 'webhookRefused', webhook: 'guard.example.io', unreachable: true },
  ],
];

describe('what OLM writes about an InstallPlan means that', () => {
  test.each(plans)('%s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
