import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { PlatformContext } from '@/lib/kube/context';
import { json, serve } from '@/lib/kube/testing';
import { planReviewSchema } from '../plan-contract';
import { bundleVersion, crd, planOf, step } from '../rules/plan/testing';
import { subscription } from '../rules/testing';
import { reviewInstallPlan } from './review-install-plan';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const things = crd('things.a.io', [{ name: 'v1', storage: true }]);
const version = bundleVersion('a.v1.0.0');
const plan = planOf([step(version, { bundle: 'b' }), step(things)]);
const own = subscription({ currentCSV: 'a.v1.0.0', installedCSV: 'a.v0.9.0', plan: 'p' }, 'a');
const empty = { metadata: { resourceVersion: '1' }, items: [] };

/** A cluster with a plan in namespace `demo`, that answers as the test says where it says something. */
async function clusterWith(answers: Record<string, Answer>): Promise<PlatformContext> {
  const { kube } = await serve((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://server');
    const [, last = ''] = /\/([^/]+)$/.exec(pathname) ?? [];
    const said = Object.entries(answers).find(([part]) => pathname.includes(part));
    if (said) return said[1](response, request);
    if (last === 'p') return json(response, 200, plan);
    if (last === 'installplans') return json(response, 200, { ...empty, items: [plan] });
    if (last === 'subscriptions') return json(response, 200, { ...empty, items: [own] });
    if (last === 'things.a.io') return json(response, 200, things);
    if (last === 'b') return json(response, 200, { data: { 'a.yaml': JSON.stringify(version) } });
    json(response, 200, last === 'version' ? { gitVersion: 'v1.33.0' } : empty);
  });
  const user = { name: 'admin', groups: [] };
  const cluster = { name: 'edge', global: true };
  return { kube, global: undefined, cluster, user, signal: AbortSignal.timeout(60_000) };
}

async function reviewWith(answers: Record<string, Answer>) {
  const review = await reviewInstallPlan(await clusterWith(answers), { namespace: 'demo', name: 'p' });
  return planReviewSchema.parse(JSON.parse(JSON.stringify(review)));
}

const refuses = (status: number, reason: string): Answer => {
  return (response) => json(response, status, { kind: 'Status', reason, message: reason, code: status });
};
const breaksOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"data":');
  response.destroy();
};
const saysNonsense: Answer = (response) => void response.end('{"items": 7, "data"');

describe('a review on a cluster that fails', () => {
  test('is whole on one that does not', async () => {
    const { problems, unknown, partial, operators } = await reviewWith({});
    expect({ problems, partial }).toEqual({ problems: [], partial: [] });
    expect(unknown).toEqual([{ subject: 'oldVersion', name: 'a.v0.9.0' }]);
    expect(operators).toMatchObject([{ clusterServiceVersion: 'a.v1.0.0', change: 'upgrade' }]);
  });

  test.each<[string, Answer, string]>([
    ['is gone', refuses(404, 'NotFound'), 'bundleMissing'],
    ['may not be read', refuses(403, 'Forbidden'), 'bundleForbidden'],
    ['fails', refuses(500, 'InternalError'), 'bundleFailed'],
    ['breaks off', breaksOff, 'bundleFailed'],
    ['is no JSON', saysNonsense, 'bundleFailed'],
    ['is null', (response) => json(response, 200, null), 'bundleFile'],
  ])('tells that the unpacked bundle %s', async (_, answer, problem) => {
    const { problems, operators, unknown } = await reviewWith({ '/configmaps/': answer });
    expect(problems.map(({ id }) => id)).toContain(problem);
    expect(operators).toHaveLength(1);
    expect(unknown.map(({ subject }) => subject)).toContain('newVersion');
  });

  test.each<[string, Answer]>([
    ['refuses', refuses(403, 'Forbidden')],
    ['fails', refuses(500, 'InternalError')],
    ['is too busy', refuses(504, 'Timeout')],
    ['breaks off', breaksOff],
    ['answers nonsense', saysNonsense],
  ])('shows the plan when the cluster %s at all that stands around it', async (_, answer) => {
    const { operators, partial, unknown } = await reviewWith({
      clusterserviceversions: answer,
      customresourcedefinitions: answer,
      operatorgroups: answer,
      packagemanifests: answer,
      subscriptions: answer,
      things: answer,
      '/version': answer,
    });
    expect(operators).toMatchObject([{ clusterServiceVersion: 'a.v1.0.0' }]);
    expect(unknown).toContainEqual({ subject: 'apis', name: '1' });
    expect(partial.map(({ resource }) => resource).sort()).toEqual([
      'clusterserviceversions.operators.coreos.com',
      'customresourcedefinitions.apiextensions.k8s.io',
      'operatorgroups.operators.coreos.com',
      'subscriptions.operators.coreos.com',
    ]);
  });

  test('fails when the plan itself can not be read', async () => {
    await expect(reviewWith({ 'installplans/p': refuses(500, 'InternalError') })).rejects.toMatchObject({
      status: 500,
    });
  });
});
