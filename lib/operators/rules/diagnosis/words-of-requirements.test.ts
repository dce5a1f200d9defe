import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { facts, now, version } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];

const unavailable =
  'installing: waiting for deployment kiali to become ready: deployment "kiali" not available: Deployment does not have minimum availability.';
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
    version('Failed', {
      reason: 'ComponentUnhealthy',
      message: unavailable,
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
    'nothing is missing, and OLM takes a moment to see it after it has called all well',
    version('Failed', {
      reason: 'RequirementsNotMet',
      message: 'requirements no longer met',
      lastTransitionTime: new Date(now - 1000).toISOString(),
      requirementStatus: [
        { kind: 'ServiceAccount', name: 'kiali', status: 'PresentNotSatisfied', message: 'not satisfied' },
      ],
    }),
    { id: 'slow', stage: 'requirements', overdue: false },
  ],
  [
    'what it needs is gone since long',
    version('Failed', {
      reason: 'RequirementsNotMet',
      message: 'requirements no longer met',
      requirementStatus: [{ kind: 'CustomResourceDefinition', name: 'things.a.io', status: 'NotPresent' }],
    }),
    { id: 'requirementMissing', requirement: 'crd', name: 'things.a.io' },
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

describe('what OLM writes into a ClusterServiceVersion about its requirements means that', () => {
  test.each(requirements)('%s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});

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
