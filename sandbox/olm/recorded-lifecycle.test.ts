import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../client/types.ts';
import { type Condition, isCopied } from './api.ts';
import { refs } from './refs.ts';
import { actions } from './testing/actions.ts';
import { haveRecordings, sharedPath } from './testing/recordings.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';
import { until } from './testing/until.ts';

type Stories = Map<string, string[]>;

/**
 * What a stream of watch events tells of each object: the sequence of its states, repetitions left out. Plans are
 * told apart by what they install, their names being random.
 */
function tell(stories: Stories, object: KubeObject): void {
  const add = (who: string, word: string) => {
    const story = stories.get(who) ?? [];
    if (story.at(-1) !== word) story.push(word);
    stories.set(who, story);
  };
  const status = (object.status ?? {}) as Record<string, unknown>;
  if (object.kind === 'Subscription') {
    add('Subscription', [status.state, status.installedCSV, status.currentCSV].join(' '));
    for (const { type, status: value, reason } of (status.conditions ?? []) as Condition[]) {
      const word = `${type} ${value} ${reason}`;
      const known = stories.get('Subscription conditions') ?? [];
      if (!known.includes(word)) add('Subscription conditions', word);
    }
  } else if (object.kind === 'InstallPlan') {
    const spec = object.spec as { clusterServiceVersionNames: string[]; approved: boolean };
    const steps = ((status.plan ?? []) as { status: string }[]).map((step) => step.status).join();
    const conditions = ((status.conditions ?? []) as Condition[])
      .map((it) => `${it.type} ${it.status}`)
      .join();
    add(
      `InstallPlan ${spec.clusterServiceVersionNames}`,
      [status.phase, spec.approved, steps, conditions].join(' '),
    );
  } else if (object.kind === 'ClusterServiceVersion') {
    add(`CSV ${object.metadata.name}`, [status.phase, status.reason, status.message].join(' '));
  } else if (object.kind === 'Event') {
    const about = object.involvedObject as { kind: string; name: string };
    if (about.kind === 'ClusterServiceVersion')
      add(`Events ${about.name}`, `${object.reason}: ${object.message}`);
  }
}

function recorded(): Stories {
  const stories: Stories = new Map();
  for (const line of readFileSync(sharedPath('real/lifecycle-kiali-manual.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { event } = JSON.parse(line) as { event?: { type: string; object: KubeObject } };
    if (event && ['ADDED', 'MODIFIED'].includes(event.type)) tell(stories, event.object);
  }
  return stories;
}

describe.skipIf(!haveRecordings)('the life of kiali, as a real server told it', () => {
  let folder: string;
  let cluster: TestCluster;
  const ours: Stories = new Map();
  const real = haveRecordings ? recorded() : new Map<string, string[]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'olm-life-'));
    await cp(sharedPath('catalogs/community-v1'), folder, { recursive: true });
    cluster = await testCluster({
      catalogs: { hub: folder },
      bundles: [sharedPath('catalogs/bundles')],
      speed: 5,
    });
    const { olm } = cluster;
    for (const informer of [olm.subscriptions, olm.installPlans]) {
      informer.on(({ type, object }) => {
        if (type !== 'DELETED') tell(ours, object);
      });
    }
    olm.csvs.on(({ type, object }) => {
      if (type !== 'DELETED' && !isCopied(object)) tell(ours, object);
    });
    const does = actions(olm);
    await does.subscribe('operators', 'kiali', { installPlanApproval: 'Manual' });
    await approveNext(does, 'kiali-operator.v1.34.0');
    await cp(sharedPath('catalogs/community-v2'), folder, { recursive: true, force: true });
    await cluster.catalogs[0]?.reload(() => undefined);
    await approveNext(does, 'kiali-operator.v1.35.0');
    await approveNext(does, 'kiali-operator.v1.36.0');
    await does.gone(refs.clusterServiceVersions, { namespace: 'operators', name: 'kiali-operator.v1.35.0' });
    const events = await olm.cluster.client.list<KubeObject>(refs.events, { namespace: 'operators' });
    for (const event of events.items) tell(ours, { ...event, kind: 'Event' });
  }, 90_000);
  afterAll(async () => {
    cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function approveNext(does: ReturnType<typeof actions>, csv: string): Promise<void> {
    const plan = await does.pendingPlan('operators', 'kiali');
    await does.condition('operators', 'kiali', 'InstallPlanPending');
    await does.approve(plan);
    await does.csvIn('operators', csv, 'Succeeded');
    await until(`${csv} is called installed and its plan complete`, () => {
      const status = cluster.olm.subscriptions.get('operators/kiali')?.status;
      const done =
        cluster.olm.installPlans.get(`operators/${plan.metadata.name}`)?.status?.phase === 'Complete';
      return done && status?.installedCSV === csv;
    });
  }

  test.each([...real.keys()].map((who) => [who]))('%s', (who) => {
    expect(ours.get(who)).toEqual(real.get(who));
  });
});
