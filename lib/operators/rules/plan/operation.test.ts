import { describe, expect, test } from 'vitest';
import type { OperatorGroupObject } from '../objects';
import type { Json } from '../untrusted';
import { compareOperation } from './operation';
import { bundleVersion } from './testing';

function version(rest: Json, deployments = ['a']): Json {
  const { spec, ...object } = bundleVersion('a.v1') as Json & { spec: Json };
  const install = { spec: { deployments: deployments.map((name) => ({ name })) } };
  return { ...object, spec: { ...spec, install, ...rest } };
}

function modes(...supported: string[]): Json {
  const all = ['AllNamespaces', 'OwnNamespace', 'SingleNamespace', 'MultiNamespace'];
  return { installModes: all.map((type) => ({ type, supported: supported.includes(type) })) };
}

function group(...targetNamespaces: string[]): OperatorGroupObject {
  const metadata = { name: 'g', namespace: 'demo', uid: 'g', resourceVersion: '1', creationTimestamp: '' };
  return {
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OperatorGroup',
    metadata,
    spec: { targetNamespaces },
  };
}

const demo = { namespace: 'demo' };

describe('a new version', () => {
  test.each<[string, Json, OperatorGroupObject | undefined, string | undefined]>([
    ['for all namespaces that supports them', modes('AllNamespaces'), group(), undefined],
    ['for all namespaces that does not', modes('OwnNamespace'), group(), 'AllNamespaces'],
    ['for its own namespace that does not', modes('AllNamespaces'), group('demo'), 'OwnNamespace'],
    ['for another namespace that does not', modes('OwnNamespace'), group('other'), 'SingleNamespace'],
    ['for several that does not', modes('OwnNamespace'), group('demo', 'other'), 'MultiNamespace'],
    ['that declares nothing', {}, group(), undefined],
    ['where no OperatorGroup could be read', modes('OwnNamespace'), undefined, undefined],
  ])('%s', (_, spec, operatorGroup, expected) => {
    const change = compareOperation(undefined, version(spec), { ...demo, operatorGroup });
    expect(change.unsupportedMode).toBe(expected);
  });

  test.each<[unknown, string | undefined, object | undefined]>([
    ['1.33.0', 'v1.33.5+k3s1', undefined],
    ['1.34.0', 'v1.33.5', { needs: '1.34.0', runs: 'v1.33.5' }],
    ['1.34.0', undefined, undefined],
    [undefined, 'v1.33.5', undefined],
    [1.34, 'v1.33.5', undefined],
  ])('that needs Kubernetes %s on %s', (minKubeVersion, kubernetes, expected) => {
    const change = compareOperation(undefined, version({ minKubeVersion }), { ...demo, kubernetes });
    expect(change.kubernetes).toEqual(expected);
  });

  test('tells the modes that it drops, the Deployments and the webhooks that come and go', () => {
    const webhooks = (...names: string[]) => ({
      webhookdefinitions: names.map((generateName) => ({ generateName, type: 'ValidatingAdmissionWebhook' })),
    });
    const before = version({ ...modes('OwnNamespace', 'AllNamespaces'), ...webhooks('v.a.io') }, ['a', 'b']);
    const after = version({ ...modes('AllNamespaces'), ...webhooks('v.a.io', 'm.a.io') }, ['a', 'c']);
    expect(compareOperation(before, after, demo)).toMatchObject({
      modesDropped: ['OwnNamespace'],
      deployments: { added: ['c'], removed: ['b'] },
      webhooks: { added: ['m.a.io'], removed: [] },
    });
    expect(compareOperation(undefined, after, demo)).toMatchObject({
      modesDropped: [],
      deployments: { added: ['a', 'c'], removed: [] },
    });
  });
});
