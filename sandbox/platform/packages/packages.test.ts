import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalogs } from '../../olm/open-catalogs.ts';
import { clusterApiVersion, type ModuleConfig, refs as pluginRefs } from '../plugins/api.ts';
import { type TestPlatform, testPlatform, until } from '../testing.ts';
import { type Artifact, type ArtifactVersion, appApiVersion, refs } from './api.ts';
import type { KnownPackage, ProductBase } from './product-base.ts';

const stop = new AbortController();
const namespace = 'cpaas-system';
let platform: TestPlatform;
beforeAll(async () => {
  const { signal } = stop;
  platform = await testPlatform(signal, await openCatalogs({ signal }));
});
afterAll(() => stop.abort());

const artifact = (name: string): Artifact => ({
  apiVersion: appApiVersion,
  kind: 'Artifact',
  metadata: { name, namespace, labels: { 'cpaas.io/library': 'platform', 'cpaas.io/type': 'bundle' } },
  spec: {
    artifactVersionSelector: { matchLabels: { 'cpaas.io/artifact-version': name } },
    present: true,
    registry: 'registry.alauda.cn',
    repository: `devops/${name}-bundle`,
    type: 'bundle',
  },
});

const version = (name: string, tag: string, owner?: Artifact): ArtifactVersion => ({
  apiVersion: appApiVersion,
  kind: 'ArtifactVersion',
  metadata: {
    name: `${name}.${tag}`,
    namespace,
    ...(owner
      ? {
          ownerReferences: [
            { apiVersion: appApiVersion, kind: 'Artifact', name, uid: owner.metadata.uid ?? '' },
          ],
        }
      : {}),
  },
  spec: { present: true, tag },
});

const known = async (
  name: string,
  packageType: string,
  fulfils: (it: KnownPackage | undefined) => boolean,
) => {
  const find = (base: ProductBase | undefined) =>
    base?.status?.artifacts?.find((it) => it.name === name && it.packageType === packageType);
  return find(
    await until<ProductBase>(platform.global, refs.productBases, { name: 'base' }, (base) =>
      fulfils(find(base)),
    ),
  );
};

describe('an uploaded operator', () => {
  test.each(['global', 'business', 'edge'])('of the catalog is Present on %s', async (cluster) => {
    const key = { namespace, name: 'harbor-ce-operator.v2.12.10' };
    const { status } = await platform
      .cluster(cluster)
      .client.get<ArtifactVersion>(refs.artifactVersions, key);
    expect(status).toEqual({
      phase: 'Present',
      reason: 'Success',
      message: '',
      name: 'harbor-ce-operator',
      type: 'bundle',
      version: 'harbor-ce-operator.v2.12.10',
    });
  });

  test('without an owner has failed', async () => {
    await platform.global.client.create(refs.artifactVersions, version('stray-operator', 'v1.0.0'));
    const key = { namespace, name: 'stray-operator.v1.0.0' };
    const stray = await until<ArtifactVersion>(
      platform.global,
      refs.artifactVersions,
      key,
      (it) => it?.status?.phase === 'Failed',
    );
    expect(stray?.status?.reason).toBe('aritfactVersion not have OwnerReference');
  });

  test('takes its versions along when it is deleted', async () => {
    const { client } = platform.global;
    const owner = await client.create(refs.artifacts, artifact('gone-operator'));
    await client.create(refs.artifactVersions, version('gone-operator', 'v1.0.0', owner));
    await client.delete(refs.artifacts, { namespace, name: 'gone-operator' });
    const key = { namespace, name: 'gone-operator.v1.0.0' };
    await until(platform.global, refs.artifactVersions, key, (it) => it === undefined);
  });
});

describe('the platform’s list of packages', () => {
  test.each([
    ['harbor-ce-operator', 'OperatorBundle', 'Present'],
    ['connectors-operator', 'OperatorBundle', 'Absent'],
    ['web-cli', 'ModulePlugin', 'Present'],
    ['etcd-sync', 'ModulePlugin', 'Absent'],
    ['harbor-robot-gen', 'ModulePlugin', 'Absent'],
  ])('has %s (%s) as %s', async (name, type, status) => {
    const found = await known(name, type, (it) => it !== undefined);
    expect(found?.channels.map((it) => it.artifactStatus)).toContain(status);
    expect(found?.channels.filter((it) => it.default)).toHaveLength(1);
  });

  test('names each package of a kind once', async () => {
    const base = await platform.global.client.get<ProductBase>(refs.productBases, { name: 'base' });
    const names = (base.status?.artifacts ?? []).map((it) => `${it.packageType} ${it.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('follows when a plugin is uploaded', async () => {
    const { client } = platform.global;
    await client.create<ModuleConfig>(pluginRefs.moduleConfigs, {
      apiVersion: clusterApiVersion,
      kind: 'ModuleConfig',
      metadata: { name: 'etcd-sync-v4.2.0', labels: { 'cpaas.io/module-name': 'etcd-sync' } },
      spec: { name: 'etcd-sync', version: 'v4.2.0', description: {}, logo: '', deleteable: true },
    });
    await known('etcd-sync', 'ModulePlugin', (it) => it?.channels[0]?.artifactStatus === 'Present');
  });
});

test('charts stand in the public repository', async () => {
  const { items } = await platform.global.client.list(refs.charts, { namespace });
  expect(items.map(({ metadata }) => metadata.name)).toContain('nginx.public-charts');
});
