import { describe, expect, test } from 'vitest';
import type { UninstallApi } from '../../uninstall-contract';
import type { ApiObject } from '../objects';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import { isProtectedNamespace, leftoversOf, type Remains } from './leftovers';
import { countsAsContent } from './namespace-content';
import { labelledApis, watchedNamespaces } from './provided-apis';

const object = (kind: string, name: string, metadata: Partial<ApiObject['metadata']> = {}): ApiObject => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    uid: `uid-of-${name}`,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  },
});
const definition = {
  ...object('CustomResourceDefinition', 'kialis.kiali.io', {
    labels: { 'operators.coreos.com/kiali.demo': '' },
  }),
  spec: {
    group: 'kiali.io',
    names: { plural: 'kialis', kind: 'Kiali' },
    versions: [
      { name: 'v1alpha1', served: true },
      { name: 'v1', served: true, storage: true },
    ],
  },
};
const api: UninstallApi = {
  group: 'kiali.io',
  version: 'v1',
  resource: 'kialis',
  kind: 'Kiali',
  name: 'kialis.kiali.io',
  instances: [{ name: 'a', uid: 'a', createdAt: '', deleting: false, finalizers: [] }],
  complete: true,
};
const remains: Remains = {
  namespace: 'demo',
  package: 'kiali',
  definitions: [],
  apis: [api],
  webhooks: [],
  plans: [],
  groups: [],
  namespaceObject: undefined,
  content: [],
  allVersions: [],
  subscriptions: [],
};
const only = (changes: Partial<Remains>) => leftoversOf({ ...remains, ...changes });

describe('a CustomResourceDefinition', () => {
  const using = (relation: string) => {
    const version = clusterServiceVersion('mesh.v1.0.0', 'Succeeded');
    const names = { [relation]: [{ name: 'kialis.kiali.io', version: 'v1', kind: 'Kiali' }] };
    return [{ ...version, spec: { ...version.spec, customresourcedefinitions: names } }];
  };

  test('may go, and tells how many instances go with it', () => {
    const [found] = only({ definitions: [definition] });
    expect(found).toMatchObject({ kind: 'CustomResourceDefinition', instances: 1 });
    expect(found?.keep).toBeUndefined();
  });

  test.each<[string, Partial<Remains>, string]>([
    ['another operator provides it', { allVersions: using('owned') }, 'ProvidedByOthers'],
    ['another operator requires it', { allVersions: using('required') }, 'RequiredByOthers'],
    ['other operators may not be read', { allVersions: undefined }, 'NotReadable'],
    ['its instances may not be read', { apis: [{ ...api, unread: 'forbidden' }] }, 'NotReadable'],
    ['not all instances are known', { apis: [{ ...api, complete: false }] }, 'NotReadable'],
  ])('stays when %s', (_, changes, code) => {
    expect(only({ definitions: [definition], ...changes })).toMatchObject([{ keep: { code } }]);
  });

  test('is found by its label, in the version in which it is stored', () => {
    const other = object('CustomResourceDefinition', 'x.example.com');
    expect(labelledApis([definition, other], { namespace: 'demo', package: 'kiali' })).toEqual([
      { group: 'kiali.io', version: 'v1', resource: 'kialis', kind: 'Kiali', name: 'kialis.kiali.io' },
    ]);
  });
});

describe('a webhook', () => {
  const webhook = object('ValidatingWebhookConfiguration', 'kiali.io', {
    labels: { 'olm.owner': 'kiali.v1.0.0', 'olm.owner.namespace': 'demo' },
  });
  test('is left over once the version that OLM made it for is gone', () => {
    expect(only({ webhooks: [webhook] })).toMatchObject([{ kind: 'ValidatingWebhookConfiguration' }]);
    expect(
      only({ webhooks: [webhook], allVersions: [clusterServiceVersion('kiali.v1.0.0', 'Succeeded')] }),
    ).toEqual([]);
  });
  test('of somebody else is none of it', () => {
    expect(only({ webhooks: [object('ValidatingWebhookConfiguration', 'policy')] })).toEqual([]);
  });
});

describe('an OperatorGroup, a plan, a namespace', () => {
  const group = { ...object('OperatorGroup', 'demo-group', { namespace: 'demo' }), spec: {} };
  const namespaceObject = object('Namespace', 'demo');

  test('go when nobody uses them', () => {
    expect(
      only({ groups: [group], plans: [installPlan('install-a')], namespaceObject }).map(({ kind, keep }) => [
        kind,
        keep,
      ]),
    ).toEqual([
      ['InstallPlan', undefined],
      ['OperatorGroup', undefined],
      ['Namespace', undefined],
    ]);
  });

  test('stay with what another operator of the namespace needs', () => {
    const subscriptions = [subscription({ plan: 'install-a' }, 'jaeger')];
    const found = only({
      groups: [group],
      plans: [installPlan('install-a')],
      subscriptions,
      namespaceObject,
    });
    expect(found).toMatchObject([
      { kind: 'OperatorGroup', keep: { code: 'UsedByOthers', names: ['jaeger'] } },
      { kind: 'Namespace', keep: { code: 'UsedByOthers', names: ['jaeger'] } },
    ]);
    expect(only({ namespaceObject, content: ['ConfigMap mine'] })).toMatchObject([
      { kind: 'Namespace', keep: { code: 'NotEmpty', names: ['ConfigMap mine'] } },
    ]);
  });

  test('a namespace whose content may not be read is not taken for empty', () => {
    expect(only({ namespaceObject, content: undefined })).toMatchObject([{ keep: { code: 'NotReadable' } }]);
  });

  test.each(['kube-system', 'cpaas-system', 'operators', 'default', 'openshift-operators'])(
    '%s is never offered',
    (namespace) => {
      expect(isProtectedNamespace(namespace)).toBe(true);
      expect(only({ namespace, groups: [group], namespaceObject })).toEqual([]);
    },
  );
});

describe('what a namespace has of its own', () => {
  test.each<[string, string, ApiObject, boolean]>([
    ['a ConfigMap', 'configmaps', object('ConfigMap', 'mine'), true],
    ['the root certificate', 'configmaps', object('ConfigMap', 'kube-root-ca.crt'), false],
    ['the default account', 'serviceaccounts', object('ServiceAccount', 'default'), false],
    ['what goes already', 'pods', object('Pod', 'x', { deletionTimestamp: 'now' }), false],
    ['a copy', 'clusterserviceversions', object('X', 'x', { labels: { 'olm.copiedFrom': 'y' } }), false],
  ])('%s', (_, resource, found, expected) => {
    expect(countsAsContent(resource, found)).toBe(expected);
  });

  test('not what its owner takes along, but what an owner of another scope made', () => {
    const owned = (kind: string) => {
      const pod = object('Pod', 'x');
      return { ...pod, metadata: { ...pod.metadata, ownerReferences: [{ kind }] } };
    };
    expect(countsAsContent('pods', owned('ReplicaSet'))).toBe(false);
    expect(countsAsContent('pods', owned('TektonInstallerSet'))).toBe(true);
  });
});

describe('the namespaces that an installation looks after', () => {
  const version = clusterServiceVersion('kiali.v1.0.0', 'Succeeded');
  const annotated = (targets: string) => ({
    ...version,
    metadata: { ...version.metadata, annotations: { 'olm.targetNamespaces': targets } },
  });
  const group = { ...object('OperatorGroup', 'g'), status: { namespaces: ['a'] } };
  test.each([
    ['all', annotated(''), [], undefined],
    ['two', annotated('a,b'), [], ['a', 'b']],
    ['those of the group when the version is gone', undefined, [group], ['a']],
    ['all when nothing tells', undefined, [], undefined],
  ])('%s', (_, csv, groups, expected) => {
    expect(watchedNamespaces(csv, groups)).toEqual(expected);
  });
});
