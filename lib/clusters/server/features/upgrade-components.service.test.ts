import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GlobalContext } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, type SandboxUser, startSandbox } from '@/lib/testing/sandbox';
import type { ChosenComponent, Component, RunLine, Step } from '../../features-contract';
import { componentKey } from '../../rules/features/component';
import { listComponents } from './list-components';
import { configMaps, type RunPlace } from './run-place';
import { continueRun, getRun, stopRun, upgradeComponents } from './upgrade-components';

let sandbox: Sandbox;
const place: RunPlace = { namespace: 'cpaas-system', name: 'marketplace-console-upgrade' };

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in', SANDBOX_FAULTS: '1' });
});
afterAll(() => sandbox?.stop());

const admin = () => sandbox.context('admin');

async function choose(...names: string[]): Promise<Component[]> {
  const { items } = await listComponents(admin());
  return names.map((name) => {
    const found = items.find((item) => item.name === name);
    if (!found) throw new Error(`no component ${name}`);
    return found;
  });
}

async function collect(lines: AsyncGenerator<RunLine>): Promise<RunLine[]> {
  const all: RunLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function upgrade(components: ChosenComponent[], user: SandboxUser = 'admin'): Promise<RunLine[]> {
  return collect(await upgradeComponents(sandbox.context(user), { components, place }));
}

/** How each step ended. */
function ends(lines: readonly Pick<RunLine, 'key' | 'state' | 'code'>[]): Record<string, string> {
  return Object.fromEntries(
    lines.map(({ key, state, code }) => [key, [state, code].filter(Boolean).join(' ')]),
  );
}

function succeeded(components: readonly Component[]): Record<string, string> {
  return Object.fromEntries(components.map((one) => [componentKey(one), 'succeeded']));
}

/** A client whose reader goes away when the test says so. */
function leaving(user: SandboxUser): { context: GlobalContext; leave: () => void } {
  const reader = new AbortController();
  const context = sandbox.context(user);
  return {
    context: { ...context, signal: AbortSignal.any([context.signal, reader.signal]) },
    leave: () => reader.abort(),
  };
}

async function faults(body: unknown): Promise<void> {
  const { dispatcher } = admin().kube.endpoint;
  const answer = await request(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(text);
}

/** How often the spec of what a component's upgrade writes was changed. */
async function generationOf({ kind, namespace, name, plan }: Component): Promise<number> {
  if (kind === 'operator') {
    const ref = { group: 'operators.coreos.com', version: 'v1alpha1', resource: 'installplans' };
    const object = await admin().kube.get(ref, plan?.name ?? '', { namespace });
    return object.metadata.generation ?? 0;
  }
  const ref = { group: 'cluster.alauda.io', version: 'v1alpha1', resource: 'moduleinfoes' };
  const { items } = await admin().global.list(ref, {
    labelSelector: `cpaas.io/cluster-name=business,cpaas.io/module-name=${name}`,
  });
  return items[0]?.metadata.generation ?? 0;
}

describe('a batch', () => {
  test('tells of each component what becomes of it; what can not join does not stop the rest', async () => {
    const chosen = await choose(
      'harbor-ce-operator',
      'descheduler',
      'strimzi-kafka-operator',
      'rabbitmq-cluster-operator',
      'cert-manager',
    );
    const [harbor] = chosen;
    if (!harbor) throw new Error('nothing was chosen');
    const lines = await upgrade([
      ...chosen,
      harbor,
      { kind: 'operator', namespace: 'nowhere', name: 'nothing', from: '1', to: '2' },
      { ...harbor, namespace: 'gitlab-ce-operator', name: 'gitlab-ce-operator', cluster: 'edge' },
    ]);
    expect(ends(lines)).toEqual({
      'operator/harbor-ce-operator/harbor-ce-operator': 'succeeded',
      'plugin/descheduler': 'succeeded',
      'operator/kafka/strimzi-kafka-operator': 'skipped blocked',
      'operator/rabbitmq-system/rabbitmq-cluster-operator': 'skipped blocked',
      'plugin/cert-manager': 'skipped blocked',
      'operator/harbor-ce-operator/harbor-ce-operator#step-0005': 'skipped duplicate',
      'operator/nowhere/nothing': 'skipped notFound',
      'operator/gitlab-ce-operator/gitlab-ce-operator': 'skipped otherCluster',
    });
    expect(lines.every(({ run }) => run.stored)).toBe(true);
    expect(lines.find(({ name }) => name === 'rabbitmq-cluster-operator')?.detail).toContain(
      'rabbitmq-messaging-topology-operator.v1.17.4',
    );
    const { run } = await getRun(admin(), place);
    expect(run).toMatchObject({ startedBy: 'admin', finished: true, drivers: [] });

    // The same list again, as a page that was not reloaded would send it.
    expect(ends(await upgrade([harbor]))).toEqual({
      'operator/harbor-ce-operator/harbor-ce-operator': 'skipped alreadyUpgraded',
    });
  });

  test('that two administrators start at once is carried out once, and both are told its end', async () => {
    const chosen = await choose('gitlab-ce-operator', 'redis-operator', 'nfs');
    const before = await Promise.all(chosen.map(generationOf));
    const [first, second] = await Promise.all([upgrade(chosen), upgrade(chosen)]);
    expect(ends(first)).toEqual(succeeded(chosen));
    expect(ends(second)).toEqual(succeeded(chosen));
    expect(first[0]?.run.id).toBe(second[0]?.run.id);
    const after = await Promise.all(chosen.map(generationOf));
    expect(after).toEqual(before.map((generation) => generation + 1));
  });

  test('goes on when somebody continues it after its page was closed, and nothing is done twice', async () => {
    const chosen = await choose('tektoncd-operator', 'volcano', 'metallb');
    const before = await Promise.all(chosen.map(generationOf));
    const page = leaving('admin');
    for await (const { state } of await upgradeComponents(page.context, { components: chosen, place })) {
      if (state === 'running') page.leave();
    }
    const { run } = await eventually(
      () => getRun(admin(), place),
      (answer) => answer.run?.drivers.length === 0,
    );
    expect(run).toMatchObject({ finished: false });
    const lines = await collect(await continueRun(admin(), { retry: [], place }));
    expect(ends(lines)).toEqual(succeeded(chosen));
    const after = await Promise.all(chosen.map(generationOf));
    expect(after).toEqual(before.map((generation) => generation + 1));
  });

  test('is refused to those who may upgrade nothing of it', async () => {
    const chosen = await choose('argocd-operator', 'multus');
    await expect(upgrade(chosen, 'viewer')).rejects.toMatchObject({
      code: 'forbidden',
      extra: { verb: 'patch', resource: 'installplans.operators.coreos.com' },
    });
    await expect(upgrade(chosen, 'operator')).rejects.toMatchObject({ status: 403 });
    await expect(upgrade(chosen, 'nobody')).rejects.toMatchObject({ status: 403 });
  });

  test('of a user who may upgrade in one namespace only runs there, and ends with the page', async () => {
    const rbac = (resource: string) => ({ group: 'rbac.authorization.k8s.io', version: 'v1', resource });
    const { kube } = admin();
    const namespace = 'argocd';
    await kube.create(
      rbac('rolebindings'),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'argocd-operators', namespace },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'operators' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'operator' }],
      },
      { namespace },
    );
    await kube.create(
      rbac('roles'),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'operators', namespace },
        rules: ['operators.coreos.com', 'packages.operators.coreos.com'].map((group) => ({
          apiGroups: [group],
          resources: ['*'],
          verbs: ['*'],
        })),
      },
      { namespace },
    );
    const lines = await upgrade(await choose('argocd-operator', 'servicemesh-operator2'), 'operator');
    expect(ends(lines)).toEqual({
      'operator/argocd/argocd-operator': 'succeeded',
      'operator/sail-operator/servicemesh-operator2': 'skipped notFound',
    });
    expect(lines[0]?.run).toMatchObject({ stored: false, notStored: expect.stringContaining('configmaps') });
  });

  test('that is too large for one ConfigMap runs all the same, and is told to end with the page', async () => {
    const edge = sandbox.context('admin', 'edge');
    const chosen = (await listComponents(edge)).items.find(({ selectable }) => selectable);
    if (!chosen) throw new Error('nothing can be upgraded on edge');
    const names = Array.from({ length: 200 }, (_, index) => `${'n'.repeat(60)}.v${index}`);
    const large = Array.from({ length: 80 }, (_, index) => ({
      kind: 'operator' as const,
      namespace: 'nowhere',
      name: `nothing-${index}`,
      from: '1',
      to: '2',
      plan: { name: 'install-1', uid: 'u', clusterServiceVersionNames: names },
    }));
    const lines = await collect(await upgradeComponents(edge, { components: [...large, chosen], place }));
    expect(ends(lines)[componentKey(chosen)]).toBe('succeeded');
    expect(lines[0]?.run).toMatchObject({ stored: false, notStored: expect.stringContaining('too large') });
  });

  test('survives conflicts, refusals of a busy server and cut watches', async () => {
    const chosen = await choose(
      'opentelemetry-operator2',
      'postgresql-operator',
      'prometheus',
      'logagent',
    ).then((all) => all.filter(({ selectable }) => selectable));
    const before = await Promise.all(chosen.map(generationOf));
    const fault = (path: string, method: string, code: number, times: number) => ({
      path: `/kubernetes/*/${path}*`,
      methods: [method],
      status: { code, reason: 'Fault' },
      times,
    });
    await faults({
      reset: true,
      faults: [
        fault('installplans/', 'PATCH', 500, 2),
        fault('installplans/', 'PATCH', 429, 1),
        fault('moduleinfoes/', 'PATCH', 409, 2),
        fault('configmaps', 'POST', 500, 1),
        fault('configmaps/', 'PATCH', 500, 2),
        fault('configmaps/', 'PATCH', 409, 2),
        fault('subscriptions', 'GET', 500, 2),
        fault('clusterserviceversions', 'GET', 429, 2),
        { path: '/kubernetes/*', methods: ['GET'], cutAfterMs: 300, times: 40 },
      ],
    });
    const lines = await upgrade(chosen);
    await faults({ reset: true });
    expect(ends(lines)).toEqual(succeeded(chosen));
    const after = await Promise.all(chosen.map(generationOf));
    expect(after).toEqual(before.map((generation) => generation + 1));
  });
});

describe('a stored run', () => {
  const step = (component: Component, changes: Partial<Step> = {}): string => {
    const { kind, namespace, name, displayName, from, to, plan } = component;
    const waiting = { kind, namespace, name, displayName, from, to, plan, after: [], state: 'waiting' };
    return JSON.stringify({ ...waiting, ...changes });
  };

  async function store(data: Record<string, string>): Promise<KubeObject> {
    const { kube } = admin();
    const { namespace, name } = place;
    await kube.delete(configMaps, name, { namespace }).catch(() => undefined);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
    return kube.create(configMaps, object, { namespace });
  }

  test('that was tampered with tells so per step, and the rest goes on', async () => {
    const [multus, strimzi] = await choose('multus', 'strimzi-kafka-operator');
    if (!multus || !strimzi) throw new Error('nothing was chosen');
    await store({
      run: 'not JSON',
      'step-0000': '{"kind":"operator"',
      'step-0001': step(strimzi),
      'step-0002': step(multus, { displayName: { en: 'Multus', zh: 'Multus' } }),
      'step-0003': step(multus),
      'step-0004': step({ ...multus, name: 'no-such-plugin' }),
      'step-0005': step(multus, { name: '../../nodes' }),
      'driver-x': 'nobody',
    });
    const lines = await collect(await continueRun(admin(), { retry: [], place }));
    expect(Object.values(ends(lines))).toEqual([
      'skipped invalid',
      'skipped blocked',
      'succeeded',
      'skipped duplicate',
      'skipped notFound',
      'skipped invalid',
    ]);
  });

  test('that was made to look as if it were under way carries out nothing that can not join', async () => {
    const [strimzi, rabbit] = await choose('strimzi-kafka-operator', 'rabbitmq-cluster-operator');
    if (!strimzi || !rabbit) throw new Error('nothing was chosen');
    const before = await Promise.all([strimzi, rabbit].map(generationOf));
    const startedAt = new Date().toISOString();
    const underWay = { state: 'running' as const, claimedBy: 'nobody', startedAt };
    await store({ 'step-0000': step(strimzi, underWay), 'step-0001': step(rabbit, underWay) });
    const lines = await collect(await continueRun(admin(), { retry: [], place }));
    expect(Object.values(ends(lines))).toEqual(['skipped blocked', 'skipped blocked']);
    expect(await Promise.all([strimzi, rabbit].map(generationOf))).toEqual(before);
  });

  test('whose operator is refused tells why, and tries again when asked', async () => {
    const [mesh] = await choose('servicemesh-operator2');
    if (!mesh) throw new Error('nothing was chosen');
    const status = { code: 403, reason: 'Forbidden', message: 'the policy of this test' };
    const path = '/kubernetes/business/*/namespaces/sail-operator/installplans/*';
    await faults({ faults: [{ path, methods: ['PATCH'], status }] });
    expect((await upgrade([mesh])).at(-1)).toMatchObject({
      state: 'failed',
      code: 'refused',
      detail: expect.stringContaining('the policy of this test'),
    });
    await faults({ reset: true });
    const again = await collect(await continueRun(admin(), { retry: [componentKey(mesh)], place }));
    expect(ends(again)).toEqual(succeeded([mesh]));
  });

  test('that is stopped starts nothing new', async () => {
    const [first] = await choose('kueue');
    if (!first) throw new Error('nothing was chosen');
    await store({ 'step-0000': step({ ...first, to: 'v9.9.9' }) });
    const { run } = await stopRun(admin(), place);
    expect(run).toMatchObject({ finished: true, steps: [{ state: 'stopped' }] });
    expect(await collect(await continueRun(admin(), { retry: [], place }))).toMatchObject([
      { state: 'stopped' },
    ]);
  });

  test('that is not there can not be continued', async () => {
    const nowhere = { ...place, name: 'no-such-run' };
    await expect(continueRun(admin(), { retry: [], place: nowhere })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await getRun(admin(), nowhere)).toEqual({ run: null, storage: nowhere });
  });
});
