import { describe, expect, test } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
import type { OperatorStatus } from '../contract';
import type {
  ClusterServiceVersionObject,
  Condition,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from './objects';
import type { OlmFacts } from './status';
import { describeSubscription } from './subscription';
import { clusterServiceVersion, installPlan, subscription } from './testing';

const now = Date.parse('2026-01-01T01:00:00Z');

function statusOf(
  own: SubscriptionObject,
  facts: {
    versions?: ClusterServiceVersionObject[];
    plans?: InstallPlanObject[];
    groups?: number;
    now?: number;
  } = {},
) {
  return describeSubscription(own, {
    clusterServiceVersions: facts.versions ?? [],
    installPlans: facts.plans ?? [],
    operatorGroups: facts.groups === undefined ? undefined : () => facts.groups,
    now: facts.now ?? now,
  });
}

describe('a Subscription', () => {
  test('that says nothing is resolving, while it is new', () => {
    const own = subscription({});
    const created = Date.parse(own.metadata.creationTimestamp);
    expect(statusOf(own, { groups: 0, now: created + 5000 }).status).toBe('Resolving');
  });

  test.each([
    [0, 'NoOperatorGroup'],
    [2, 'SeveralOperatorGroups'],
  ])('that goes on saying nothing in a namespace with %i OperatorGroups has failed', (groups, reason) => {
    expect(statusOf(subscription({}), { groups })).toMatchObject({ status: 'Failed', reason });
  });

  test('that goes on saying nothing although there is one OperatorGroup is still resolving', () => {
    expect(statusOf(subscription({}), { groups: 1 }).status).toBe('Resolving');
  });

  test('that is being deleted is uninstalling, whatever else it says', () => {
    const own = subscription({ currentCSV: 'kiali.v1.0.0', installedCSV: 'kiali.v1.0.0' });
    own.metadata.deletionTimestamp = '2026-01-01T00:59:00Z';
    expect(statusOf(own, { versions: [clusterServiceVersion('kiali.v1.0.0', 'Succeeded')] }).status).toBe(
      'Uninstalling',
    );
  });

  test('at the latest known version is installed only when its ClusterServiceVersion has succeeded', () => {
    const own = subscription({
      state: 'AtLatestKnown',
      currentCSV: 'kiali.v1.0.0',
      installedCSV: 'kiali.v1.0.0',
    });
    const as = (phase: string) =>
      statusOf(own, { versions: [clusterServiceVersion('kiali.v1.0.0', phase)] }).status;
    expect(['', 'Pending', 'InstallReady', 'Installing', 'Succeeded', 'Failed'].map(as)).toEqual([
      'Installing',
      'Installing',
      'Installing',
      'Installing',
      'Installed',
      'Failed',
    ]);
  });

  test('whose Deployment OLM can not make has failed, also while OLM is about to try again', () => {
    const own = subscription({
      state: 'AtLatestKnown',
      currentCSV: 'kiali.v1.0.0',
      installedCSV: 'kiali.v1.0.0',
    });
    const refused = { phase: 'Failed', reason: 'InstallComponentFailed' };
    const inTurn = (...phases: string[]) => {
      const version = clusterServiceVersion('kiali.v1.0.0', phases.at(-1) ?? '');
      const conditions = [refused, ...phases.map((phase) => ({ phase }))];
      return statusOf(own, { versions: [{ ...version, status: { ...version.status, conditions } }] }).status;
    };
    expect(inTurn('Pending')).toBe('Failed');
    expect(inTurn('Pending', 'InstallReady')).toBe('Failed');
    expect(inTurn('Pending', 'InstallReady', 'Installing')).toBe('Installing');
    expect(inTurn('Succeeded', 'Pending')).toBe('Installing');
  });

  test('of which OLM believes for a moment that its requirements are gone has not failed', () => {
    const own = subscription({ currentCSV: 'kiali.v1.0.0', installedCSV: 'kiali.v1.0.0' });
    const version = clusterServiceVersion('kiali.v1.0.0', 'Failed');
    const status = { phase: 'Failed', reason: 'RequirementsNotMet', message: 'requirements no longer met' };
    expect(statusOf(own, { versions: [{ ...version, status }] }).status).toBe('Installing');
  });

  test('that could not be resolved at first is unpacking, once OLM says so', () => {
    const failed = { type: 'ResolutionFailed', status: 'True', reason: 'ErrorPreventedResolution' };
    const unpacking = { type: 'BundleUnpacking', status: 'True', reason: 'UnpackingInProgress' };
    const saying = (...conditions: Condition[]) => ({ ...subscription({}), status: { conditions } });
    expect(statusOf(saying(failed, unpacking)).status).toBe('Unpacking');
    expect(statusOf(saying(unpacking, failed)).status).toBe('Failed');
  });

  test('whose plan failed has failed, although it says AtLatestKnown', () => {
    const own = subscription({
      state: 'AtLatestKnown',
      currentCSV: 'kiali.v1.0.0',
      installedCSV: 'kiali.v1.0.0',
      plan: 'install-a',
    });
    const failed = installPlan('install-a', { phase: 'Failed', approved: true });
    failed.status = {
      phase: 'Failed',
      conditions: [
        { type: 'Installed', status: 'False', reason: 'InstallComponentFailed', message: 'no such API' },
      ],
    };
    const pending = clusterServiceVersion('kiali.v1.0.0', 'Pending');
    expect(statusOf(own, { plans: [failed], versions: [pending] })).toMatchObject({
      status: 'Failed',
      reason: 'InstallComponentFailed',
      message: 'no such API',
    });
  });

  test('with a plan that OLM has not given a phase yet does not ask for approval', () => {
    const own = subscription({ currentCSV: 'kiali.v1.0.0', plan: 'install-a' });
    const described = statusOf(own, { plans: [installPlan('install-a', { phase: '' })] });
    expect(described.status).toBe('Resolving');
    expect(described.plan?.approvable).toBe(false);
  });

  test('is waiting for approval until the plan is approved, and installing from then on', () => {
    const own = subscription({ state: 'UpgradePending', currentCSV: 'kiali.v1.0.0', plan: 'install-a' });
    const at = (phase: string, approved: boolean) =>
      statusOf(own, { plans: [installPlan('install-a', { phase, approved })] }).status;
    expect(at('RequiresApproval', false)).toBe('Awaiting approval');
    expect(at('RequiresApproval', true)).toBe('Installing');
    expect(at('Installing', true)).toBe('Installing');
  });

  test('with a running version and a waiting plan has an upgrade available', () => {
    const own = subscription({
      state: 'UpgradePending',
      currentCSV: 'kiali.v1.1.0',
      installedCSV: 'kiali.v1.0.0',
      plan: 'install-b',
    });
    const described = statusOf(own, {
      plans: [installPlan('install-b', { phase: 'RequiresApproval', names: ['kiali.v1.1.0'] })],
      versions: [clusterServiceVersion('kiali.v1.0.0', 'Succeeded')],
    });
    expect(described).toMatchObject({
      status: 'Upgrade available',
      installedVersion: '1.0.0',
      newVersion: '1.1.0',
      plan: { approvable: true },
    });
  });

  test('whose plan somebody deleted has failed', () => {
    const own = subscription({ state: 'UpgradePending', currentCSV: 'kiali.v1.0.0', plan: 'install-a' });
    expect(statusOf(own)).toMatchObject({ status: 'Failed', reason: 'InstallPlanMissing' });
  });

  test('is not installed by the copy of a cluster-wide operator of another namespace', () => {
    const own = subscription({
      state: 'AtLatestKnown',
      currentCSV: 'kiali.v1.0.0',
      installedCSV: 'kiali.v1.0.0',
      plan: 'install-a',
    });
    const copy = clusterServiceVersion('kiali.v1.0.0', 'Succeeded');
    copy.metadata.labels = { 'olm.copiedFrom': 'elsewhere' };
    const complete = installPlan('install-a', { phase: 'Complete', approved: true });
    complete.status = {
      phase: 'Complete',
      conditions: [{ type: 'Installed', status: 'True', lastTransitionTime: '2026-01-01T00:10:00Z' }],
    };
    expect(statusOf(own, { plans: [complete], versions: [copy] })).toMatchObject({
      status: 'Failed',
      reason: 'ClusterServiceVersionMissing',
    });
  });

  test('is never installed for a reader who may not see ClusterServiceVersions', () => {
    const own = subscription({
      state: 'AtLatestKnown',
      currentCSV: 'a.v1',
      installedCSV: 'a.v1',
      plan: 'install-a',
    });
    const blind: OlmFacts = { clusterServiceVersions: undefined, installPlans: undefined, now };
    expect(describeSubscription(own, blind).status).toBe('Installing');
  });
});

interface Scenario {
  subscriptions: { items: SubscriptionObject[] };
  installplans: { items: InstallPlanObject[] };
  clusterserviceversions: { items: ClusterServiceVersionObject[] };
  operatorgroups: { items: OperatorGroupObject[] };
}

describe('what a real OLM left behind', () => {
  const ends: [string, Record<string, OperatorStatus>, string | undefined][] = [
    ['auto-a', { cockroachdb: 'Installed' }, undefined],
    ['fail-catalog', { x: 'Failed' }, 'ErrorPreventedResolution'],
    ['fail-nochannel', { kiali: 'Failed' }, 'ConstraintsNotSatisfiable'],
    ['fail-nopkg', { 'no-such-operator': 'Failed' }, 'ConstraintsNotSatisfiable'],
    ['fail-noog', { cockroachdb: 'Failed' }, 'NoOperatorGroup'],
    ['fail-unpack', { 'argocd-operator': 'Failed' }, 'BundleUnpackFailed'],
    [
      'multi',
      { cockroachdb: 'Awaiting approval', 'keycloak-operator': 'Awaiting approval' },
      'RequiresApproval',
    ],
  ];
  for (const [name, expected, reason] of ends) {
    realTest(`is told apart: ${name}`, () => {
      const scenario: Scenario = JSON.parse(recording(`real/scenario-${name}.json`));
      const facts: OlmFacts = {
        clusterServiceVersions: scenario.clusterserviceversions.items,
        installPlans: scenario.installplans.items,
        operatorGroups: () => scenario.operatorgroups.items.length,
        now: Date.parse('2027-01-01T00:00:00Z'),
      };
      const described = scenario.subscriptions.items.map((own) => describeSubscription(own, facts));
      expect(Object.fromEntries(described.map((one) => [one.name, one.status]))).toEqual(expected);
      for (const one of described) expect(one.reason).toBe(reason);
    });
  }

  realTest('is not taken for trouble: ResolutionFailed on an operator that runs', () => {
    const own: SubscriptionObject = JSON.parse(recording('real/quirk-resolutionfailed-while-succeeded.json'));
    const name = own.status?.installedCSV ?? '';
    const version = clusterServiceVersion(name, 'Succeeded', own.metadata.namespace);
    expect(statusOf(own, { versions: [version] }).status).toBe('Installed');
  });
});

describe('a whole life, as a real server told it', () => {
  interface Line {
    t: number;
    mark?: string;
    watch?: string;
    event?: { type: string; object: { kind: string; metadata: { uid?: string; name?: string } } };
  }

  realTest(
    'is told in order at every moment: nothing is installed before it is, and nothing looks like trouble',
    () => {
      const kept = new Map<string, unknown>();
      const told: { status: OperatorStatus; succeeded: string[] }[] = [];
      for (const text of recording('real/lifecycle-kiali-manual.jsonl').split('\n').filter(Boolean)) {
        const { event }: Line = JSON.parse(text);
        if (!event?.object.metadata.uid) continue;
        const id = `${event.object.kind}/${event.object.metadata.uid}`;
        if (event.type === 'DELETED') kept.delete(id);
        else kept.set(id, event.object);
        const of = <T>(kind: string) =>
          [...kept].filter(([key]) => key.startsWith(`${kind}/`)).map(([, object]) => object as T);
        const [own] = of<SubscriptionObject>('Subscription');
        if (!own) continue;
        const versions = of<ClusterServiceVersionObject>('ClusterServiceVersion');
        const { status } = describeSubscription(own, {
          clusterServiceVersions: versions,
          installPlans: of<InstallPlanObject>('InstallPlan'),
          operatorGroups: () => 1,
          now: Date.parse(own.metadata.creationTimestamp) + 60_000,
        });
        const succeeded = versions
          .filter((one) => one.status?.phase === 'Succeeded')
          .map((one) => one.metadata.name);
        told.push({ status, succeeded });
      }
      const story = told
        .map(({ status }) => status)
        .filter((status, index, all) => status !== all[index - 1]);
      expect(story).toEqual([
        'Resolving',
        'Unpacking',
        'Awaiting approval',
        'Installing',
        'Installed',
        'Upgrade available',
        'Upgrading',
        'Installed',
        'Upgrade available',
        'Upgrading',
        'Installed',
      ]);
      for (const { status, succeeded } of told) {
        if (status === 'Installed' || status === 'Upgrade available') expect(succeeded).not.toEqual([]);
      }
    },
  );
});
