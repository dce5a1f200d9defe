import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalogs } from '../../olm/open-catalogs.ts';
import { ImageRegistry } from '../../registry/image-registry.ts';
import { MemoryRegistry } from '../../registry/testing.ts';
import {
  clusterApiVersion,
  type ModuleConfig,
  type ModulePlugin,
  refs as pluginRefs,
} from '../plugins/api.ts';
import { type TestPlatform, testPlatform, until } from '../testing.ts';
import { type Artifact, type ArtifactVersion, appApiVersion, refs } from './api.ts';

const namespace = 'cpaas-system';
const stop = new AbortController();
const registry = new MemoryRegistry();
let platform: TestPlatform;
beforeAll(async () => {
  const { signal } = stop;
  platform = await testPlatform(signal, await openCatalogs({ signal }), new ImageRegistry(registry));
});
afterAll(() => stop.abort());

/** The files of a bundle image. */
function bundle(name: string, version: string, replaces?: string): Record<string, string> {
  return {
    'metadata/annotations.yaml': JSON.stringify({
      annotations: {
        'operators.operatorframework.io.bundle.package.v1': name,
        'operators.operatorframework.io.bundle.channels.v1': 'stable',
      },
    }),
    'manifests/csv.yaml': JSON.stringify({
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'ClusterServiceVersion',
      metadata: { name: `${name}.v${version}` },
      spec: { displayName: `The ${name}`, version, ...(replaces ? { replaces } : {}) },
    }),
  };
}

async function upload(name: string, tag: string): Promise<void> {
  const { client } = platform.global;
  const owner =
    (await client.find<Artifact>(refs.artifacts, { namespace, name })) ??
    (await client.create<Artifact>(refs.artifacts, {
      apiVersion: appApiVersion,
      kind: 'Artifact',
      metadata: { name, namespace, labels: { 'cpaas.io/library': 'platform' } },
      spec: {
        artifactVersionSelector: { matchLabels: { 'cpaas.io/artifact-version': name } },
        present: true,
        registry: registry.address,
        repository: `acp/${name}-bundle`,
        type: 'bundle',
      },
    }));
  const owners = [{ apiVersion: appApiVersion, kind: 'Artifact', name, uid: owner.metadata.uid ?? '' }];
  await client.create<ArtifactVersion>(refs.artifactVersions, {
    apiVersion: appApiVersion,
    kind: 'ArtifactVersion',
    metadata: { name: `${name}.${tag}`, namespace, ownerReferences: owners },
    spec: { present: true, tag },
  });
}

const settled = (name: string, phase: string) =>
  until<ArtifactVersion>(
    platform.global,
    refs.artifactVersions,
    { namespace, name },
    (it) => it?.status?.phase === phase,
  );

const offered = (cluster: string, name: string) =>
  platform.catalog(cluster, 'platform').content.packages.get(name);

test('an operator that was uploaded to one cluster is in the catalog of that cluster alone', async () => {
  registry.push('acp/first-operator-bundle', 'v1.0.0', bundle('first-operator', '1.0.0'));
  await upload('first-operator', 'v1.0.0');
  await settled('first-operator.v1.0.0', 'Pending');
  const { status } = (await settled('first-operator.v1.0.0', 'Present')) ?? {};
  expect(status).toEqual({
    phase: 'Present',
    reason: 'Success',
    message: '',
    name: 'first-operator',
    type: 'bundle',
    version: 'first-operator.v1.0.0',
  });
  await until<Artifact>(
    platform.global,
    refs.artifacts,
    { namespace, name: 'first-operator' },
    (it) => it?.status?.availableArtifactVersion === 1 && it.status.synced === true,
  );
  const found = offered('global', 'first-operator');
  expect(found?.defaultChannel).toBe('stable');
  expect(found?.bundles.get('first-operator.v1.0.0')?.image).toBe(
    'registry.test/acp/first-operator-bundle:v1.0.0',
  );
  expect(offered('business', 'first-operator')).toBeUndefined();
});

test.each([
  ['named-operator', 'named-operator.v1.0.0'],
  ['silent-operator', undefined],
])('a new version of %s becomes the head of its channel', async (name, replaces) => {
  registry.push(`acp/${name}-bundle`, 'v1.0.0', bundle(name, '1.0.0'));
  registry.push(`acp/${name}-bundle`, 'v1.1.0', bundle(name, '1.1.0', replaces));
  await upload(name, 'v1.0.0');
  await upload(name, 'v1.1.0');
  await settled(`${name}.v1.0.0`, 'Present');
  await settled(`${name}.v1.1.0`, 'Present');
  const channel = offered('global', name)?.channels.get('stable');
  expect(channel?.head).toBe(`${name}.v1.1.0`);
  expect(channel?.entries.get(`${name}.v1.1.0`)?.replaces).toBe(`${name}.v1.0.0`);
});

test('a version is offered no more when it was deleted', async () => {
  registry.push('acp/brief-operator-bundle', 'v1.0.0', bundle('brief-operator', '1.0.0'));
  await upload('brief-operator', 'v1.0.0');
  await settled('brief-operator.v1.0.0', 'Present');
  await platform.global.client.delete(refs.artifactVersions, { namespace, name: 'brief-operator.v1.0.0' });
  await expect.poll(() => offered('global', 'brief-operator')).toBeUndefined();
});

test('a version whose image is missing has failed, and is taken up when the image is there', async () => {
  await upload('late-operator', 'v1.0.0');
  const failed = await settled('late-operator.v1.0.0', 'Failed');
  expect(failed?.status?.message).toContain('late-operator-bundle:v1.0.0 is not in the platform');
  registry.push('acp/late-operator-bundle', 'v1.0.0', bundle('late-operator', '1.0.0'));
  await settled('late-operator.v1.0.0', 'Present');
});

test('a bundle without a package has failed with what is wrong', async () => {
  registry.push('acp/odd-operator-bundle', 'v1.0.0', { 'manifests/csv.yaml': '{}' });
  await upload('odd-operator', 'v1.0.0');
  const failed = await settled('odd-operator.v1.0.0', 'Failed');
  expect(failed?.status?.message).toContain('has no metadata/annotations.yaml');
});

test('a plugin that was uploaded gets a ModuleConfig with the forms of its chart', async () => {
  registry.push('acp/chart-first', 'v1.0.0', {
    'first/Chart.yaml': 'name: first',
    'first/scripts/plugin-config.yaml': JSON.stringify({
      supportedUpgradeVersions: '>= v0.9.0',
      config: { size: 1 },
      deployDescriptors: [{ path: 'size', 'x-descriptors': ['urn:alm:descriptor:com.tectonic.ui:number'] }],
    }),
  });
  await platform.global.client.create<ModulePlugin>(pluginRefs.modulePlugins, {
    apiVersion: clusterApiVersion,
    kind: 'ModulePlugin',
    metadata: {
      name: 'first',
      labels: { 'cpaas.io/module-name': 'first', 'cpaas.io/module-type': 'plugin' },
    },
    spec: {
      name: 'first',
      description: { en: 'First', zh: 'First' },
      logo: '',
      deleteable: true,
      mainChart: 'acp/chart-first',
      appReleases: [
        {
          name: 'first',
          chartVersions: [{ name: 'acp/chart-first', releaseName: 'first', version: 'v1.0.0' }],
        },
      ],
    },
  });
  const config = await until<ModuleConfig>(
    platform.global,
    pluginRefs.moduleConfigs,
    { name: 'first-v1.0.0' },
    (it) => it?.status?.readyForDeploy === true,
  );
  expect(config?.spec).toMatchObject({
    version: 'v1.0.0',
    supportedUpgradeVersions: '>= v0.9.0',
    config: { size: 1 },
    deployDescriptors: [{ path: 'size' }],
  });
});
