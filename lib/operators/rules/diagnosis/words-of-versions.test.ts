import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, now, operatorGroup, version } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const failed = (reason: string, message: string, more: object = {}) =>
  version('Failed', { reason, message, ...more });
const waits = (why: string) => `installing: waiting for deployment kiali to become ready: ${why}`;
const unavailable = waits('deployment "kiali" not available: Deployment does not have minimum availability.');

const groups: Case[] = [
  [
    'the namespace has lost its OperatorGroup',
    failed('NoOperatorGroup', 'csv in namespace with no operatorgroups'),
    { id: 'noOperatorGroup' },
  ],
  [
    'the namespace has got a second OperatorGroup',
    {
      ...failed(
        'TooManyOperatorGroups',
        "csv created in namespace with multiple operatorgroups, can't pick one automatically",
      ),
      operatorGroups: [operatorGroup('a'), operatorGroup('b')],
    },
    { id: 'severalOperatorGroups', operatorGroups: ['a', 'b'] },
  ],
  [
    'its mode is not supported, also where OperatorGroups can not be read',
    {
      ...failed(
        'UnsupportedOperatorGroup',
        'MultiNamespace InstallModeType not supported, cannot configure to watch 2 namespaces',
      ),
      operatorGroups: undefined,
    },
    { id: 'modeNotSupported', mode: 'MultiNamespace' },
  ],
  [
    'its own list of modes is wrong',
    failed('InvalidInstallModes', 'InstallMode list contains duplicates for type: OwnNamespace'),
    { id: 'operatorFailed', reason: 'InvalidInstallModes' },
  ],
  [
    'another OperatorGroup serves the same APIs',
    failed('InterOperatorGroupOwnerConflict', 'intersecting operatorgroups provide the same apis'),
    { id: 'apiConflict' },
  ],
  [
    'another operator of the namespace owns its definition',
    failed('OwnerConflict', 'conflicting CRD owner in namespace'),
    { id: 'apiConflict' },
  ],
  [
    'the OperatorGroup fixes its APIs',
    failed('CannotModifyStaticOperatorGroupProvidedAPIs', 'static provided apis can not be modified'),
    { id: 'apisFixed', operatorGroup: 'demo' },
  ],
];

const needs = (one: object) => version('Pending', { reason: 'RequirementsNotMet', requirementStatus: [one] });
const requirements: Case[] = [
  [
    'the cluster is too old',
    needs({
      kind: 'ClusterServiceVersion',
      name: 'kiali.v1.0.0',
      status: 'PresentNotSatisfied',
      message: 'CSV version requirement not met: minKubeVersion (1.99.0) > server version (1.36.2)',
    }),
    { id: 'requirementMissing', requirement: 'kubernetesVersion', needs: '1.99.0' },
  ],
  [
    'a native API is missing',
    needs({
      group: 'route.openshift.io',
      version: 'v1',
      kind: 'Route',
      name: 'v1.route.openshift.io',
      status: 'NotPresent',
      message: 'Native API does not exist',
    }),
    { id: 'requirementMissing', requirement: 'api', name: 'Route (route.openshift.io/v1)' },
  ],
  [
    'an aggregated API is missing',
    needs({ group: 'apiregistration.k8s.io', kind: 'APIService', name: 'v1.a.io', status: 'NotPresent' }),
    { id: 'requirementMissing', requirement: 'api', name: 'v1.a.io' },
  ],
  [
    'a definition is there and not established',
    needs({
      kind: 'CustomResourceDefinition',
      name: 'things.a.io',
      status: 'PresentNotAvailable',
      message: 'CRD is present but the Established condition is False (not available)',
    }),
    { id: 'requirementMissing', requirement: 'unservedCrd', name: 'things.a.io' },
  ],
  [
    'a definition is there without the version that is needed',
    needs({
      kind: 'CustomResourceDefinition',
      name: 'things.a.io',
      status: 'NotPresent',
      message: 'CRD version not served',
    }),
    { id: 'requirementMissing', requirement: 'unservedCrd', name: 'things.a.io' },
  ],
  [
    'it names a Deployment for its API that it does not have',
    needs({ kind: 'APIService', name: 'v1.a.io', status: 'DeploymentNotFound' }),
    { id: 'requirementMissing', requirement: 'other', name: 'APIService v1.a.io' },
  ],
  [
    'OLM could not learn how old the cluster is',
    needs({
      kind: 'ClusterServiceVersion',
      name: 'kiali.v1.0.0',
      status: 'PresentNotSatisfied',
      message: 'Server version discovery error',
    }),
    { id: 'requirementMissing', requirement: 'other' },
  ],
  [
    'what was missing is there again, and its Deployment has failed since',
    failed('ComponentUnhealthy', unavailable, {
      requirementStatus: [
        {
          kind: 'CustomResourceDefinition',
          name: 'things.a.io',
          status: 'NotPresent',
          message: 'CRD is not present',
        },
      ],
    }),
    { id: 'deploymentUnavailable', deployment: 'kiali', why: 'notReady' },
  ],
  [
    'its ServiceAccount belongs to another operator',
    needs({
      kind: 'ServiceAccount',
      name: 'kiali',
      status: 'PresentNotSatisfied',
      message: 'Service account is owned by another ClusterServiceVersion',
    }),
    { id: 'requirementMissing', requirement: 'other', name: 'ServiceAccount kiali' },
  ],
  [
    'a right in the namespace is missing',
    needs({
      kind: 'ServiceAccount',
      name: 'kiali',
      status: 'PresentNotSatisfied',
      message: 'Policy rule not satisfied for service account',
      dependents: [
        {
          group: 'rbac.authorization.k8s.io',
          kind: 'PolicyRule',
          version: 'v1',
          status: 'NotSatisfied',
          message: 'namespaced rule:{"verbs":["create"],"apiGroups":[""],"resources":["pods","secrets"]}',
        },
      ],
    }),
    { id: 'requirementMissing', requirement: 'right', name: 'kiali', needs: 'create pods, secrets' },
  ],
];

test('a definition that is not established says itself whose name is taken', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'things.a.io',
      uid: 'd',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    status: {
      conditions: [
        {
          type: 'NamesAccepted',
          status: 'False',
          reason: 'KindConflict',
          message: '"Thing" is already in use',
        },
      ],
    },
  };
  const status = 'PresentNotAvailable';
  const unserved = needs({ kind: 'CustomResourceDefinition', name: 'things.a.io', status });
  expect(diagnose(facts({ ...unserved, definitions: [definition] }))).toMatchObject({
    cause: { requirement: 'unservedCrd', name: 'things.a.io' },
    says: {
      kind: 'CustomResourceDefinition',
      name: 'things.a.io',
      field: 'status.conditions[NamesAccepted]',
    },
    detail: '"Thing" is already in use',
  });
});

const notReady = { id: 'deploymentUnavailable', deployment: 'kiali', why: 'notReady' } as const;
// Deployments and pods can't be read here: what OLM says of them is all that is known.
const installation: Case[] = [
  ['its Deployment was not ready in time', failed('InstallCheckFailed', 'install timeout'), notReady],
  [
    'its Deployment has passed its deadline',
    failed(
      'InstallCheckFailed',
      'install failed: deployment kiali not ready before timeout: deployment "kiali" exceeded its progress deadline',
    ),
    notReady,
  ],
  ['what ran is not healthy any more', failed('ComponentUnhealthy', unavailable), notReady],
  [
    'OLM tries it again, and it is not ready since long',
    version('Pending', { reason: 'NeedsReinstall', message: unavailable }),
    notReady,
  ],
  [
    'its Deployment only starts',
    version('Installing', {
      reason: 'InstallWaiting',
      message: waits('deployment "kiali" waiting for 1 outdated replica(s) to be terminated'),
      lastTransitionTime: secondsAgo(20),
    }),
    { id: 'slow', stage: 'deploying', overdue: false },
  ],
  [
    'somebody has changed its configuration',
    version('Failed', {
      reason: 'ComponentUnhealthy',
      message: 'installing: deployment changed old hash=a, new hash=b',
      lastTransitionTime: secondsAgo(5),
    }),
    { id: 'slow', stage: 'deploying', overdue: false },
  ],
  [
    'OLM may not create its Deployment',
    failed(
      'InstallComponentFailed',
      'install strategy failed: deployments.apps is forbidden: User "system:serviceaccount:demo:scoped" cannot create resource "deployments" in API group "apps"',
    ),
    { id: 'rightMissing', who: 'system:serviceaccount:demo:scoped' },
  ],
  [
    'its Deployment is not valid, which only the cluster’s words tell',
    failed(
      'InstallComponentFailed',
      'install strategy failed: Deployment.apps "kiali" is invalid: spec.selector: field is immutable',
    ),
    { id: 'operatorFailed', reason: 'InstallComponentFailed' },
  ],
  [
    'its aggregated API can not be served, which only the cluster’s words tell',
    failed('APIServiceResourceIssue', 'service kiali-service not found'),
    { id: 'operatorFailed', reason: 'APIServiceResourceIssue' },
  ],
  [
    'the running version forbids the upgrade',
    version('Pending', {
      reason: 'OperatorConditionNotUpgradeable',
      message: 'operator is not upgradeable: The operator is migrating',
    }),
    { id: 'upgradeNotAllowed' },
  ],
];

describe.each([
  ['its OperatorGroup', groups],
  ['its requirements', requirements],
  ['its installation', installation],
])('what OLM writes into a ClusterServiceVersion about %s means that', (_, cases) => {
  test.each(cases)('%s', (__, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
