import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../contract';
import { installable } from '../testing';
import { pathOf, upgradeAims, upgradeRunOf } from './upgrade-run';

const version = (number: string) => `kiali.v${number}`;
const [stable] = installable().channels;
if (!stable) throw new Error('the sample has no channel');
const numbers = ['1.3.0', '1.2.0', '1.1.0', '1.0.0'];
const operator = {
  defaultChannel: 'stable',
  channels: [
    {
      ...stable,
      currentCSV: version('1.3.0'),
      entries: numbers.map((number) => ({ name: version(number), version: number })),
    },
  ],
};
const plan = {
  namespace: 'demo',
  name: 'p',
  uid: 'p',
  phase: 'RequiresApproval',
  approved: false,
  approvable: true,
  clusterServiceVersionNames: [version('1.1.0')],
};
const subscription: Subscription = {
  namespace: 'demo',
  name: 'kiali',
  uid: 's',
  package: 'kiali',
  catalog: 'platform',
  catalogNamespace: 'cpaas-system',
  channel: 'stable',
  approval: 'Manual',
  createdAt: '2026-01-01T00:00:00Z',
  status: 'Upgrade available',
  currentCSV: version('1.1.0'),
  installedCSV: version('1.0.0'),
  installedVersion: '1.0.0',
  clusterServiceVersion: { name: version('1.0.0'), version: '1.0.0', phase: 'Succeeded' },
  upgradeTo: version('1.2.0'),
  plan,
  conditions: [],
  deprecations: [],
};

describe('an upgrade', () => {
  const aimsOf = (changes: Partial<Subscription>) => {
    const path = pathOf(operator, { ...subscription, ...changes });
    return path && upgradeAims(path).map((aim) => `${aim.version}${aim.certain ? '' : '?'}`);
  };

  test('aims at where the waiting plan leads and at the newest; in between OLM may pass by', () => {
    expect(aimsOf({})).toEqual(['1.1.0', '1.2.0?', '1.3.0']);
  });

  test('aims at nothing that the waiting plan passes by', () => {
    const plan120 = { ...plan, clusterServiceVersionNames: [version('1.2.0')] };
    expect(aimsOf({ currentCSV: version('1.2.0'), plan: plan120 })).toEqual(['1.2.0', '1.3.0']);
  });

  test('aims at nothing where OLM does not stop, and before anything is installed', () => {
    expect(aimsOf({ approval: 'Automatic' })).toEqual([]);
    expect(aimsOf({ installedVersion: undefined, installedCSV: undefined })).toBeUndefined();
  });

  test('aims at nothing from outside the channel, unless a plan shows the way', () => {
    const outside = {
      installedVersion: '0.9.0',
      installedCSV: version('0.9.0'),
      clusterServiceVersion: { name: version('0.9.0'), version: '0.9.0', phase: 'Succeeded' },
    };
    expect(aimsOf({ ...outside, plan: undefined })).toEqual([]);
    expect(aimsOf(outside)).toEqual(['1.1.0', '1.2.0?', '1.3.0']);
  });

  test('counts from what still runs while the next version is being installed', () => {
    const clusterServiceVersion = {
      name: version('1.1.0'),
      version: '1.1.0',
      phase: 'Installing',
      replaces: version('1.0.0'),
    };
    const underWay = { clusterServiceVersion, installedCSV: version('1.1.0'), plan: undefined };
    expect(aimsOf(underWay)).toEqual(['1.1.0?', '1.2.0?', '1.3.0']);
  });

  const done = { status: 'Installed', plan: undefined } as const;
  const upgrading = { ...plan, approved: true, approvable: false };
  const heading = (number: string) => ({
    currentCSV: version(number),
    plan: { ...plan, clusterServiceVersionNames: [version(number)] },
  });
  test.each<[string, string, Partial<Subscription>]>([
    ['is not asked for', 'none', { upgradeTo: undefined }],
    ['would not stop', 'none', { approval: 'Automatic' }],
    ['may go its next hop', 'ready', {}],
    ['goes its hop', 'waiting', { status: 'Upgrading', plan: upgrading }],
    ['waits for the next plan of OLM', 'waiting', { ...done, installedVersion: '1.1.0' }],
    ['is where it was asked to end', 'reached', { ...done, installedVersion: '1.2.0' }],
    ['has come further by other hands', 'reached', { ...done, installedVersion: '1.3.0' }],
    ['stops there although a plan waits', 'reached', { ...heading('1.3.0'), installedVersion: '1.2.0' }],
    [
      'aims at what the channel does not offer any more',
      'gone',
      { ...done, installedVersion: '1.3.0', upgradeTo: version('1.4.0') },
    ],
    ['has lost its channel', 'gone', { ...done, channel: 'other' }],
    ['would be carried past its end', 'beyond', heading('1.3.0')],
    ['meets a failure', 'failed', { status: 'Failed' }],
    [
      'would carry another operator along',
      'shared',
      { plan: { ...plan, clusterServiceVersionNames: [version('1.1.0'), 'other.v1.0.0'] } },
    ],
  ])('that %s is %s', (_, expected, changes) => {
    expect(upgradeRunOf(operator, { ...subscription, ...changes })).toBe(expected);
  });

  test('is not at its end before the version there runs', () => {
    const early = { status: 'Upgrading', installedCSV: version('1.2.0'), installedVersion: '1.1.0' } as const;
    expect(upgradeRunOf(operator, { ...subscription, ...early, plan: upgrading })).toBe('waiting');
  });
});
