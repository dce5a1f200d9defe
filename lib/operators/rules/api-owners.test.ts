import { expect, test } from 'vitest';
import { apiOwners } from './api-owners';
import type { ClusterServiceVersionObject } from './objects';

const keycloaks = 'keycloaks.k8s.keycloak.org';

function version(namespace: string, labels?: Record<string, string>): ClusterServiceVersionObject {
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: 'keycloak-operator.v26.3.2',
      namespace,
      labels,
      uid: '1',
      resourceVersion: '1',
      creationTimestamp: '',
    },
    spec: {
      displayName: 'Keycloak Operator',
      customresourcedefinitions: { owned: [{ name: keycloaks, kind: 'Keycloak', version: 'v2alpha1' }] },
    },
  };
}

test('an operator whose OperatorGroup may not be read watches what is not known', () => {
  expect(apiOwners([keycloaks], [version('keycloak')], undefined, [])).toEqual([
    expect.objectContaining({ namespace: 'keycloak', targetNamespaces: undefined, apis: [keycloaks] }),
  ]);
});

test('a copy stands for an operator elsewhere that watches the namespace of the copy', () => {
  expect(apiOwners([keycloaks], [version('team-a', { 'olm.copiedFrom': 'sso' })], [], [])).toEqual([
    expect.objectContaining({ namespace: 'sso', targetNamespaces: ['team-a'], apis: [keycloaks] }),
  ]);
});

test('an operator of other APIs is left out', () => {
  expect(apiOwners(['grafanas.example.com'], [version('keycloak')], undefined, [])).toEqual([]);
});
