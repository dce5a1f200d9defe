import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox.ts';
import { readSettings } from '../../settings.ts';

const run = promisify(execFile);
const installed = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!installed)
  process.stderr.write('kubectl.service.test.ts: kubectl is not installed, its commands are not tried\n');

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  if (!installed) return;
  folder = await mkdtemp(join(tmpdir(), 'plugins-'));
  const environment = { SANDBOX_PORT: '0', SANDBOX_DIR: folder, SANDBOX_STATE: 'fresh', SANDBOX_SPEED: '20' };
  sandbox = await startSandbox(readSettings(environment));
});
afterAll(async () => {
  await sandbox?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function kubectl(...words: string[]): Promise<string> {
  const { stdout } = await run('kubectl', ['--kubeconfig', sandbox.kubeconfig, ...words]);
  return stdout;
}

async function apply(yaml: string): Promise<string> {
  const file = join(folder, 'applied.yaml');
  await writeFile(file, yaml);
  return kubectl('apply', '-f', file);
}

/** The cells of a printed table, header first. An empty cell stays one: kubectl pads columns to a common width. */
function cells(table: string): string[][] {
  const lines = table.trimEnd().split('\n');
  const starts = [...(lines[0] ?? '').matchAll(/\S+/g)].map((it) => it.index);
  return lines.map((line) => starts.map((start, column) => line.slice(start, starts[column + 1]).trim()));
}

async function runningInfo(selector: string): Promise<string[][]> {
  const until = Date.now() + 30_000;
  for (;;) {
    const table = cells(await kubectl('get', 'moduleinfo', '-l', selector));
    if (table[1]?.[4] === 'Running' || Date.now() > until) return table;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const header = [
  'NAME',
  'CLUSTER',
  'MODULE',
  'DISPLAY_NAME',
  'STATUS',
  'TARGET_VERSION',
  'CURRENT_VERSION',
  'NEW_VERSION',
];

// The commands of the chapter "Cluster Plugin" of the product document, in its order.
describe.skipIf(!installed)('the product document’s commands', () => {
  test.each([
    ['web-cli', 'web-cli-v4.0.4'],
    ['gpu-device-plugin', 'gpu-device-plugin-v4.0.15'],
  ])('check the available versions of %s', async (name, config) => {
    const age = expect.stringMatching(/^\d+\w+$/);
    expect(cells(await kubectl('get', 'moduleplugins', name))).toEqual([
      ['NAME', 'AGE'],
      [name, age],
    ]);
    const list = await kubectl('get', 'moduleconfigs', '-l', `cpaas.io/module-name=${name}`);
    expect(cells(list)).toEqual([
      ['NAME', 'AGE'],
      [config, age],
    ]);
    expect(await kubectl('get', 'moduleconfigs', config, '-oyaml')).toContain(`\n  name: ${config}\n`);
  });

  test('a plugin without configuration is installed on global', async () => {
    const yaml = await kubectl('get', 'moduleconfigs', 'web-cli-v4.0.4', '-oyaml');
    expect(yaml).toContain(
      '  affinity:\n    clusterAffinity:\n      matchLabels:\n        is-global: "true"\n',
    );
    expect(yaml).toContain('\n  config: {}\n');
    expect(yaml).toContain('\n  version: v4.0.4\n');
    await apply(`
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  labels:
    cpaas.io/cluster-name: global
    cpaas.io/module-name: web-cli
    cpaas.io/module-type: plugin
  name: global-temporary-name
spec:
  config: {}
  version: v4.0.4
`);
    const name = 'global-ee98c9991ea1464aaa8054bdacbab313';
    expect(await runningInfo('cpaas.io/module-name=web-cli')).toEqual([
      header,
      [name, 'global', 'web-cli', 'web-cli', 'Running', 'v4.0.4', 'v4.0.4', 'v4.0.4'],
    ]);
  });

  test('a plugin with configuration is installed on business', async () => {
    await apply(`
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  labels:
    cpaas.io/cluster-name: business
    cpaas.io/module-name: gpu-device-plugin
    cpaas.io/module-type: plugin
  name: business-temporary-name
spec:
  config:
    custom:
      mps_enable: false
      pgpu_enable: true
      vgpu_enable: true
  version: v4.0.15
`);
    const plugin = 'gpu-device-plugin';
    const name = 'business-c5b03393776ecd3d02e6590f4c1c07b8';
    expect(await runningInfo(`cpaas.io/module-name=${plugin}`)).toEqual([
      header,
      [name, 'business', plugin, plugin, 'Running', 'v4.0.15', 'v4.0.15', 'v4.0.15'],
    ]);
    const config = await kubectl('get', 'moduleinfo', name, '-o', 'jsonpath={.spec.config}');
    expect(JSON.parse(config)).toEqual({
      custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true },
    });
  });

  test('an uninstall ends when the finalizer has gone', async () => {
    await kubectl('delete', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '--wait', '--timeout=30s');
    expect(await kubectl('get', 'moduleinfo', '-l', 'cpaas.io/module-name=web-cli', '-o', 'name')).toBe('');
  });
});

describe.skipIf(!installed)('what else a person tries', () => {
  test.each(['mplugin', 'mconfig', 'minfo', 'clsm', 'prdb'])('the short name %s', async (name) => {
    await expect(kubectl('get', name)).resolves.toBeTypeOf('string');
  });

  test('workload clusters serve none of the plugin kinds but their own', async () => {
    await expect(kubectl('--context', 'business', 'get', 'moduleinfo')).rejects.toThrow(
      /doesn't have a resource type/,
    );
    await expect(kubectl('--context', 'business', 'get', 'clusterplugininstances')).resolves.toBe('');
    await expect(
      kubectl('--context', 'business', 'get', 'artifacts', '-n', 'cpaas-system', '-o', 'name'),
    ).resolves.toContain('artifact.app.alauda.io/harbor-ce-operator');
  });

  test('a second installation is refused in words', async () => {
    const second = apply(`
apiVersion: cluster.alauda.io/v1alpha1
kind: ModuleInfo
metadata:
  name: again
  labels:
    cpaas.io/cluster-name: business
    cpaas.io/module-name: gpu-device-plugin
    cpaas.io/module-type: plugin
spec:
  version: v4.0.15
`);
    await expect(second).rejects.toThrow(/gpu-device-plugin is already installed on cluster business/);
  });
});
