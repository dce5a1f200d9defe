import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrayAt, at } from '../apiserver/json.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';
import { controlledCluster } from './testing.ts';

let stop: AbortController;
let cluster: ClusterRuntime;
let client: KubeClient;

beforeEach(async () => {
  ({ stop, cluster, client } = await controlledCluster());
});

afterEach(() => stop.abort());

/** Looks again until `look` gives something. */
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const key = (name: string) => ({ namespace: 'default', name });

function deployment(image: string): KubeObject {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: key('web'), spec };
}

function condition(object: KubeObject, type: string): unknown {
  return arrayAt(object, 'status', 'conditions').find((candidate) => at(candidate, 'type') === type);
}

function owned(name: string, owner: KubeObject, more: Record<string, unknown> = {}): KubeObject {
  const { apiVersion, kind, metadata } = owner;
  const reference = { apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '', ...more };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...key(name), ownerReferences: [reference] } };
}

const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: key(name),
});

describe('workloads', () => {
  test('a Deployment becomes available with as many ready pods as it asks for', async () => {
    await client.create(refs.deployments, deployment('example.com/web:1'));
    const ready = await until(async () => {
      const found = await client.get(refs.deployments, key('web'));
      return (
        at(condition(found, 'Available'), 'status') === 'True' &&
        at(found, 'status', 'readyReplicas') === 2 &&
        found
      );
    });
    expect(ready.metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '1' });
    const pods = (await client.list(refs.pods, { labelSelector: 'app=web' })).items;
    expect(pods.map((pod) => at(pod, 'spec', 'nodeName'))).toEqual(['node-0', 'node-0']);
  });

  test('a new image replaces the pods, and the old ReplicaSet stays with none', async () => {
    await client.create(refs.deployments, deployment('example.com/web:1'));
    await client.update(refs.deployments, deployment('example.com/web:2'));
    await until(async () => {
      const sets = (await client.list(refs.replicaSets)).items.map(
        (set) => at(set, 'status', 'readyReplicas') ?? 0,
      );
      const pods = (await client.list(refs.pods)).items;
      return (
        sets.includes(2) &&
        pods.length === 2 &&
        pods.every((pod) => JSON.stringify(pod.spec).includes('web:2'))
      );
    });
  });

  test('an image that no registry has leaves the pod in ImagePullBackOff and the Deployment unavailable', async () => {
    cluster.nodes.refuseImage('example.com/absent:1');
    await client.create(refs.deployments, deployment('example.com/absent:1'));
    await until(async () => {
      const [pod] = (await client.list(refs.pods)).items;
      const [container] = arrayAt(pod, 'status', 'containerStatuses');
      return at(container, 'state', 'waiting', 'reason') === 'ImagePullBackOff';
    });
    expect(at(condition(await client.get(refs.deployments, key('web')), 'Available'), 'status')).toBe(
      'False',
    );
  });

  const job = (image: string, deadline?: number): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: key('job'),
    spec: {
      ...(deadline ? { activeDeadlineSeconds: deadline } : {}),
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'run', image }] } },
    },
  });

  test('a Job completes', async () => {
    await client.create(refs.jobs, job('example.com/run:1'));
    await until(async () => condition(await client.get(refs.jobs, key('job')), 'Complete'));
  });

  test('a Job whose image is absent fails at its deadline', async () => {
    cluster.nodes.refuseImage('example.com/absent:1');
    await client.create(refs.jobs, job('example.com/absent:1', 30));
    const failed = await until(async () => condition(await client.get(refs.jobs, key('job')), 'Failed'));
    expect(at(failed, 'reason')).toBe('DeadlineExceeded');
  });
});

describe('deletion', () => {
  test('an object goes with its last owner, not before', async () => {
    const first = await client.create(refs.configMaps, configMap('first'));
    const second = await client.create(refs.configMaps, configMap('second'));
    const both = owned('child', first);
    both.metadata.ownerReferences?.push(...(owned('child', second).metadata.ownerReferences ?? []));
    await client.create(refs.configMaps, both);
    await client.delete(refs.configMaps, key('first'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await client.find(refs.configMaps, key('child'))).toBeDefined();
    await client.delete(refs.configMaps, key('second'));
    await until(async () => (await client.find(refs.configMaps, key('child'))) === undefined);
  });

  test('in the foreground an owner waits for those that block it', async () => {
    const owner = await client.create(refs.configMaps, configMap('owner'));
    const child = owned('child', owner, { blockOwnerDeletion: true });
    child.metadata.finalizers = ['example.com/hold'];
    await client.create(refs.configMaps, child);
    await client.delete(refs.configMaps, key('owner'), { propagationPolicy: 'Foreground' });
    await until(async () => (await client.get(refs.configMaps, key('child'))).metadata.deletionTimestamp);
    expect(await client.find(refs.configMaps, key('owner'))).toBeDefined();
    await client.patch(refs.configMaps, key('child'), { metadata: { finalizers: null } }, { type: 'merge' });
    await until(async () => (await client.find(refs.configMaps, key('owner'))) === undefined);
  });

  test('orphans keep living without their owner', async () => {
    const owner = await client.create(refs.configMaps, configMap('owner'));
    await client.create(refs.configMaps, owned('child', owner));
    await until(async () => cluster.informers.of(refs.configMaps).get('default/child'));
    await client.delete(refs.configMaps, key('owner'), { propagationPolicy: 'Orphan' });
    await until(async () => (await client.find(refs.configMaps, key('owner'))) === undefined);
    expect((await client.get(refs.configMaps, key('child'))).metadata.ownerReferences ?? []).toEqual([]);
  });

  test('a namespace says what still holds it, and goes when that is gone', async () => {
    await client.create(refs.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'held' } });
    const held = { namespace: 'held', name: 'a' };
    const metadata = { ...held, finalizers: ['example.com/hold'] };
    await client.create(refs.configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    await client.delete(refs.namespaces, { name: 'held' });
    const remaining = await until(async () =>
      condition(await client.get(refs.namespaces, { name: 'held' }), 'NamespaceFinalizersRemaining'),
    );
    expect(at(remaining, 'message')).toContain('example.com/hold in 1 resource instances');
    await client.patch(refs.configMaps, held, { metadata: { finalizers: null } }, { type: 'merge' });
    await until(async () => (await client.find(refs.namespaces, { name: 'held' })) === undefined);
  });
});

test('a new namespace gets its default ServiceAccount and the cluster’s authority, and keeps them', async () => {
  await client.create(refs.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } });
  await until(() => client.find(refs.serviceAccounts, { namespace: 'new', name: 'default' }));
  const ca = { namespace: 'new', name: 'kube-root-ca.crt' };
  const first = await until(() => client.find(refs.configMaps, ca));
  await client.delete(refs.configMaps, ca);
  await until(async () => {
    const again = await client.find(refs.configMaps, ca);
    return again && again.metadata.uid !== first.metadata.uid;
  });
});

test('a ClusterRole with an aggregation rule gathers the rules of those it chooses', async () => {
  const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
  const rules = [{ apiGroups: ['example.com'], resources: ['widgets'], verbs: ['get'] }];
  await client.create(refs.clusterRoles, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'widgets', labels },
    rules,
  });
  await until(async () =>
    JSON.stringify((await client.get(refs.clusterRoles, { name: 'view' })).rules).includes('widgets'),
  );
});
