import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrayAt, at } from '../apiserver/json.ts';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import { until } from '../testing/until.ts';
import { refs } from './refs.ts';
import { controlledCluster } from './testing.ts';

const services: ResourceRef = { group: '', version: 'v1', resource: 'services' };
const claims: ResourceRef = { group: '', version: 'v1', resource: 'persistentvolumeclaims' };
let stop: AbortController;
let client: KubeClient;

beforeEach(async () => {
  ({ stop, client } = await controlledCluster());
});

afterEach(() => stop.abort());

const key = (name: string) => ({ namespace: 'default', name });

/** Creates a quota and waits until it is in force. */
async function quota(hard: Record<string, string>, spec: Record<string, unknown> = {}): Promise<void> {
  const object = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: key('team'), spec: { hard, ...spec } };
  await client.create(refs.resourceQuotas, object);
  await until('the quota is in force', async () =>
    at(await client.get(refs.resourceQuotas, key('team')), 'status', 'used'),
  );
}

const used = async () => at(await client.get(refs.resourceQuotas, key('team')), 'status', 'used');

function pod(name: string, resources: Record<string, unknown> = {}): KubeObject {
  const containers = [{ name: 'web', image: 'example.com/web:1', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: key(name), spec: { containers } };
}

const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: key(name),
});

async function refusal(made: Promise<unknown>): Promise<string> {
  return made.then(
    () => 'admitted',
    (error: Error) => error.message,
  );
}

describe('what a quota refuses', () => {
  test('one pod too many, in the words of Kubernetes', async () => {
    await quota({ pods: '1', 'count/pods': '5' });
    await client.create(refs.pods, pod('first'));
    expect(await refusal(client.create(refs.pods, pod('second')))).toBe(
      'pods "second" is forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1',
    );
    expect(await used()).toEqual({ 'count/pods': '1', pods: '1' });
  });

  test('requests beyond what is left, and containers that name none', async () => {
    await quota({ 'requests.cpu': '1', 'limits.memory': '1Gi' });
    const wants = (cpu: string) => ({ requests: { cpu }, limits: { memory: '512Mi' } });
    await client.create(refs.pods, pod('first', wants('600m')));
    expect(await refusal(client.create(refs.pods, pod('second', wants('600m'))))).toBe(
      'pods "second" is forbidden: exceeded quota: team, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(await refusal(client.create(refs.pods, pod('third')))).toBe(
      'pods "third" is forbidden: failed quota: team: must specify limits.memory for: web; requests.cpu for: web',
    );
    expect(await used()).toEqual({ 'limits.memory': '512Mi', 'requests.cpu': '600m' });
  });

  test('objects of any kind, Deployments too', async () => {
    await quota({ 'count/deployments.apps': '0' });
    const labels = { app: 'web' };
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] },
    };
    const spec = { selector: { matchLabels: labels }, template };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: key('web'), spec };
    expect(await refusal(client.create(refs.deployments, deployment))).toBe(
      'deployments.apps "web" is forbidden: exceeded quota: team, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
    );
  });

  test('node ports that an update adds, storage of a class', async () => {
    await quota({ 'services.nodeports': '1', 'fast.storageclass.storage.k8s.io/requests.storage': '2Gi' });
    const service = (ports: number[]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: key('web'),
      spec: { type: 'NodePort', ports: ports.map((port) => ({ name: `p${port}`, port })) },
    });
    await client.create(services, service([80]));
    expect(await refusal(client.update(services, service([80, 443])))).toContain(
      'requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1',
    );
    const resources = { requests: { storage: '3Gi' } };
    const spec = { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources };
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: key('data'), spec };
    expect(await refusal(client.create(claims, claim))).toContain('requests.storage=3Gi');
  });

  test('only pods within its scopes', async () => {
    await quota({ pods: '0' }, { scopes: ['NotBestEffort'] });
    expect(await refusal(client.create(refs.pods, pod('idle')))).toBe('admitted');
    const limits = { cpu: '1', memory: '1Gi' };
    expect(await refusal(client.create(refs.pods, pod('busy', { limits })))).toContain(
      'exceeded quota: team',
    );
  });

  test('nothing on a dry run or where the object exists anyway', async () => {
    await quota({ 'count/configmaps': '5' });
    const before = await used();
    await client.create(refs.configMaps, configMap('a'), { dryRun: true });
    expect(await used()).toEqual(before);
    await client.create(refs.configMaps, configMap('a'));
    const once = await used();
    expect(await refusal(client.create(refs.configMaps, configMap('a')))).toContain('already exists');
    expect(await used()).toEqual(once);
  });

  test.each([
    [{ widgets: '1' }, 'spec.hard[widgets]: Invalid value: "widgets": must be a standard resource for quota'],
    [{ pods: '-1' }, 'spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0'],
    [{ pods: '1.5' }, 'spec.hard[pods]: Invalid value: "1.5": must be an integer'],
    [{ pods: 'many' }, 'quantities must match the regular expression'],
  ])('itself, when it says %j', async (hard, message) => {
    const object = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: key('team'), spec: { hard } };
    expect(await refusal(client.create(refs.resourceQuotas, object))).toContain(message);
  });
});

test('what goes makes room again, and what was there before counts', async () => {
  await client.create(refs.configMaps, configMap('early'));
  await quota({ 'count/configmaps': '1', configmaps: '9' });
  const before = Number(at(await used(), 'count/configmaps'));
  expect(before).toBeGreaterThanOrEqual(1);
  expect(await refusal(client.create(refs.configMaps, configMap('late')))).toContain('exceeded quota');
  await client.delete(refs.configMaps, key('early'));
  await until('it no longer counts', async () => Number(at(await used(), 'count/configmaps')) === before - 1);
});

test('a Deployment whose pods are refused says so, and comes up when the quota allows it', async () => {
  await quota({ pods: '1' });
  const labels = { app: 'web' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] },
  };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  await client.create(refs.deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: key('web'),
    spec,
  });
  const failure = await until('the Deployment tells', async () => {
    const conditions = arrayAt(await client.get(refs.deployments, key('web')), 'status', 'conditions');
    return conditions.find((condition) => at(condition, 'type') === 'ReplicaFailure');
  });
  expect(failure).toMatchObject({
    status: 'True',
    reason: 'FailedCreate',
    message: expect.stringMatching(
      /^pods "web-\w+-\w+" is forbidden: exceeded quota: team, requested: pods=1/,
    ),
  });
  const events = (await client.list(refs.events, { namespace: 'default' })).items;
  expect(events.map(({ reason }) => reason)).toContain('FailedCreate');
  await client.patch(refs.resourceQuotas, key('team'), { spec: { hard: { pods: '5' } } }, { type: 'merge' });
  await until('the pods are there', async () => {
    const found = await client.get(refs.deployments, key('web'));
    return (
      at(found, 'status', 'readyReplicas') === 2 && !JSON.stringify(found.status).includes('ReplicaFailure')
    );
  });
});
