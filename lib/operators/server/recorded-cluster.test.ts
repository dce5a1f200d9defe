import { beforeAll, describe, expect } from 'vitest';
import type { PlatformContext } from '@/lib/kube/context';
import { json, serve } from '@/lib/kube/testing';
import { realTest } from '@/lib/testing/recordings';
import { diagnoseInstallation } from './diagnose-installation';
import { getOperator } from './get-operator';
import { listInstallPlans } from './list-install-plans';
import { listInstalledOperators } from './list-installed-operators';
import { listOperatorEvents } from './list-operator-events';
import { listOperators } from './list-operators';
import { recordedCluster } from './recorded-cluster';
import { reviewInstallPlan } from './review-install-plan';
import { listInstances } from './uninstall/list-instances';

beforeAll(() => {
  process.env.SESSION_SECRET ??= 'a-secret-of-at-least-thirty-two-bytes';
});

async function onRecordedCluster(): Promise<PlatformContext> {
  return contextOf(await serve(recordedCluster()));
}

function contextOf({ kube }: Awaited<ReturnType<typeof serve>>): PlatformContext {
  return {
    kube,
    global: kube,
    cluster: { name: 'edge', global: true },
    user: { name: 'admin', groups: [] },
    signal: AbortSignal.timeout(60_000),
  };
}

const hub = 'operatorhubio-catalog';
const cockroach = { name: 'cockroachdb', catalog: 'inline-catalog', catalogNamespace: 'olm' };

describe('on a real cluster, as it was recorded,', () => {
  realTest('the catalogue has a row for each package of each catalog', async () => {
    const { items, partial } = await listOperators(await onRecordedCluster());
    expect(items).toHaveLength(17);
    expect(items.filter(({ name }) => name === 'kiali').map(({ catalog }) => catalog)).toHaveLength(2);
    expect(items.filter(({ catalog }) => catalog === hub)).toHaveLength(14);
    expect(partial).toEqual([]);
  });

  realTest('an operator is of the catalog that was asked for, with its Subscriptions', async () => {
    const operator = await getOperator(await onRecordedCluster(), cockroach);
    expect(operator.catalog).toBe('inline-catalog');
    expect(operator.subscriptions.map(({ namespace }) => namespace).sort()).toEqual(['auto-a', 'multi']);
    expect(operator.operatorGroupBy).toBe('console');
  });

  realTest('each installation says what keeps it, and which of them wait for a reason', async () => {
    const context = await onRecordedCluster();
    const { items } = await listInstalledOperators(context);
    const keysIn = (namespace: string) =>
      items.filter((item) => item.namespace === namespace).map(({ stuck }) => stuck?.key);
    expect(keysIn('auto-a')).toEqual([undefined]);
    expect(keysIn('fail-noog')).toEqual(['noOperatorGroup']);
    expect(keysIn('fail-nochannel')).toEqual(['noSuchChannel']);
    expect(keysIn('fail-nopkg')).toEqual(['packageNotFound']);
    const { key } = await diagnoseInstallation(context, {
      kind: 'Subscription',
      namespace: 'fail-catalog',
      name: 'x',
    });
    expect(key).toBe('catalogDead');
  });

  realTest('a plan that waits is reviewed with both of its operators', async () => {
    const context = await onRecordedCluster();
    const { items } = await listInstallPlans(context, { namespace: 'multi' });
    const review = await reviewInstallPlan(context, { namespace: 'multi', name: items[0]?.name ?? '' });
    expect(review.operators.map(({ clusterServiceVersion }) => clusterServiceVersion).sort()).toEqual([
      'cockroachdb.v5.0.4',
      'keycloak-operator.v14.0.0',
    ]);
    expect(review.totalSteps).toBeGreaterThan(2);
  });

  realTest('Events are told with the kinds of what they are about', async () => {
    const { items } = await listOperatorEvents(await onRecordedCluster(), cockroach);
    expect(items.length).toBeGreaterThan(5);
    expect(items.every(({ lastSeen }) => lastSeen.startsWith('2026-11-21T'))).toBe(true);
  });
});

realTest('what is installed is listed also where the cluster fails at its Events', async () => {
  const recorded = recordedCluster();
  let refused = 0;
  const server = await serve((request, response) => {
    if (!/\/events\?/.test(request.url ?? '')) return recorded(request, response);
    refused += 1;
    json(response, 500, { kind: 'Status', status: 'Failure', code: 500, message: 'etcdserver: timed out' });
  });
  const { items } = await listInstalledOperators(contextOf(server));
  expect(refused).toBeGreaterThan(0);
  expect(items).toHaveLength((await listInstalledOperators(await onRecordedCluster())).items.length);
});

realTest('instances whose conversion webhook is gone are not known, which is no failure', async () => {
  const server = await serve((_, response) =>
    json(response, 500, {
      kind: 'Status',
      code: 500,
      message: 'conversion webhook for kafka.strimzi.io/v1beta2, Kind=Kafka failed',
    }),
  );
  const kafkas = {
    group: 'kafka.strimzi.io',
    version: 'v1',
    resource: 'kafkas',
    kind: 'Kafka',
    name: 'kafkas',
  };
  const [api] = await listInstances(contextOf(server), [kafkas], undefined, 'demo');
  expect(api).toMatchObject({ instances: [], complete: false, unread: expect.stringMatching(/webhook/) });
});
