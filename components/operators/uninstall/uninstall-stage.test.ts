import { expect, test } from 'vitest';
import type { Uninstallation } from '@/lib/operators/uninstall-contract';
import { stagesOf, type UninstallRun } from './uninstall-stage';

const removable = { name: 'x', uid: 'x', deleting: false, finalizers: [] };
const api = (deleting: boolean): Uninstallation['apis'][number] => ({
  group: 'example.com',
  version: 'v1',
  resource: 'widgets',
  kind: 'Widget',
  name: 'widgets.example.com',
  instances: [{ ...removable, deleting, createdAt: '' }],
  complete: true,
});
const installed: Uninstallation = {
  namespace: 'demo',
  name: 'x',
  package: 'x',
  displayName: 'X',
  subscription: removable,
  clusterServiceVersions: [{ ...removable, version: '1.0.0', phase: 'Succeeded' }],
  apis: [],
  losses: [],
  instanceDeletionDisabled: false,
  partial: [],
};
const gone: Uninstallation = {
  ...installed,
  subscription: undefined,
  clusterServiceVersions: [],
  leftovers: [],
};
const refused: UninstallRun = { doing: 'ended', error: new Error('no') };

test.each<[string, Uninstallation, UninstallRun | undefined, string]>([
  ['nothing was begun', installed, undefined, 'done todo todo todo'],
  ['instances stay', { ...installed, apis: [api(false)] }, undefined, 'kept todo todo todo'],
  ['instances go', { ...installed, apis: [api(true)] }, { doing: 'instances' }, 'current todo todo todo'],
  ['a reload while they go', { ...installed, apis: [api(true)] }, undefined, 'waiting todo todo todo'],
  ['the operator goes', installed, { doing: 'operator' }, 'done current current todo'],
  ['it was refused', installed, refused, 'done failed failed todo'],
  ['half is done', { ...installed, subscription: undefined }, undefined, 'done done todo todo'],
  [
    'a finalizer holds the version',
    { ...gone, clusterServiceVersions: [{ ...removable, deleting: true, version: '', phase: '' }] },
    undefined,
    'done done waiting done',
  ],
  ['all is gone', gone, { doing: 'ended' }, 'done done done done'],
  [
    'leftovers wait for the reader',
    { ...gone, leftovers: [{ ...removable, kind: 'Namespace' }] },
    undefined,
    'done done done waiting',
  ],
])('%s', (_, review, run, expected) => {
  expect(
    stagesOf(review, run)
      .map(({ state }) => state)
      .join(' '),
  ).toBe(expected);
});
