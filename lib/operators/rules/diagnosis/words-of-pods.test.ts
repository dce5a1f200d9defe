import { describe, expect, test } from 'vitest';
import type { ApiObject } from '../objects';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { deployment, facts, installing, now, object, warning } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const slow = { id: 'slow' } as const;

/** A pod of the Deployment, of its ReplicaSet unless another is named. */
const pod = (name: string, ago: number, status: object, owner = 'kiali-1') => {
  const one = object('Pod', name, { owner, labels: { app: 'kiali' }, status });
  return { ...one, metadata: { ...one.metadata, creationTimestamp: secondsAgo(ago) } };
};
const replicaSet = (name: string, revision: number) => {
  const one = object('ReplicaSet', name, { owner: 'kiali' });
  const annotations = { 'deployment.kubernetes.io/revision': String(revision) };
  return { ...one, metadata: { ...one.metadata, annotations } };
};
const running = (ago: number, more: object = {}) => ({
  phase: 'Running',
  containerStatuses: [
    { name: 'manager', ready: false, state: { running: { startedAt: secondsAgo(ago) } }, ...more },
  ],
});
const waiting = (reason: string, more: object = {}) => ({
  phase: 'Pending',
  containerStatuses: [{ name: 'manager', image: 'r/kiali:1', state: { waiting: { reason } }, ...more }],
});
const ended = (exitCode: number, reason = 'Error') => ({ terminated: { exitCode, reason } });
/** It is being installed since half a minute, with these pods. */
const installingWith = (...pods: ApiObject[]) => {
  const [version] = installing.clusterServiceVersions ?? [];
  if (!version) throw new Error('no ClusterServiceVersion');
  const status = { ...version.status, lastTransitionTime: secondsAgo(30) };
  return { ...installing, clusterServiceVersions: [{ ...version, status }], ...deployment(), pods };
};
const crashing = waiting('CrashLoopBackOff', { lastState: ended(1) });

const pods: Case[] = [
  [
    'its image is not signed by anybody whom the node trusts',
    installingWith(pod('a', 20, waiting('SignatureValidationFailed'))),
    { id: 'deploymentUnavailable', why: 'imagePull' },
  ],
  [
    'the name of its image is not one',
    installingWith(pod('a', 20, waiting('InvalidImageName'))),
    { id: 'deploymentUnavailable', why: 'imagePull', image: 'r/kiali:1' },
  ],
  ['it only starts, and its first probe has failed', probed(10), slow],
  ['its probes go on failing', probed(40), { id: 'deploymentUnavailable', why: 'probe' }],
  [
    'it ended once, and runs again',
    installingWith(pod('a', 30, running(5, { restartCount: 1, lastState: ended(1) }))),
    slow,
  ],
  [
    'it ends again and again, though it runs at the moment',
    installingWith(pod('a', 30, running(5, { restartCount: 4, lastState: ended(1) }))),
    { id: 'deploymentUnavailable', why: 'crash' },
  ],
  [
    'the first container still prepares',
    installingWith(
      pod('a', 170, {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'wait', ready: false, state: { running: { startedAt: secondsAgo(160) } } },
        ],
      }),
    ),
    slow,
  ],
  [
    'the first container crashes',
    installingWith(
      pod('a', 30, {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'wait', state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended(2) },
        ],
      }),
    ),
    { id: 'deploymentUnavailable', why: 'crash', container: 'wait' },
  ],
  [
    'what it mounts is only about to be made',
    {
      ...installingWith(pod('a', 5, waiting('ContainerCreating'))),
      events: [warning('Pod', 'a', 'FailedMount', 'secret "cert" not found')],
    },
    slow,
  ],
  [
    'its network can not be set up, which is no volume',
    {
      ...installingWith(pod('a', 30, waiting('ContainerCreating'))),
      events: [warning('Pod', 'a', 'FailedCreatePodSandBox', 'failed to setup network for sandbox')],
    },
    { id: 'deploymentUnavailable', why: 'notReady' },
  ],
  [
    'a pod was evicted, and another one starts in its place',
    installingWith(pod('a', 300, { phase: 'Failed', reason: 'Evicted' }), pod('b', 5, running(2))),
    slow,
  ],
  [
    'its only pod was evicted',
    installingWith(pod('a', 300, { phase: 'Failed', reason: 'Evicted' })),
    { id: 'deploymentUnavailable', why: 'evicted' },
  ],
  [
    'the version before crashed, and the new one starts',
    {
      ...installingWith(pod('old', 900, crashing, 'kiali-1'), pod('new', 5, running(2), 'kiali-2')),
      replicaSets: [replicaSet('kiali-1', 1), replicaSet('kiali-2', 2)],
    },
    slow,
  ],
  [
    'a quota refused its pods, and they are there now',
    {
      ...installingWith(pod('a', 5, running(2))),
      events: [
        warning(
          'ReplicaSet',
          'kiali-1',
          'FailedCreate',
          'exceeded quota: small, requested: pods=1, used: pods=3',
        ),
      ],
    },
    slow,
  ],
  [
    'the namespace does not allow such pods',
    {
      ...installingWith(),
      events: [
        warning(
          'ReplicaSet',
          'kiali-1',
          'FailedCreate',
          'Error creating: pods "kiali-1-a" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
        ),
      ],
    },
    { id: 'deploymentUnavailable', why: 'refused' },
  ],
  [
    'a quota counts what its pods do not tell',
    {
      ...installingWith(),
      events: [
        warning(
          'ReplicaSet',
          'kiali-1',
          'FailedCreate',
          'Error creating: pods "kiali-1-a" is forbidden: failed quota: small: must specify limits.cpu for: manager',
        ),
      ],
    },
    { id: 'quotaExceeded', quota: 'small', unspecified: 'limits.cpu for: manager' },
  ],
  [
    'its Deployment is out of time, and its pods may not be read',
    { ...outOfTime(), pods: undefined },
    { id: 'deploymentUnavailable', why: 'notReady' },
  ],
  [
    'its Deployment is out of time without a pod',
    outOfTime(),
    { id: 'deploymentUnavailable', why: 'noPods' },
  ],
];

function probed(startedAgo: number): Partial<DiagnosisFacts> {
  const events = [warning('Pod', 'a', 'Unhealthy', 'Readiness probe failed: connection refused')];
  return { ...installingWith(pod('a', startedAgo, running(startedAgo))), events };
}

function outOfTime(): Partial<DiagnosisFacts> {
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  const { deployments = [], ...rest } = installingWith();
  return { ...rest, deployments: deployments.map((one) => ({ ...one, status: { conditions } })) };
}

describe('what the cluster tells of a pod means that', () => {
  test.each(pods)('%s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
