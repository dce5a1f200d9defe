import { expect, test } from 'vitest';
import type { ClusterServiceVersion } from '../api.ts';
import { unsupportedReason } from './install-modes.ts';

const csv = (...supported: string[]): ClusterServiceVersion => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'ClusterServiceVersion',
  metadata: { name: 'a', namespace: 'own' },
  spec: {
    displayName: 'a',
    install: { strategy: 'deployment' },
    installModes: supported.map((type) => ({ type, supported: true })),
  },
});

test.each([
  [['AllNamespaces'], [''], undefined],
  [
    ['AllNamespaces'],
    ['own'],
    'OwnNamespace InstallModeType not supported, cannot configure to watch own namespace',
  ],
  [
    ['OwnNamespace'],
    [''],
    'AllNamespaces InstallModeType not supported, cannot configure to watch all namespaces',
  ],
  [
    ['OwnNamespace'],
    ['other'],
    'SingleNamespace InstallModeType not supported, cannot configure to watch one namespace',
  ],
  [['SingleNamespace'], ['other'], undefined],
  [
    ['SingleNamespace'],
    ['a', 'b'],
    'MultiNamespace InstallModeType not supported, cannot configure to watch 2 namespaces',
  ],
  [['MultiNamespace'], ['a', 'b'], undefined],
  [
    ['MultiNamespace'],
    ['a', 'own'],
    'OwnNamespace InstallModeType not supported, cannot configure to watch own namespace',
  ],
  [['OwnNamespace'], ['own'], undefined],
])('a CSV that supports %j, told to watch %j: %s', (modes, targets, reason) => {
  expect(unsupportedReason(csv(...modes), 'own', targets)).toBe(reason);
});
