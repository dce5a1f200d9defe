import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { deployment, facts, now, object, version } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const unavailable =
  'installing: waiting for deployment kiali to become ready: deployment "kiali" not available: Deployment does not have minimum availability.';

const entry = (phase: string, reason: string, message: string, ago: number) => ({
  phase,
  reason,
  message,
  lastTransitionTime: secondsAgo(ago),
});
const timedOut = entry('Failed', 'InstallCheckFailed', 'install timeout', 4);
const refused =
  'install strategy failed: Deployment.apps "kiali" is invalid: metadata.name: Invalid value: "kiali&"';
const rejected = entry('Failed', 'InstallComponentFailed', refused, 4);
/** It has been through these phases, and is in the last of them since a second. */
const wentThrough = (...entries: ReturnType<typeof entry>[]) => {
  const { phase = '', ...status } = entries.at(-1) ?? {};
  return version(phase, { ...status, conditions: entries });
};
const again = entry('Pending', 'NeedsReinstall', 'installing: missing deployment with name=kiali', 1);
const attempt = entry('InstallReady', 'AllRequirementsMet', 'all requirements found, attempting install', 1);
const started = entry('Installing', 'InstallWaiting', unavailable, 1);
const apiAbsent = (ago: number) => entry('Installing', 'InstallWaiting', 'apiServices not installed', ago);
/** Its Deployment serves. */
const runs = {
  deployments: [
    object('Deployment', 'kiali', {
      spec: { replicas: 1 },
      status: { updatedReplicas: 1, conditions: [{ type: 'Available', status: 'True' }] },
    }),
  ],
};
const attempts: Case[] = [
  ['its Deployment is refused', wentThrough(rejected), { id: 'operatorFailed' }],
  [
    'its Deployment was refused, and OLM prepares to try again',
    wentThrough(rejected, again),
    { id: 'operatorFailed', reason: 'InstallComponentFailed' },
  ],
  [
    'its Deployment was refused, and OLM is about to try again',
    wentThrough(rejected, again, attempt),
    { id: 'operatorFailed', reason: 'InstallComponentFailed' },
  ],
  [
    'its Deployment was refused for a known reason, and OLM is about to try again',
    wentThrough(
      entry(
        'Failed',
        'InstallComponentFailed',
        'install strategy failed: Internal error occurred: failed calling webhook "guard.example.io": no endpoints available',
        4,
      ),
      again,
    ),
    { id: 'webhookRefused', webhook: 'guard.example.io', unreachable: true },
  ],
  [
    'its Deployment was refused once, and starts now',
    wentThrough(rejected, again, attempt, started),
    { id: 'slow', stage: 'deploying', overdue: false },
  ],
  [
    'it was not ready in time, as the phase before tells of which Deployment',
    wentThrough(entry('Installing', 'InstallWaiting', unavailable, 300), timedOut),
    { id: 'deploymentUnavailable', deployment: 'kiali', why: 'notReady' },
  ],
  [
    'it was not ready in time, and OLM tries again',
    wentThrough(entry('Installing', 'InstallWaiting', unavailable, 300), timedOut, again, attempt, started),
    { id: 'deploymentUnavailable', deployment: 'kiali', why: 'notReady' },
  ],
  [
    'it was not ready in time, and OLM tries again while its Deployment can be read and says no more',
    {
      ...wentThrough(
        entry('Installing', 'InstallWaiting', unavailable, 300),
        timedOut,
        again,
        attempt,
        started,
      ),
      ...deployment(),
    },
    { id: 'deploymentUnavailable', deployment: 'kiali', why: 'notReady' },
  ],
  [
    'it was not ready in time, and its Deployment serves now',
    {
      ...wentThrough(
        entry('Installing', 'InstallWaiting', unavailable, 300),
        timedOut,
        again,
        attempt,
        started,
      ),
      ...runs,
    },
    { id: 'slow', stage: 'deploying', overdue: false },
  ],
  [
    'its aggregated API was not there in time, whatever its Deployment does',
    wentThrough(apiAbsent(300), timedOut),
    { id: 'operatorFailed', reason: 'InstallCheckFailed' },
  ],
  [
    'its aggregated API was not there in time, and OLM waits for it again beside a Deployment that runs',
    {
      ...wentThrough(apiAbsent(300), timedOut, again, attempt, apiAbsent(1)),
      ...runs,
    },
    { id: 'operatorFailed', reason: 'InstallCheckFailed' },
  ],
  [
    'its Deployment runs, and something else was not there in time',
    {
      ...version('Failed', { reason: 'InstallCheckFailed', message: 'install timeout' }),
      ...runs,
    },
    { id: 'operatorFailed', reason: 'InstallCheckFailed' },
  ],
  [
    'it was well since its last failure',
    wentThrough(rejected, entry('Succeeded', 'InstallSucceeded', 'install strategy completed', 60), again),
    { id: 'slow', stage: 'requirements' },
  ],
];

/** Its predecessor says this; the upgrade waits for it since ten minutes. */
const upgrade = (predecessor: object, reason = 'RequirementsUnknown'): Partial<DiagnosisFacts> => {
  const facts = version('Pending', { reason, message: 'requirements not yet checked' });
  const [next] = facts.clusterServiceVersions ?? [];
  if (!next) throw new Error('no ClusterServiceVersion');
  const old = { ...next, metadata: { ...next.metadata, name: 'kiali.v0.9.0' }, status: predecessor };
  return {
    ...facts,
    clusterServiceVersions: [{ ...next, spec: { ...next.spec, replaces: 'kiali.v0.9.0' } }, old],
  };
};
const upgrades: Case[] = [
  [
    'the one that it replaces has failed, and is not ready to be replaced',
    upgrade({ phase: 'Failed', reason: 'ComponentUnhealthy', message: unavailable }),
    { id: 'deploymentUnavailable', deployment: 'kiali' },
  ],
  [
    'the one that it replaces lacks a version that the new definition does not serve',
    upgrade({
      phase: 'Pending',
      reason: 'RequirementsNotMet',
      lastTransitionTime: secondsAgo(500),
      requirementStatus: [
        {
          kind: 'CustomResourceDefinition',
          name: 'things.a.io',
          status: 'NotPresent',
          message: 'CRD version not served',
        },
      ],
    }),
    { id: 'requirementMissing', requirement: 'unservedCrd', name: 'things.a.io' },
  ],
  [
    'it is being replaced as it should, only slowly',
    upgrade({ phase: 'Replacing', reason: 'BeingReplaced' }),
    { id: 'slow', stage: 'requirements', overdue: true },
  ],
];

describe.each([
  ['its attempts', attempts],
  ['its predecessor', upgrades],
])('what OLM writes into a ClusterServiceVersion about %s means that', (_, cases) => {
  test.each(cases)('%s', (__, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
