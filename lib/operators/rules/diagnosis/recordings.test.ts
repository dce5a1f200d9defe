import { describe, expect } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
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
      const scenario: Scenario = JSON.parse(recording(`real/scenario-${name}.json`));
      for (const subscription of scenario.subscriptions.items) {
        const { cause } = diagnose({
          subscription,
          subscriptionsInNamespace: scenario.subscriptions.items,
          clusterServiceVersions: scenario.clusterserviceversions.items,
          installPlans: scenario.installplans.items,
          catalogSources: scenario.catalogsources.items,
          operatorGroups: scenario.operatorgroups.items,
          events: scenario.events.items,
          now: end,
        });
        expect(cause).toMatchObject(expected[subscription.metadata.name] ?? { id: 'unexpected' });
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

/** What the cluster held at each event of a recorded life. */
function* life(): Generator<{ t: number; facts: DiagnosisFacts }> {
  const kept = new Map<string, ApiObject>();
  const start = Date.parse('2026-11-21T03:11:08Z');
  for (const line of recording('real/lifecycle-kiali-manual.jsonl').split('\n').filter(Boolean)) {
    const { t, event }: { t: number; event?: { type: string; object: ApiObject } } = JSON.parse(line);
    if (!event?.object.metadata.uid) continue;
    const key = `${event.object.kind}/${event.object.metadata.uid}`;
    if (event.type === 'DELETED') kept.delete(key);
    else kept.set(key, event.object);
    const of = <T extends ApiObject>(kind: string) =>
      [...kept].filter(([id]) => id.startsWith(`${kind}/`)).map(([, object]) => object as T);
    const [subscription] = of<SubscriptionObject>('Subscription');
    if (!subscription) continue;
    const facts: DiagnosisFacts = {
      subscription,
      subscriptionsInNamespace: [subscription],
      clusterServiceVersions: of<ClusterServiceVersionObject>('ClusterServiceVersion'),
      installPlans: of<InstallPlanObject>('InstallPlan'),
      catalogSources: undefined,
      operatorGroups: [{ ...subscription, kind: 'OperatorGroup', spec: {}, status: {} }],
      jobs: of('Job'),
      pods: [],
      deployments: of('Deployment'),
      events: of('Event'),
      now: start + t * 1000,
    };
    yield { t, facts };
  }
}

const wordOf = (cause: Cause) =>
  cause.id === 'slow' ? `${cause.stage}${cause.overdue ? ' overdue' : ''}` : cause.id;

describe('a whole life, as a real server told it', () => {
  realTest('has the right cause at every moment', () => {
    const told = [...life()].map(({ facts }) => wordOf(diagnose(facts).cause));
    const story = told.filter((cause, index, all) => cause !== all[index - 1]);
    const upgrade = ['waitsForApproval', 'executing', 'requirements', 'deploying', 'none'];
    expect(story).toEqual(['resolving', 'unpacking', ...upgrade, ...upgrade, ...upgrade]);
  });

  const unreadable: (keyof DiagnosisFacts)[] = [
    'subscriptionsInNamespace',
    'clusterServiceVersions',
    'installPlans',
    'operatorGroups',
    'jobs',
    'pods',
    'deployments',
    'events',
  ];
  for (const part of unreadable) {
    realTest(`is never called broken because ${part} can not be read`, () => {
      for (const { t, facts } of life()) {
        const { id } = diagnose({ ...facts, [part]: undefined }).cause;
        expect(['slow', 'waitsForApproval', 'none'], `${id} at ${t} s`).toContain(id);
      }
    });
  }

  realTest('is never called broken when reading takes its time, or when lists come in another order', () => {
    for (const { t, facts } of life()) {
      const turned = {
        ...facts,
        clusterServiceVersions: facts.clusterServiceVersions?.toReversed(),
        installPlans: facts.installPlans?.toReversed(),
        now: facts.now + 5_000,
      };
      const { id } = diagnose(turned).cause;
      expect(['slow', 'waitsForApproval', 'none'], `${id} at ${t} s`).toContain(id);
    }
  });

  realTest('is called removed, and nothing else, from the moment at which it is deleted', () => {
    for (const { facts } of life()) {
      const metadata = {
        ...facts.subscription.metadata,
        deletionTimestamp: new Date(facts.now).toISOString(),
      };
      const subscription = { ...facts.subscription, metadata };
      expect(wordOf(diagnose({ ...facts, subscription }).cause)).toBe('uninstalling');
    }
  });
});
