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
  });

  test('creates what it sends as protobuf', async () => {
    await ok('create', 'namespace', 'more');
    await ok('-n', 'more', 'create', 'configmap', 'settings', '--from-literal=a=b');
    await ok('-n', 'more', 'create', 'role', 'reader', '--verb=get', '--resource=pods');
    await ok('-n', 'more', 'create', 'rolebinding', 'readers', '--role=reader', '--user=jane');
    expect(await ok('-n', 'more', 'auth', 'can-i', 'get', 'pods', '--as=jane')).toContain('yes');
    expect(
      (await served.kubectl('-n', 'more', 'auth', 'can-i', 'delete', 'pods', '--as=jane')).output,
    ).toContain('no');
  });

  test('explains fields and refuses unknown ones', async () => {
    expect(await ok('explain', 'deployment.spec.replicas')).toContain('Number of desired pods');
    const file = path.join(path.dirname(served.kubeconfig), 'bad.yaml');
    await writeFile(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\nbogus: 1\n');
    expect((await served.kubectl('apply', '-f', file)).output).toContain('unknown field "bogus"');
  });

  test('deletes a namespace with all that is in it', async () => {
    await ok('delete', 'namespace', 'web', '--timeout=25s');
    expect(await ok('get', 'pods', '-A')).toContain('No resources found');
  });
});
