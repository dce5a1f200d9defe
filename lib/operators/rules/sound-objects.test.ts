import { expect, test } from 'vitest';
import { type OperatorGroupObject, targetNamespacesOf } from './objects';
import { soundGroup, soundPlan, soundSubscription, soundVersion } from './sound-objects';
import { clusterServiceVersion, installPlan, subscription } from './testing';

test('sound objects stay as they are, with all that the rules do not read', () => {
  const own = subscription({ currentCSV: 'a.v1', installedCSV: 'a.v1', plan: 'p', state: 'AtLatestKnown' });
  const configured = { ...own, spec: { ...own.spec, config: { env: [{ name: 'A', value: 'b' }] } } };
  expect(soundSubscription(configured)).toEqual(configured);
  expect(soundPlan(installPlan('p'))).toEqual(installPlan('p'));
  const version = clusterServiceVersion('a.v1', 'Succeeded');
  expect(soundVersion(version)).toEqual(version);
});

test.each<[string, unknown, unknown, string[]]>([
  ['of all namespaces', {}, { namespaces: [''] }, []],
  ['of one', { targetNamespaces: ['a'] }, undefined, ['a']],
  ['of odd ones', { targetNamespaces: ['a', null, 7] }, { namespaces: 'x' }, ['a']],
  ['of nothing sound', null, [], []],
])('the namespaces of an OperatorGroup %s are told', (_, spec, status, expected) => {
  const group = { ...subscription({}), kind: 'OperatorGroup', spec, status } as OperatorGroupObject;
  expect(targetNamespacesOf(soundGroup(group))).toEqual(expected);
});
