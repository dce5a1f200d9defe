import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import { json, serve } from '@/lib/kube/testing';
import type { InstallPlanObject, SubscriptionObject } from '../rules/objects';
import { installPlan, subscription } from '../rules/testing';
import { approveInstallPlan } from './approve-install-plan';

const names = ['kiali.v1.0.0'];
const waiting = installPlan('p', { names });
const own = subscription({ plan: 'p' });
const reviewed = { uid: waiting.metadata.uid, clusterServiceVersionNames: names };
const status = (code: number, reason: string) => ({ kind: 'Status', reason, message: reason, code });

interface Moment {
  plan: InstallPlanObject | undefined;
  subscriptions: SubscriptionObject[];
  others?: InstallPlanObject[];
}

/** A cluster that becomes another between the look at a plan and its approval. */
async function approve(before: Moment, after: Moment, patched: (response: ServerResponse) => void) {
  let now = before;
  const { kube } = await serve((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://server');
    const list = (items: unknown[]) => json(response, 200, { metadata: { resourceVersion: '1' }, items });
    if (request.method === 'PATCH') {
      now = after;
      return patched(response);
    }
    if (pathname.endsWith('/subscriptions')) return list(now.subscriptions);
    if (pathname.endsWith('/installplans'))
      return list([...(now.plan ? [now.plan] : []), ...(now.others ?? [])]);
    if (now.plan) return json(response, 200, now.plan);
    json(response, 404, status(404, 'NotFound'));
  });
  const user = { name: 'admin', groups: [] };
  const cluster = { name: 'edge', global: true };
  const context: Context = { kube, cluster, user, signal: AbortSignal.timeout(60_000) };
  return approveInstallPlan(context, { namespace: 'demo', name: 'p', reviewed }).catch(
    (error: unknown) => error,
  );
}

const here: Moment = { plan: waiting, subscriptions: [own] };
const failedTest = (response: ServerResponse) => json(response, 422, status(422, 'Invalid'));
const notFound = (response: ServerResponse) => json(response, 404, status(404, 'NotFound'));
const plan = (changes: Parameters<typeof installPlan>[1]) => installPlan('p', { names, ...changes });
const conflict = (words: string) => ({ code: 'conflict', detail: expect.stringContaining(words) });

describe('an approval', () => {
  test.each<[string, InstallPlanObject | undefined, string]>([
    ['somebody else approved the plan', plan({ approved: true }), 'approved it already'],
    ['OLM gave it up', plan({ phase: 'Failed' }), 'its phase is Failed'],
    ['OLM writes it anew', plan({ phase: '' }), 'its phase is not set yet'],
    ['it carries other versions', plan({ names: ['kiali.v2.0.0'] }), 'it now carries kiali.v2.0.0'],
    ['it was deleted', undefined, 'it does not exist any more'],
    [
      'another one has its name',
      { ...waiting, metadata: { ...waiting.metadata, uid: 'other' } },
      'another plan of the same name',
    ],
  ])('says so when %s since the look at it', async (_, changed, words) => {
    const outcome = await approve(here, { ...here, plan: changed }, failedTest);
    expect(outcome).toMatchObject(conflict(words));
  });

  test('says so when the plan is gone at the very moment of the approval', async () => {
    const outcome = await approve(here, { ...here, plan: undefined }, notFound);
    expect(outcome).toMatchObject(conflict('it does not exist any more'));
  });

  test('passes on what the cluster says when the plan is as it was', async () => {
    const outcome = await approve(here, here, failedTest);
    expect(outcome).toMatchObject({ name: 'KubeError', status: 422 });
    const forbidden = await approve(here, here, (response) => json(response, 403, status(403, 'Forbidden')));
    expect(forbidden).toMatchObject({ name: 'KubeError', status: 403, place: { verb: 'patch' } });
  });

  const newer = installPlan('p2', { names });
  const withGeneration = (object: InstallPlanObject, generation: number) => {
    return { ...object, spec: { ...object.spec, generation } };
  };
  test.each<[string, Moment, string]>([
    [
      'that is superseded names the one that OLM follows',
      {
        plan: withGeneration(waiting, 1),
        others: [withGeneration(newer, 2)],
        subscriptions: [subscription({ plan: 'p2' })],
      },
      'it is superseded, OLM follows InstallPlan "p2"',
    ],
    ['whose Subscription left', { plan: waiting, subscriptions: [] }, 'it is orphaned'],
    [
      'that somebody approved before its Subscription moved on',
      { plan: plan({ approved: true, phase: 'Complete' }), subscriptions: [] },
      'it is approved already, and its phase is Complete',
    ],
    [
      'that is being deleted with its namespace',
      {
        plan: { ...waiting, metadata: { ...waiting.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
        subscriptions: [own],
      },
      'it is being deleted',
    ],
  ])('of a plan %s is refused without a request to approve', async (_, moment, words) => {
    const written: string[] = [];
    const outcome = await approve(moment, moment, () => written.push('patched'));
    expect(outcome).toMatchObject(conflict(words));
    expect(written).toEqual([]);
  });
});
