import { describe, expect, test } from 'vitest';
import type { ApiObject } from '../objects';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, job, object, other, saying, warning } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];
const unpacking = { subscription: saying({ type: 'BundleUnpacking', reason: 'UnpackingInProgress' }) };
const notUnpacked = {
  subscription: saying({
    type: 'BundleUnpackFailed',
    reason: 'BundleUnpackFailed',
    message:
      'bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active longer than specified deadline',
  }),
};
/** A Job that unpacks this image. */
const unpack = (image: string, status: object, labels = {}) => {
  const one = job(status);
  return {
    ...one,
    metadata: { ...one.metadata, name: image.replace(/\W/g, '-'), uid: image, labels },
    spec: {
      template: {
        spec: {
          initContainers: [{ name: 'pull', image }],
          containers: [{ name: 'extract', image: 'r/opm' }],
        },
      },
    },
  };
};
const podOf = (one: ApiObject, status: object) =>
  object('Pod', `${one.metadata.name}-x`, {
    namespace: 'cpaas-system',
    labels: { 'job-name': one.metadata.name },
    status,
  });
const pulling = {
  phase: 'Pending',
  initContainerStatuses: [{ name: 'pull', state: { waiting: { reason: 'ErrImagePull' } } }],
};
const own = unpack('r/kiali-bundle:1', { active: 1 });
const strange = unpack('r/c0ffee:1', { active: 1 });
const neighbours = unpack('r/jaeger-bundle:1', { active: 1 });
const done = { conditions: [{ type: 'Complete', status: 'True' }] };
const hasFailed = { conditions: [{ type: 'Failed', status: 'True' }] };
const refusal = (one: ApiObject, message: string) =>
  warning('Job', one.metadata.name, 'FailedCreate', message);
const insecure = 'Error creating: pods "abc-x" is forbidden: violates PodSecurity "restricted:latest"';

const jobs: Case[] = [
  [
    'its bundle image can not be pulled, also by a Job without label',
    { ...unpacking, jobs: [own], pods: [podOf(own, pulling)] },
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', why: 'imagePull' },
  ],
  [
    'no node takes the pod that unpacks its bundle',
    {
      ...unpacking,
      jobs: [own],
      pods: [
        podOf(own, {
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }],
        }),
      ],
    },
    { id: 'unpackFailed', why: 'unschedulable' },
  ],
  [
    'a policy refuses the pod that unpacks its bundle',
    { ...unpacking, jobs: [own], pods: [], events: [refusal(own, insecure)] },
    { id: 'unpackFailed', reason: 'FailedCreate', why: 'refused' },
  ],
  [
    'a policy refused the pod that unpacks its bundle, until the time was over',
    { ...notUnpacked, jobs: [{ ...own, status: hasFailed }], pods: [], events: [refusal(own, insecure)] },
    { id: 'unpackFailed', why: 'refused' },
  ],
  [
    'a quota counts what the pod that unpacks its bundle does not tell',
    {
      ...unpacking,
      jobs: [own],
      pods: [],
      events: [
        refusal(
          own,
          'Error creating: pods "abc-x" is forbidden: failed quota: small: must specify limits.cpu for: extract,pull,util',
        ),
      ],
    },
    { id: 'quotaExceeded', quota: 'small', unspecified: 'limits.cpu for: extract,pull,util' },
  ],
  [
    'a quota refused the pod that unpacks its bundle, and it runs now',
    {
      ...unpacking,
      jobs: [own],
      pods: [podOf(own, { phase: 'Running' })],
      events: [refusal(own, 'exceeded quota: small, requested: pods=1, used: pods=3')],
    },
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'the extraction ended with an error each time',
    {
      ...notUnpacked,
      jobs: [{ ...own, status: hasFailed }],
      pods: [
        podOf(own, {
          phase: 'Failed',
          containerStatuses: [
            {
              name: 'extract',
              state: {
                terminated: { exitCode: 1, reason: 'Error', message: 'file bigger than total allowed limit' },
              },
            },
          ],
        }),
      ],
    },
    { id: 'unpackFailed', why: 'crash' },
  ],
  [
    'a stranger’s bundle can not be pulled, and its own is unpacked already',
    { ...unpacking, jobs: [{ ...own, status: done }, strange], pods: [podOf(strange, pulling)] },
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'the bundle of a neighbour can not be pulled, and OLM unpacks for a namespace as a whole',
    {
      ...unpacking,
      subscriptionsInNamespace: [unpacking.subscription, other('jaeger')],
      jobs: [{ ...own, status: done }, neighbours, strange],
      pods: [podOf(neighbours, pulling), podOf(strange, pulling)],
    },
    { id: 'unpackFailed', image: 'r/jaeger-bundle:1' },
  ],
  [
    'the only bundle that is unpacked can not be pulled, whatever it is called',
    { ...unpacking, jobs: [strange], pods: [podOf(strange, pulling)] },
    { id: 'unpackFailed', image: 'r/c0ffee:1' },
  ],
  [
    'one of two bundles can not be pulled, and which is its own nobody knows',
    { ...unpacking, jobs: [strange, unpack('r/f00d:1', { active: 1 })], pods: [podOf(strange, pulling)] },
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'its bundle could not be unpacked, and OLM tries it again',
    { ...notUnpacked, jobs: [own], pods: [podOf(own, pulling)] },
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', why: 'imagePull' },
  ],
];

describe('what the cluster tells of an unpack Job means that', () => {
  test.each(jobs)('%s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
