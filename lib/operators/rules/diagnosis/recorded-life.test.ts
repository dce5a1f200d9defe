import { describe, expect } from 'vitest';
import { realTest, recording } from '@/lib/testing/recordings';
import { phasesOf } from '../attempts';
import {
  type ApiObject,
  type ClusterServiceVersionObject,
  type InstallPlanObject,
  isCopied,
  type SubscriptionObject,
} from '../objects';
import { judge, sceneOf } from '../status';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';

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

/** Every ClusterServiceVersion of the recorded cluster that runs in the end, at each of the phases that it went through. */
function* phases(): Generator<{ version: ClusterServiceVersionObject; facts: DiagnosisFacts; said: string }> {
  const { body, ...rest } = JSON.parse(recording('real/list-clusterserviceversions-all.json'));
  const { items }: { items: ClusterServiceVersionObject[] } =
    typeof body === 'string' ? JSON.parse(body) : (body ?? rest);
  for (const one of items) {
    if (isCopied(one) || one.status?.phase !== 'Succeeded') continue;
    const entries = phasesOf(one);
    for (const [index, entry] of entries.entries()) {
      const conditions = entries.slice(0, index + 1);
      const version = {
        ...one,
        kind: 'ClusterServiceVersion',
        status: { ...one.status, ...entry, conditions },
      };
      const { namespace, name } = one.metadata;
      const own: SubscriptionObject = {
        ...one,
        spec: { name: 'x', source: 'x', sourceNamespace: 'x' },
        kind: 'Subscription',
        status: { currentCSV: name, installedCSV: name },
      };
      const facts = {
        subscription: own,
        subscriptionsInNamespace: [own],
        clusterServiceVersions: [version],
        installPlans: [],
        catalogSources: undefined,
        operatorGroups: undefined,
        now: Date.parse(entry.lastTransitionTime ?? ''),
      };
      yield { version, facts, said: `${namespace}/${name} ${entry.phase} ${entry.reason}` };
    }
  }
}

describe('every operator of a real cluster that runs in the end', () => {
  realTest('was called broken only after it had been late', () => {
    let moments = 0;
    for (const { version, facts, said } of phases()) {
      if (phasesOf(version).some(({ reason }) => reason === 'InstallCheckFailed')) continue;
      moments += 1;
      expect(['slow', 'none'], said).toContain(diagnose(facts).cause.id);
      expect(
        judge(sceneOf(facts.subscription, { ...facts, operatorGroups: undefined })).status,
        said,
      ).toMatch(/^Install(?:ing|ed)$/);
    }
    expect(moments).toBeGreaterThan(10);
  });

  realTest('was called late without a break, from the timeout on', () => {
    const late = [...phases()].filter(
      ({ version }) =>
        version.status?.phase !== 'Succeeded' &&
        phasesOf(version).some(({ reason }) => reason === 'InstallCheckFailed'),
    );
    expect(late.length).toBeGreaterThan(2);
    for (const { facts, said } of late) {
      expect(diagnose(facts), said).toMatchObject({
        cause: { id: 'operatorFailed', reason: 'InstallCheckFailed' },
        detail: 'apiServices not installed',
      });
    }
  });
});
