import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasKubectl, type ServedCluster, serveCluster } from './served-cluster.ts';

const installed = await hasKubectl();
let served: ServedCluster;

const manifest = `
apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1' }] }
`;

test.skipIf(installed)('no kubectl of version 1.25 or later is installed', () => undefined);

describe.skipIf(!installed)('kubectl', () => {
  beforeAll(async () => {
    served = await serveCluster();
  });
  afterAll(() => served.close());

  const ok = async (...args: string[]) => {
    const { code, output } = await served.kubectl(...args);
    expect(code, output).toBe(0);
    return output;
  };

  test('applies a manifest once and finds it unchanged the second time', async () => {
    const file = path.join(path.dirname(served.kubeconfig), 'web.yaml');
    await writeFile(file, manifest);
    expect(await ok('apply', '-f', file)).toContain('deployment.apps/web created');
    expect(await ok('apply', '-f', file)).toContain('deployment.apps/web unchanged');
    expect(await ok('apply', '--server-side', '--force-conflicts', '-f', file)).toContain(
      'serverside-applied',
    );
  });

  test('waits for a rollout and shows its objects', async () => {
    await ok('-n', 'web', 'rollout', 'status', 'deploy/web', '--timeout=20s');
    expect(await ok('-n', 'web', 'get', 'deploy,rs,pods')).toMatch(/deployment\.apps\/web\s+2\/2\s+2\s+2/);
    expect(await ok('-n', 'web', 'wait', '--for=condition=Available', 'deploy/web')).toContain(
      'condition met',
    );
    expect(await ok('-n', 'web', 'describe', 'deploy', 'web')).toContain('MinimumReplicasAvailable');
  });

  test('scales, patches, labels and sets an image', async () => {
    await ok('-n', 'web', 'scale', 'deploy/web', '--replicas=1');
    await ok('-n', 'web', 'label', 'deploy/web', 'tier=front');
    await ok('-n', 'web', 'set', 'image', 'deploy/web', 'web=example.com/web:2');
    await ok('-n', 'web', 'patch', 'deploy', 'web', '--type=merge', '-p', '{"spec":{"minReadySeconds":1}}');
    const shown = await ok(
      '-n',
      'web',
      'get',
      'deploy',
      'web',
      '-o',
      'jsonpath={.spec.replicas} {.metadata.labels.tier} {..image}',
    );
    expect(shown).toBe('1 front example.com/web:2');
    await ok('-n', 'web', 'rollout', 'undo', 'deploy/web');
    await ok('-n', 'web', 'rollout', 'status', 'deploy/web', '--timeout=20s');
    const sets = await ok('-n', 'web', 'get', 'rs', '-o', 'jsonpath={.items[*].spec.replicas}');
    expect(sets.split(' ').sort()).toEqual(['0', '1']);
    expect(await ok('-n', 'web', 'rollout', 'history', 'deploy/web')).toMatch(/2 +<none>\n3 +<none>/);
  });

  test('creates what it sends as protobuf', async () => {
    await ok('create', 'namespace', 'more');
    const create = (...args: string[]) => ok('-n', 'more', 'create', ...args);
    await create('configmap', 'settings', '--from-literal=a=b');
    await create('secret', 'generic', 'hidden', '--from-literal=a=b');
    await create('serviceaccount', 'robot');
    await create(
      'quota',
      'team',
      '--hard=pods=5,requests.cpu=2,count/jobs.batch=3',
      '--scopes=NotBestEffort',
    );
    await create('deployment', 'web', '--image=example.com/web:1', '--replicas=2', '--port=80');
    await create('service', 'clusterip', 'web', '--tcp=80:8080');
    await create('job', 'once', '--image=example.com/run:1', '--', 'date');
    await create('cronjob', 'often', '--image=example.com/run:1', '--schedule=*/5 * * * *');
    await create('ingress', 'web', '--rule=example.com/*=web:80,tls=certificate');
    await create('poddisruptionbudget', 'web', '--selector=app=web', '--min-available=50%');
    await create('priorityclass', 'high', '--value=10');
    expect(await create('token', 'robot')).toMatch(/^sandbox-/);
    await ok('-n', 'more', 'run', 'single', '--image=example.com/web:1');
    await ok('-n', 'more', 'autoscale', 'deployment', 'web', '--max=3');
    const shown = await ok(
      ...['-n', 'more', 'get', 'quota,ingress,hpa', '-o'],
      'jsonpath={.items[*].spec.hard.requests\\.cpu} {.items[*].spec.rules[0].http.paths[0].backend.service.port.number} {.items[*].spec.maxReplicas}',
    );
    expect(shown).toBe('2 80 3');
    await ok('-n', 'more', 'create', 'role', 'reader', '--verb=get', '--resource=pods');
    await ok('-n', 'more', 'create', 'rolebinding', 'readers', '--role=reader', '--user=jane');
    expect(await ok('-n', 'more', 'auth', 'can-i', 'get', 'pods', '--as=jane')).toContain('yes');
    expect(
      (await served.kubectl('-n', 'more', 'auth', 'can-i', 'delete', 'pods', '--as=jane')).output,
    ).toContain('no');
  }, 60_000);

  test('explains fields and refuses unknown ones', async () => {
    expect(await ok('explain', 'deployment.spec.replicas')).toContain('Number of desired pods');
    const file = path.join(path.dirname(served.kubeconfig), 'bad.yaml');
    await writeFile(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\nbogus: 1\n');
    expect((await served.kubectl('apply', '-f', file)).output).toContain('unknown field "bogus"');
  });

  test('deletes a namespace with all that is in it', async () => {
    await ok('delete', 'namespace', 'web', '--timeout=25s');
    expect(await ok('-n', 'web', 'get', 'pods')).toContain('No resources found');
  });
});
