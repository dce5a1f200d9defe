import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import { until } from '../testing/until.ts';
import { refs } from './refs.ts';
import { controlledCluster } from './testing.ts';

const configurations = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingwebhookconfigurations',
};
let stop: AbortController;
let client: KubeClient;

beforeEach(async () => {
  ({ stop, client } = await controlledCluster());
});
afterEach(() => stop.abort());

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } };

async function configure(webhook: object = {}): Promise<void> {
  await client.create(configurations, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'guard' },
    webhooks: [
      {
        name: 'guard.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { namespace: 'default', name: 'guard', path: '/check' } },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
        ...webhook,
      },
    ],
  });
}

const attempt = () =>
  client.create(refs.configMaps, configMap, { dryRun: true }).then(
    () => 'admitted',
    (error: Error) => error.message,
  );

test('a webhook whose Service is gone refuses what its rules name, in the words of Kubernetes, and not its own removal', async () => {
  await configure();
  const message = await until('the webhook is in force', async () => {
    const answer = await attempt();
    return answer === 'admitted' ? undefined : answer;
  });
  expect(message).toBe(
    'Internal error occurred: failed calling webhook "guard.example.com": failed to call webhook: Post "https://guard.default.svc:443/check?timeout=10s": service "guard" not found',
  );
  await client.create(refs.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  await client.delete(configurations, { name: 'guard' });
  await until('the webhook is gone', async () => ((await attempt()) === 'admitted' ? true : undefined));
});

test('a webhook with a ready pod behind its Service agrees, and one that may be ignored never refuses', async () => {
  await configure();
  await until('the webhook is in force', async () => ((await attempt()) === 'admitted' ? undefined : true));
  await client.create(
    { group: '', version: 'v1', resource: 'services' },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'guard', namespace: 'default' },
      spec: { selector: { app: 'guard' }, ports: [{ port: 443 }] },
    },
  );
  await until('its Service has no pod', async () =>
    (await attempt()).includes('no endpoints available') ? true : undefined,
  );
  await client.create(refs.pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'guard', namespace: 'default', labels: { app: 'guard' } },
    spec: { containers: [{ name: 'guard', image: 'example.com/guard:1' }] },
  });
  await until('its pod is ready', async () => ((await attempt()) === 'admitted' ? true : undefined));
  await client.delete(configurations, { name: 'guard' });
  await configure({
    failurePolicy: 'Ignore',
    clientConfig: { service: { namespace: 'default', name: 'nowhere' } },
  });
  expect(await attempt()).toBe('admitted');
});
