import { describe, expect, test } from 'vitest';
import { clusterServiceVersion } from '../testing';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { deployment, facts, heading, installing, version, waitingPod, warning } from './testing';

const causes: [string, Partial<DiagnosisFacts>, Partial<Cause>][] = [
  ['nothing is wrong and it runs', version('Succeeded'), { id: 'none' }],
  [
    'it runs, whatever old conditions say',
    {
      ...version('Succeeded'),
      subscription: {
        ...heading,
        status: {
          ...heading.status,
          conditions: [
            { type: 'ResolutionFailed', status: 'True', message: 'constraints not satisfiable: x' },
          ],
        },
      },
    },
    { id: 'none' },
  ],
  [
    'OLM itself counts too many OperatorGroups',
    version('Failed', { reason: 'TooManyOperatorGroups' }),
    { id: 'severalOperatorGroups' },
  ],
  [
    'its mode is not supported',
    version('Failed', {
      reason: 'UnsupportedOperatorGroup',
      message: 'OwnNamespace InstallModeType not supported',
    }),
    { id: 'modeNotSupported', mode: 'OwnNamespace', operatorGroup: 'demo' },
  ],
  [
    'another OperatorGroup provides the same APIs',
    version('Failed', { reason: 'InterOperatorGroupOwnerConflict' }),
    { id: 'apiConflict' },
  ],
  [
    'a CustomResourceDefinition is missing',
    version('Pending', {
      reason: 'RequirementsNotMet',
      requirementStatus: [
        { kind: 'ServiceAccount', name: 'kiali', status: 'NotPresent' },
        {
          kind: 'CustomResourceDefinition',
          name: 'things.a.io',
          status: 'NotPresent',
          message: 'CRD is not present',
        },
      ],
    }),
    { id: 'requirementMissing', requirement: 'crd', name: 'things.a.io', more: 1 },
  ],
  [
    'its ServiceAccount lacks a right, which is named',
    version('Pending', {
      reason: 'RequirementsNotMet',
      requirementStatus: [
        {
          kind: 'ServiceAccount',
          name: 'kiali',
          status: 'PresentNotSatisfied',
          dependents: [
            { kind: 'PolicyRule', status: 'Satisfied' },
            {
              kind: 'PolicyRule',
              status: 'NotSatisfied',
              message:
                'cluster rule:{"verbs":["get","list"],"apiGroups":["apps"],"resources":["deployments"]}',
            },
          ],
        },
      ],
    }),
    {
      id: 'requirementMissing',
      requirement: 'right',
      name: 'kiali',
      needs: 'get, list deployments (apps)',
      more: 0,
    },
  ],
  [
    'its image can not be pulled',
    { ...installing, ...waitingPod('ImagePullBackOff') },
    { id: 'deploymentUnavailable', pod: 'kiali-1-a', why: 'imagePull', image: 'r/kiali:1' },
  ],
  [
    'it crashes again and again',
    {
      ...installing,
      ...waitingPod('CrashLoopBackOff', { lastState: { terminated: { exitCode: 1, reason: 'Error' } } }),
    },
    { id: 'deploymentUnavailable', why: 'crash', container: 'manager' },
  ],
  [
    'it runs out of memory',
    {
      ...installing,
      ...waitingPod('CrashLoopBackOff', {
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      }),
    },
    { id: 'deploymentUnavailable', why: 'outOfMemory' },
  ],
  [
    'a Secret that it mounts is missing',
    { ...installing, ...waitingPod('CreateContainerConfigError') },
    { id: 'deploymentUnavailable', why: 'configuration' },
  ],
  [
    'a volume can not be mounted',
    {
      ...installing,
      ...waitingPod('ContainerCreating'),
      events: [warning('Pod', 'kiali-1-a', 'FailedMount', 'secret "cert" not found')],
    },
    { id: 'deploymentUnavailable', why: 'volume' },
  ],
  [
    'no node takes its pod',
    {
      ...installing,
      ...deployment({
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' },
        ],
      }),
    },
    { id: 'deploymentUnavailable', why: 'unschedulable' },
  ],
  [
    'its probes fail',
    {
      ...installing,
      ...deployment({
        phase: 'Running',
        containerStatuses: [
          { name: 'manager', ready: false, state: { running: { startedAt: '2026-01-01T00:59:30Z' } } },
        ],
      }),
      events: [warning('Pod', 'kiali-1-a', 'Unhealthy', 'Readiness probe failed')],
    },
    { id: 'deploymentUnavailable', why: 'probe' },
  ],
  [
    'its pods do not become ready, and nothing says why',
    { ...installing, ...deployment({ phase: 'Running' }) },
    { id: 'deploymentUnavailable', why: 'notReady' },
  ],
  [
    'a ResourceQuota refuses its pods',
    {
      ...installing,
      ...deployment(),
      events: [
        warning(
          'ReplicaSet',
          'kiali-1',
          'FailedCreate',
          'Error creating: pods "kiali-1-a" is forbidden: exceeded quota: small, requested: pods=1, used: pods=3, limited: pods=3',
        ),
      ],
    },
    { id: 'quotaExceeded', quota: 'small', requested: 'pods=1' },
  ],
  [
    'a webhook refuses its pods',
    {
      ...installing,
      ...deployment(),
      events: [
        warning(
          'ReplicaSet',
          'kiali-1',
          'FailedCreate',
          'Error creating: admission webhook "guard.example.io" denied the request: unsigned image',
        ),
      ],
    },
    { id: 'webhookRefused', webhook: 'guard.example.io', unreachable: false },
  ],
  [
    'only a copy of it stands there, of an operator that does not work for one namespace',
    {
      ...version('Succeeded'),
      clusterServiceVersions: [
        {
          ...clusterServiceVersion('kiali.v1.0.0', 'Succeeded'),
          metadata: {
            ...clusterServiceVersion('kiali.v1.0.0', '').metadata,
            labels: { 'olm.copiedFrom': 'operators' },
          },
          spec: { installModes: [{ type: 'AllNamespaces', supported: true }] } as object,
        },
      ],
    },
    { id: 'modeNotSupported', mode: 'OwnNamespace', supported: ['AllNamespaces'] },
  ],
  [
    'the operator forbids its own upgrade',
    version('Pending', { reason: 'OperatorConditionNotUpgradeable' }),
    { id: 'upgradeNotAllowed' },
  ],
  [
    'the operator fails in a way that nobody knows',
    version('Failed', { reason: 'Odd', message: 'odd' }),
    { id: 'operatorFailed', reason: 'Odd' },
  ],
  [
    'it is being removed',
    {
      subscription: {
        ...heading,
        metadata: { ...heading.metadata, deletionTimestamp: '2026-01-01T00:59:55Z' },
      },
    },
    { id: 'slow', stage: 'uninstalling', overdue: false },
  ],
];

describe('an installation whose ClusterServiceVersion is there', () => {
  test.each(causes)('says that %s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
