import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, now, operatorGroup, version } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const failed = (reason: string, message: string) => version('Failed', { reason, message });
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
    'the OperatorGroup selects no namespace, which says nothing of modes',
    failed('NoTargetNamespaces', 'csv missing olm.targetNamespaces annotation'),
    { id: 'operatorFailed', reason: 'NoTargetNamespaces' },
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
  ['its installation', installation],
])('what OLM writes into a ClusterServiceVersion about %s means that', (_, cases) => {
  test.each(cases)('%s', (__, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
