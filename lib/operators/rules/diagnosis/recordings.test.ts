import { describe, expect } from 'vitest';
import { realTest, recording, recordingsIn } from '@/lib/testing/recordings';
import type {
  ApiObject,
  CatalogSourceObject,
  ClusterServiceVersionObject,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from '../objects';
import { clusterServiceVersion } from '../testing';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';

interface Items<T> {
  items: T[];
}

interface Scenario {
  subscriptions: Items<SubscriptionObject>;
  installplans: Items<InstallPlanObject>;
  clusterserviceversions: Items<ClusterServiceVersionObject>;
  catalogsources: Items<CatalogSourceObject>;
  operatorgroups: Items<OperatorGroupObject>;
  events: Items<ApiObject>;
}

const end = Date.parse('2026-11-21T03:15:00Z');

function factsOf(file: string): DiagnosisFacts[] {
  const scenario: Scenario = JSON.parse(recording(`real/${file}`));
  return scenario.subscriptions.items.map((subscription) => ({
    subscription,
    subscriptionsInNamespace: scenario.subscriptions.items,
    clusterServiceVersions: scenario.clusterserviceversions.items,
    installPlans: scenario.installplans.items,
    catalogSources: scenario.catalogsources.items,
    operatorGroups: scenario.operatorgroups.items,
    events: scenario.events.items,
    now: end,
  }));
}

describe('a real cluster, at the end of a story, says', () => {
  const scenarios: [string, Record<string, Partial<Cause>>][] = [
    ['auto-a', { cockroachdb: { id: 'none' } }],
    [
      'fail-catalog',
      {
        x: { id: 'catalogDead', catalog: 'dead', state: 'TRANSIENT_FAILURE', calledHealthy: true, own: true },
      },
    ],
    ['fail-nochannel', { kiali: { id: 'channelNotFound', channel: 'nightly', package: 'kiali' } }],
    ['fail-noog', { cockroachdb: { id: 'noOperatorGroup' } }],
    ['fail-nopkg', { 'no-such-operator': { id: 'packageNotFound', package: 'no-such-operator' } }],
    ['fail-unpack', { 'argocd-operator': { id: 'unpackFailed', reason: 'DeadlineExceeded' } }],
    [
      'multi',
      {
        cockroachdb: {
          id: 'waitsForApproval',
          plan: 'install-442xv',
          upgrade: false,
          others: ['keycloak-operator.v14.0.0'],
        },
        'keycloak-operator': {
          id: 'waitsForApproval',
          plan: 'install-442xv',
          others: ['cockroachdb.v5.0.4'],
        },
      },
    ],
  ];
  for (const [name, expected] of scenarios) {
    realTest(`of ${name}: ${Object.values(expected).map(({ id }) => id)}`, () => {
      for (const facts of factsOf(`scenario-${name}.json`)) {
        expect(diagnose(facts).cause).toMatchObject(
          expected[facts.subscription.metadata.name] ?? { id: '?' },
        );
      }
    });
  }

  realTest('nothing of ResolutionFailed on an operator that runs', () => {
    const subscription: SubscriptionObject = JSON.parse(
      recording('real/quirk-resolutionfailed-while-succeeded.json'),
    );
    const running = clusterServiceVersion(
      subscription.status?.installedCSV ?? '',
      'Succeeded',
      subscription.metadata.namespace,
    );
    const { cause } = diagnose({
      subscription,
      subscriptionsInNamespace: [subscription],
      clusterServiceVersions: [running],
      installPlans: [],
      catalogSources: undefined,
      operatorGroups: undefined,
      now: end,
    });
    expect(cause).toEqual({ id: 'none' });
  });

  realTest(
    'which API is no longer served, and in which namespace an operator runs that a copy stands for',
    () => {
      const listed = <T>(path: string): T[] => {
        const { body, ...rest } = JSON.parse(recording(path));
        return (typeof body === 'string' ? JSON.parse(body) : (body ?? rest)).items;
      };
      const plans = listed<InstallPlanObject>('real/list-installplans-all.json');
      const versions = listed<ClusterServiceVersionObject>('real/list-clusterserviceversions-all.json');
      const causeIn = (namespace: string) => {
        const plan = plans.find(({ metadata }) => metadata.namespace === namespace);
        const [currentCSV] = plan?.spec.clusterServiceVersionNames ?? [];
        const subscription: SubscriptionObject = {
          apiVersion: 'operators.coreos.com/v1alpha1',
          kind: 'Subscription',
          metadata: {
            name: 'x',
            namespace,
            uid: 'x',
            resourceVersion: '1',
            creationTimestamp: '2026-11-21T03:13:30Z',
          },
          spec: { name: 'x', source: 'operatorhubio-catalog', sourceNamespace: 'olm' },
          status: {
            state: 'AtLatestKnown',
            currentCSV,
            installedCSV: currentCSV,
            installPlanRef: { name: plan?.metadata.name },
          },
        };
        const group: OperatorGroupObject = {
          apiVersion: 'operators.coreos.com/v1',
          kind: 'OperatorGroup',
          metadata: { ...subscription.metadata, name: 'group' },
          spec: { targetNamespaces: [namespace] },
        };
        const inNamespace = ({ metadata }: ApiObject) => metadata.namespace === namespace;
        return diagnose({
          subscription,
          subscriptionsInNamespace: [subscription],
          clusterServiceVersions: versions.filter(inNamespace),
          installPlans: plans.filter(inNamespace),
          catalogSources: undefined,
          operatorGroups: [group],
          now: end,
        }).cause;
      };
      expect(causeIn('fail-v1beta1')).toEqual({
        id: 'apiNotServed',
        api: 'apiextensions.k8s.io/v1beta1',
        kind: 'CustomResourceDefinition',
      });
      expect(causeIn('fail-mode')).toEqual({
        id: 'servedFromElsewhere',
        clusterServiceVersion: 'kiali-operator.v1.36.0',
        namespace: 'operators',
      });
    },
  );
});

describe('every recorded end of a story', () => {
  const minutes = [0, 1, 10, 60, 24 * 60];
  const parts = [
    'subscriptionsInNamespace',
    'clusterServiceVersions',
    'installPlans',
    'catalogSources',
    'operatorGroups',
    'events',
  ] as const;

  realTest('has the same cause at every moment after it, in whatever order lists come', () => {
    for (const file of recordingsIn('real', /^scenario-.*\.json$/)) {
      for (const facts of factsOf(file)) {
        const { cause } = diagnose(facts);
        for (const later of minutes) {
          const turned = Object.fromEntries(parts.map((part) => [part, facts[part]?.toReversed()]));
          const then = diagnose({ ...facts, ...turned, now: end + later * 60_000 });
          expect(then.cause, `${file} after ${later} minutes`).toEqual(cause);
        }
      }
    }
  });

  realTest('is called the same or nothing at all, when something of it can not be read', () => {
    for (const file of recordingsIn('real', /^scenario-.*\.json$/)) {
      for (const facts of factsOf(file)) {
        const { id } = diagnose(facts).cause;
        for (const part of parts) {
          const without = diagnose({ ...facts, [part]: undefined }).cause;
          expect([id, 'slow'], `${file} without ${part}`).toContain(without.id);
        }
      }
    }
  });
});
