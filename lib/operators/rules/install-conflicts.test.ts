import { describe, expect, test } from 'vitest';
import type { OperatorApi } from '../contract';
import type { ApiOwner, InstallFacts, InstallInput, InstallNamespace } from '../install-contract';
import { blocks, conflictsOf, type InstallConflict } from './install-conflicts';
import { installable } from './testing';

const input: InstallInput = {
  channel: 'stable',
  version: '1.1.0',
  namespace: 'kiali',
  mode: 'AllNamespaces',
  approval: 'Manual',
};
const empty: InstallNamespace = { name: 'kiali', operatorGroups: [], subscriptions: [], waitingPlans: [] };
const calm: InstallFacts = {
  catalog: { exists: true, state: 'READY', global: true },
  apiOwners: [],
  missingApis: [],
  partial: [],
};
const api = (name: string): OperatorApi => ({
  name,
  group: 'example.com',
  version: 'v1',
  kind: 'Kiali',
  displayName: 'Kiali',
  description: '',
});
const subscribed = (name: string, approval: 'Manual' | 'Automatic') => ({
  name,
  package: name,
  catalog: 'platform',
  catalogNamespace: 'cpaas-system',
  approval,
});

function conflicts(
  changes: Partial<InstallInput>,
  namespace: InstallNamespace | undefined = empty,
  facts: InstallFacts = calm,
): InstallConflict[] {
  const operator = installable();
  for (const channel of operator.channels) {
    channel.providedApis = [api('kialis.example.com')];
    channel.requiredApis = [api('meshes.example.com')];
  }
  return conflictsOf(operator, { ...input, ...changes }, namespace, facts);
}

describe('conflicts', () => {
  test('there are none on a calm cluster, and none are made up while nothing is known', () => {
    expect(conflicts({})).toEqual([]);
    expect(conflictsOf(installable(), input, undefined, undefined)).toEqual([]);
  });

  test.each<[string[], InstallConflict | undefined]>([
    [[], undefined],
    [
      ['kiali'],
      {
        code: 'OperatorGroupOfAnotherMode',
        operatorGroup: 'og',
        watches: ['kiali'],
        cure: { mode: 'OwnNamespace' },
      },
    ],
    [
      ['other'],
      {
        code: 'OperatorGroupOfAnotherMode',
        operatorGroup: 'og',
        watches: ['other'],
        cure: { mode: 'SingleNamespace', targetNamespaces: ['other'] },
      },
    ],
    [
      ['a', 'b'],
      {
        code: 'OperatorGroupOfAnotherMode',
        operatorGroup: 'og',
        watches: ['a', 'b'],
        cure: { mode: 'MultiNamespace', targetNamespaces: ['a', 'b'] },
      },
    ],
  ])('an OperatorGroup for %j is cured by the mode that fits it', (targetNamespaces, expected) => {
    const operatorGroups = [{ name: 'og', targetNamespaces }];
    expect(conflicts({}, { ...empty, operatorGroups })).toEqual(expected ? [expected] : []);
  });

  test('a mode that the operator does not support is no cure', () => {
    const operatorGroups = [{ name: 'og', targetNamespaces: ['a', 'b'] }];
    const [conflict] = conflicts({ channel: 'edge', version: '2.0.0' }, { ...empty, operatorGroups });
    expect(conflict).toMatchObject({ code: 'OperatorGroupOfAnotherMode', cure: undefined });
  });

  test('sharing a namespace makes Automatic Manual, either way round', () => {
    const manual = { ...empty, subscriptions: [subscribed('other', 'Manual')] };
    const automatic = { ...empty, subscriptions: [subscribed('other', 'Automatic')] };
    expect(conflicts({ approval: 'Automatic' }, manual)).toEqual([
      { code: 'BecomesManual', others: ['other'] },
    ]);
    expect(conflicts({}, manual)).toEqual([]);
    expect(conflicts({}, automatic)).toEqual([{ code: 'MakesOthersManual', others: ['other'] }]);
    expect(conflicts({ approval: 'Automatic' }, automatic)).toEqual([]);
  });

  test('a plan that waits there is named with what it carries', () => {
    const waitingPlans = [{ name: 'install-1', clusterServiceVersionNames: ['other.v2'] }];
    expect(conflicts({}, { ...empty, waitingPlans })).toEqual([
      { code: 'HeldUpByPlan', plan: 'install-1', clusterServiceVersionNames: ['other.v2'] },
    ]);
  });

  const owner: ApiOwner = {
    namespace: 'mesh',
    clusterServiceVersion: 'mesh.v1',
    displayName: 'Mesh',
    targetNamespaces: ['team-a'],
    apis: ['kialis.example.com', 'unrelated.example.com'],
  };
  test.each<[string, Partial<InstallInput>, Partial<ApiOwner>, boolean]>([
    ['everything and one namespace', {}, {}, true],
    ['one namespace and everything', { mode: 'OwnNamespace' }, { targetNamespaces: [] }, true],
    ['different namespaces', { mode: 'OwnNamespace' }, {}, false],
    ['the same namespace', { mode: 'SingleNamespace', targetNamespaces: ['team-a'] }, {}, true],
    ['who knows what', {}, { targetNamespaces: undefined }, false],
    ['who knows what, side by side', {}, { targetNamespaces: undefined, namespace: 'kiali' }, true],
    ['everything, with other APIs', {}, { apis: ['unrelated.example.com'] }, false],
  ])('two operators that watch %s', (_, changes, ownerChanges, expected) => {
    const facts = { ...calm, apiOwners: [{ ...owner, ...ownerChanges }] };
    const found = conflicts(changes, empty, facts);
    expect(found.map(({ code }) => code)).toEqual(expected ? ['ApiAlreadyProvided'] : []);
    if (expected) expect(found[0]).toMatchObject({ owner: { apis: ['kialis.example.com'] } });
  });

  test.each<[Partial<InstallFacts['catalog']>, string[]]>([
    [{ state: 'TRANSIENT_FAILURE' }, ['CatalogDead']],
    [{ state: 'CONNECTING' }, ['CatalogDead']],
    [{ state: 'IDLE' }, []],
    [{ state: '' }, []],
    [{ exists: false, state: '' }, ['CatalogMissing']],
    [{ exists: undefined, state: '' }, []],
    [{ global: false }, ['CatalogOfAnotherNamespace']],
    [{ global: undefined }, []],
  ])('of a catalog %j: %j', (catalog, expected) => {
    const facts = { ...calm, catalog: { ...calm.catalog, ...catalog } };
    expect(conflicts({}, empty, facts).map(({ code }) => code)).toEqual(expected);
  });

  test('what is subscribed already is not told once more as the provider of its own APIs', () => {
    const owner: ApiOwner = {
      namespace: 'kiali',
      clusterServiceVersion: 'kiali.v1.0.0',
      displayName: 'Kiali',
      targetNamespaces: [],
      apis: ['kialis.example.com'],
    };
    const here = { ...empty, subscriptions: [subscribed('kiali', 'Manual')] };
    const codes = conflicts({}, here, { ...calm, apiOwners: [owner] }).map(({ code }) => code);
    expect(codes).toEqual(['AlreadySubscribed']);
  });

  test('an API that nobody provides is named', () => {
    const facts = { ...calm, missingApis: ['meshes.example.com', 'of-another-channel.example.com'] };
    expect(conflicts({}, empty, facts)).toEqual([
      { code: 'DependencyNotFound', apis: ['meshes.example.com'] },
    ]);
  });

  test('only what certainly fails stops the form', () => {
    expect(blocks({ code: 'CatalogOfAnotherNamespace' })).toBe(true);
    expect(blocks({ code: 'CatalogDead', state: 'CONNECTING' })).toBe(false);
  });
});
