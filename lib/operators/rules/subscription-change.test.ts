import { describe, expect, test } from 'vitest';
import type { Subscription } from '../contract';
import { describeSubscription } from './subscription';
import {
  changePatch,
  checkChange,
  dropsStartingVersion,
  effectsOf,
  type Neighbour,
} from './subscription-change';
import { clusterServiceVersion, installable, installPlan, subscription } from './testing';

const operator = installable();
const facts = { clusterServiceVersions: [], installPlans: [], now: 0 };

/** A Subscription on channel stable whose version 1.0.0 runs, unless changed. */
function running(changes: Partial<Subscription> = {}): Subscription {
  const object = subscription({ installedCSV: 'kiali.v1.0.0', currentCSV: 'kiali.v1.0.0' });
  const versions = [clusterServiceVersion('kiali.v1.0.0', 'Succeeded')];
  return { ...describeSubscription(object, { ...facts, clusterServiceVersions: versions }), ...changes };
}

const codes = (
  before: Subscription,
  after: Partial<{ channel: string; approval: 'Manual' | 'Automatic' }>,
  neighbours: Neighbour[] | undefined = [],
) =>
  effectsOf(
    operator,
    before,
    { channel: before.channel, approval: before.approval, ...after },
    neighbours,
  ).map(({ code }) => code);

describe('what follows from a change', () => {
  const waiting = { plan: { ...planOf(), approvable: true } };
  const manual = { approval: 'Manual' } as const;
  test.each<[string, Subscription, Parameters<typeof codes>[1], Neighbour[] | undefined, string[]]>([
    ['nothing new', running(), {}, [], ['NothingChanges']],
    ['a channel that leads on', running(manual), { channel: 'edge' }, [], ['NoPathKnown', 'UpgradesByHand']],
    ['Automatic upgrades at once', running(manual), { approval: 'Automatic' }, [], ['UpgradesAtOnce']],
    ['Manual waits', running(), { approval: 'Manual' }, [], ['UpgradesByHand']],
    ['never back', running({ installedVersion: '3.0.0' }), { channel: 'edge' }, [], ['NeverDowngrades']],
    ['its own head', running({ installedVersion: '2.0.0' }), { channel: 'edge' }, [], ['UpToDate']],
    [
      'not installed yet, first version is not in the channel',
      running({ installedVersion: undefined, startingCSV: 'kiali.v1.0.0' }),
      { channel: 'edge' },
      [],
      ['InstallsAtOnce', 'StartingVersionDropped'],
    ],
    [
      'a plan that waits is not approved by Automatic',
      running({ ...manual, ...waiting }),
      { approval: 'Automatic' },
      [],
      ['UpgradesAtOnce', 'WaitingPlanStays'],
    ],
    [
      'a plan that waits gives way to the new channel',
      running({ ...manual, ...waiting, installedVersion: '2.0.0' }),
      { channel: 'edge' },
      [],
      ['UpToDate', 'WaitingPlanReplaced'],
    ],
    [
      'a Manual neighbour holds an Automatic one',
      running(manual),
      { approval: 'Automatic' },
      [{ name: 'jaeger', approval: 'Manual' }],
      ['UpgradesByHand', 'BehavesAsManual'],
    ],
    [
      'the last Manual one frees its neighbours',
      running(manual),
      { approval: 'Automatic' },
      [{ name: 'jaeger', approval: 'Automatic' }],
      ['UpgradesAtOnce', 'FreesOthers'],
    ],
    [
      'the first Manual one holds its neighbours',
      running(),
      { approval: 'Manual' },
      [{ name: 'jaeger', approval: 'Automatic' }],
      ['UpgradesByHand', 'MakesOthersManual'],
    ],
  ])('%s', (_, before, after, neighbours, expected) => {
    expect(codes(before, after, neighbours)).toEqual(expected);
  });

  test('neighbours that could not be read are not taken for none', () => {
    const before = running(manual);
    const after = { channel: before.channel, approval: 'Automatic' as const };
    expect(effectsOf(operator, before, after, undefined).map(({ code }) => code)).toContain(
      'NeighboursUnknown',
    );
  });

  test('a deprecated channel is told first', () => {
    const [stable, edge] = operator.channels;
    if (!stable || !edge) throw new Error('the operator has two channels');
    const deprecated = { ...operator, channels: [stable, { ...edge, deprecation: 'gone soon' }] };
    const before = running(manual);
    expect(effectsOf(deprecated, before, { channel: 'edge', approval: 'Manual' }, [])[0]).toEqual({
      code: 'ChannelDeprecated',
      values: { channel: 'edge', message: 'gone soon' },
    });
  });
});

describe('a change is refused', () => {
  test('to a channel that does not exist', () => {
    expect(checkChange(operator, { channel: 'nightly' })).toMatchObject([{ path: 'channel' }]);
  });
  test('to Automatic for an Alauda operator', () => {
    const alauda = installable({ manualApprovalOnly: true });
    expect(checkChange(alauda, { approval: 'Automatic' })).toMatchObject([{ path: 'approval' }]);
    expect(checkChange(alauda, { approval: 'Manual', channel: 'edge' })).toEqual([]);
  });
});

describe('the patch', () => {
  test('tests what it was decided on before it replaces it', () => {
    const object = subscription({});
    expect(
      changePatch(object, { channel: 'edge', approval: 'Manual' }, { dropStartingVersion: false }),
    ).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid-of-kiali' },
      { op: 'test', path: '/spec/channel', value: 'stable' },
      { op: 'replace', path: '/spec/channel', value: 'edge' },
      { op: 'add', path: '/spec/installPlanApproval', value: 'Manual' },
    ]);
  });

  test.each([
    ['a first version that the channel lacks', { startingCSV: 'kiali.v1.0.0' }, {}, true],
    ['a first version that the channel has', { startingCSV: 'kiali.v2.0.0' }, {}, false],
    ['what runs already', { startingCSV: 'kiali.v1.0.0' }, { installedCSV: 'kiali.v1.0.0' }, false],
  ])('drops startingCSV: %s', (_, spec, status, expected) => {
    const object = subscription(status);
    expect(dropsStartingVersion(operator, { ...object, spec: { ...object.spec, ...spec } }, 'edge')).toBe(
      expected,
    );
  });
});

function planOf() {
  const { metadata } = installPlan('install-x');
  return {
    namespace: 'demo',
    name: metadata.name,
    uid: metadata.uid,
    phase: 'RequiresApproval',
    approved: false,
    clusterServiceVersionNames: [],
  };
}
