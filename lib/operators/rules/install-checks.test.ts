import { describe, expect, test } from 'vitest';
import type { InstallInput, InstallNamespace } from '../install-contract';
import { checkInstallation } from './install-checks';
import { installable } from './testing';

const input: InstallInput = {
  channel: 'stable',
  version: '1.1.0',
  namespace: 'kiali',
  mode: 'AllNamespaces',
  approval: 'Manual',
};
const empty: InstallNamespace = { name: 'kiali', operatorGroups: [], subscriptions: [], waitingPlans: [] };

function subscribed(name: string, package_: string): InstallNamespace['subscriptions'][number] {
  return {
    name,
    package: package_,
    catalog: 'platform',
    catalogNamespace: 'cpaas-system',
    approval: 'Manual',
  };
}

function problems(changes: Partial<InstallInput>, namespace?: InstallNamespace, operator = installable()) {
  return checkInstallation(operator, { ...input, ...changes }, namespace).map(
    ({ path, code }) => `${path}: ${code}`,
  );
}

describe('an installation', () => {
  test('that is sound is not refused', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ approval: 'Automatic' }, empty)).toEqual([]);
    expect(problems({ version: '1.0.0' }, empty)).toEqual([]);
  });

  test.each<[string, Partial<InstallInput>, string[]]>([
    ['of an unknown channel', { channel: 'beta' }, ['channel: UnknownChannel']],
    ['of an unknown version', { version: '9.9.9' }, ['version: UnknownVersion']],
    ['of a version of another channel', { version: '2.0.0' }, ['version: UnknownVersion']],
    [
      'of an older version with Automatic approval',
      { version: '1.0.0', approval: 'Automatic' },
      ['approval: OlderVersionNeedsManual'],
    ],
    [
      'in a mode that is not supported',
      { channel: 'edge', version: '2.0.0', mode: 'MultiNamespace', targetNamespaces: ['a', 'b'] },
      ['mode: ModeNotSupported'],
    ],
    [
      'for a single namespace without one',
      { mode: 'SingleNamespace' },
      ['targetNamespaces: OneTargetNamespaceNeeded'],
    ],
    [
      'for a single namespace with two',
      { mode: 'SingleNamespace', targetNamespaces: ['a', 'b'] },
      ['targetNamespaces: OneTargetNamespaceNeeded'],
    ],
    [
      'for several namespaces with the same one twice',
      { mode: 'MultiNamespace', targetNamespaces: ['a', 'a'] },
      ['targetNamespaces: TwoTargetNamespacesNeeded'],
    ],
    [
      'with a configuration that Kubernetes would refuse later',
      { config: { nodeSelector: { 'a b': 'c' }, env: [{ name: '1', value: '' }] } },
      ['config.nodeSelector.0.key: KeyInvalid', 'config.env.0.name: EnvNameInvalid'],
    ],
    [
      'with Automatic approval whose first approval is asked for',
      { approval: 'Automatic', approveFirst: true },
      ['approveFirst: ApproveFirstNeedsManual'],
    ],
    ['in a namespace that breaks the rules', { namespace: 'Team_A' }, ['namespace: InvalidNamespace']],
    [
      'for a namespace that breaks the rules',
      { mode: 'SingleNamespace', targetNamespaces: ['-a'] },
      ['targetNamespaces: InvalidNamespace'],
    ],
  ])('%s is refused', (_, changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test('that also watches its own namespace needs support of that mode', () => {
    const changes = { mode: 'MultiNamespace' as const, targetNamespaces: ['kiali', 'b'] };
    expect(problems(changes)).toEqual([]);
    const operator = installable();
    for (const { installModes } of operator.channels) {
      for (const mode of installModes) if (mode.type === 'OwnNamespace') mode.supported = false;
    }
    expect(problems(changes, undefined, operator)).toEqual(['targetNamespaces: OwnNamespaceNotSupported']);
  });

  test('of an operator from Alauda is refused with Automatic approval, even of an unknown channel', () => {
    const alauda = installable({ manualApprovalOnly: true });
    expect(problems({ approval: 'Automatic' }, undefined, alauda)).toEqual(['approval: ManualApprovalOnly']);
    expect(problems({ approval: 'Automatic', channel: 'x' }, undefined, alauda)).toEqual([
      'approval: ManualApprovalOnly',
      'channel: UnknownChannel',
    ]);
    expect(problems({}, undefined, alauda)).toEqual([]);
  });

  test('into a namespace that subscribes the package already is refused', () => {
    const subscriptions = [subscribed('mesh', 'kiali')];
    expect(problems({}, { ...empty, subscriptions })).toEqual(['namespace: AlreadySubscribed']);
  });

  test('beside another package of the same name of Subscription is not refused', () => {
    const subscriptions = [subscribed('kiali', 'other')];
    expect(problems({}, { ...empty, subscriptions })).toEqual([]);
  });

  test('into a namespace with two OperatorGroups is refused', () => {
    const operatorGroups = ['a', 'b'].map((name) => ({ name, targetNamespaces: [] }));
    expect(problems({}, { ...empty, operatorGroups })).toEqual(['namespace: SeveralOperatorGroups']);
  });

  test.each<[InstallInput['mode'], string[], string[], string[]]>([
    ['AllNamespaces', [], [], []],
    ['AllNamespaces', [], ['kiali'], ['namespace: OperatorGroupOfAnotherMode']],
    ['OwnNamespace', [], ['kiali'], []],
    ['OwnNamespace', [], [], ['namespace: OperatorGroupOfAnotherMode']],
    ['MultiNamespace', ['b', 'a'], ['a', 'b'], []],
    ['MultiNamespace', ['b', 'a'], ['a', 'c'], ['namespace: OperatorGroupOfAnotherMode']],
  ])('in mode %s for %j beside an OperatorGroup for %j: %j', (mode, targetNamespaces, existing, expected) => {
    const operatorGroups = [{ name: 'og', targetNamespaces: existing }];
    expect(problems({ mode, targetNamespaces }, { ...empty, operatorGroups })).toEqual(expected);
  });
});
