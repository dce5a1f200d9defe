import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { type PackedFolder, packFolder } from './testing/packed-folder';
import { administrator, bundledViolet, type Violet } from './testing/violet';

let folder: string;
let violet: Violet;
let packed: PackedFolder;
let sandbox: Sandbox;
let account: string[];
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'violet-'));
  // A search path without docker-registry.
  const starting = startSandbox({ SANDBOX_STATE: 'lived-in', PATH: folder });
  [violet, sandbox] = await Promise.all([bundledViolet(folder), starting]);
  packed = await packFolder(violet, folder);
  ({ account, env } = await administrator(sandbox, folder));
});
afterAll(async () => {
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

const versions = { group: 'app.alauda.io', version: 'v1alpha1', resource: 'artifactversions' };

describe('a platform at work, whose registry is a folder because docker-registry is missing', () => {
  test('list prints what is installed and writes it to a file', async () => {
    const file = join(folder, 'apps.yaml');
    const { out, err, status } = await violet(['list', ...account, '--output-file', file], { env });
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(await readFile(file, 'utf8')).toBe(out);
    const { applications } = parse(out);
    const found = Object.values<{ type: string; installed: { clusterName: string; version: string }[] }>(
      applications,
    );
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['OperatorBundle', 'ModulePlugin']));
    const places = found.flatMap(({ installed }) => installed);
    expect(places.filter(({ clusterName, version }) => !clusterName || !version)).toEqual([]);
    // Core plugins are upgraded with their cluster.
    expect(applications).not.toHaveProperty('alb');
  });

  test('push puts images into the folder, and a second one finds them there', async () => {
    const first = await violet(['push', packed.operator, ...account], { env });
    expect({ err: first.err, status: first.status }).toEqual({ err: '', status: 0 });
    const { data } = await sandbox
      .context('admin')
      .global.get<KubeObject & { data: Record<string, string> }>(
        { group: '', version: 'v1', resource: 'configmaps' },
        'global-info',
        { namespace: 'kube-public' },
      );
    const { manifests } = JSON.parse(await readFile(join(data.registryLayout ?? '', 'index.json'), 'utf8'));
    expect(manifests.map((it: { digest: string }) => it.digest)).toContain(packed.digest);
    expect((await violet(['push', packed.operator, ...account], { env })).out).not.toMatch(
      / (sent|pushed|created)\n/,
    );
    await eventually(
      () =>
        sandbox
          .context('admin', 'global')
          .kube.get<KubeObject & { status?: { phase?: string } }>(versions, 'opensearch-operator.v3.14.2', {
            namespace: 'cpaas-system',
          }),
      ({ status }) => status?.phase === 'Present',
    );
  });
});
