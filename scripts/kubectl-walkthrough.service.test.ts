import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectlVersion, runKubectl } from './lib/kubectl.mjs';
import { startSandbox, stopAll } from './lib/processes.mjs';
import { walkThrough } from './lib/walkthrough.mjs';

const version = kubectlVersion();
if (!version)
  process.stderr.write('kubectl-walkthrough.service.test.ts: kubectl is not installed, nothing is tried\n');

let folder: string;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  if (!version) return;
  folder = await mkdtemp(join(tmpdir(), 'walkthrough-'));
  sandbox = await startSandbox({
    SANDBOX_PORT: '0',
    SANDBOX_DIR: folder,
    SANDBOX_STATE: 'fresh',
    SANDBOX_SPEED: '20',
  });
});
afterAll(async () => {
  if (!version) return;
  await stopAll([sandbox.child]);
  await rm(folder, { recursive: true, force: true });
});

/** What kubectl printed; a failure is told with what it said. */
async function kubectl(args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await runKubectl(sandbox.kubeconfig, args, input);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe.skipIf(!version)('kubectl', () => {
  test('installs operators and plugins as the product document says, and prints what it says', async () => {
    const { commands, differences } = await walkThrough(sandbox.kubeconfig, () => undefined);
    expect(differences).toEqual([]);
    expect(commands).toBe(25);
  });

  test('creates and applies what stands in a List, as `kubectl get -o yaml` writes it', async () => {
    const items = ['one', 'two'].map((name) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `listed-${name}`, namespace: 'default' },
    }));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    expect(await kubectl(['create', '-f', '-'], list)).toContain('configmap/listed-two created');
    const read = await kubectl([
      'get',
      'configmaps',
      'listed-one',
      'listed-two',
      '-n',
      'default',
      '-o',
      'yaml',
    ]);
    expect(await kubectl(['apply', '-f', '-'], read)).toContain('configmap/listed-one configured');
  });

  test.each(['mplugin', 'mconfig', 'minfo', 'clsm', 'prdb'])('knows the short name %s', async (name) => {
    await expect(kubectl(['get', name])).resolves.toBeTypeOf('string');
  });

  test('finds on workload clusters none of the plugin kinds but their own', async () => {
    const business = (...args: string[]) => kubectl(['--context', 'business', ...args]);
    await expect(business('get', 'moduleinfo')).rejects.toThrow(/doesn't have a resource type/);
    await expect(business('get', 'clusterplugininstances')).resolves.toBe('');
    await expect(business('get', 'artifacts', '-n', 'cpaas-system', '-o', 'name')).resolves.toContain(
      'artifact.app.alauda.io/harbor-ce-operator',
    );
  });

  test('explains the kinds of OLM and of the platform, served by CRDs or by another program', async () => {
    expect(await kubectl(['explain', 'packagemanifest.status.channels'])).toContain('currentCSVDesc');
    expect(await kubectl(['explain', 'subscription.spec.startingCSV'])).toContain('FIELD: startingCSV');
    expect(await kubectl(['explain', 'moduleinfo.spec.version'])).toContain('FIELD: version');
  });

  test('is refused a second installation in words', async () => {
    const labels = {
      'cpaas.io/cluster-name': 'business',
      'cpaas.io/module-name': 'gpu-device-plugin',
      'cpaas.io/module-type': 'plugin',
    };
    const metadata = { name: 'again', labels };
    const object = {
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModuleInfo',
      metadata,
      spec: { version: 'v4.0.15' },
    };
    await expect(kubectl(['create', '--validate=false', '-f', '-'], JSON.stringify(object))).rejects.toThrow(
      /gpu-device-plugin is already installed on cluster business/,
    );
  });

  test('sees an uninstallation end when the finalizer has gone', async () => {
    const selected = ['moduleinfo', '-l', 'cpaas.io/module-name=web-cli'];
    await kubectl(['delete', ...selected, '--wait', '--timeout=30s']);
    expect(await kubectl(['get', ...selected, '-o', 'name'])).toBe('');
  });
});
