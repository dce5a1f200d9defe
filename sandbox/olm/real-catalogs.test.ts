import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { isCopied } from './api.ts';
import { csvMetadataOf } from './catalog/manifests.ts';
import { actions } from './testing/actions.ts';
import { haveRecordings, sharedPath } from './testing/recordings.ts';
import { type TestCluster, testCluster } from './testing/test-cluster.ts';

/** How each default channel ended on a real API server with real OLM, which serves no v1beta1 CRDs any more. */
const succeeded = ['cert-manager', 'cockroachdb', 'keycloak-operator', 'kiali', 'strimzi-kafka-operator'];
const failed = [
  'akka-cluster-operator',
  'argocd-operator',
  'cloud-native-postgresql',
  'etcd',
  'grafana-operator',
  'jaeger',
  'minio-operator',
  'postgresql',
  'prometheus',
];

describe.skipIf(!haveRecordings)('real catalogs', () => {
  let folder: string;
  let cluster: TestCluster;
  let does: ReturnType<typeof actions>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'olm-real-'));
    await cp(sharedPath('catalogs/community-v1'), folder, { recursive: true });
    cluster = await testCluster({ catalogs: { hub: folder }, bundles: [sharedPath('catalogs/bundles')] });
    does = actions(cluster.olm);
    const content = cluster.catalogs[0]?.content;
    for (const owner of content?.packages.values() ?? []) {
      const head = owner.channels.get(owner.defaultChannel)?.head ?? '';
      const bundle = owner.bundles.get(head);
      const modes = (bundle && csvMetadataOf(bundle).installModes) ?? [];
      const everywhere = modes.some(({ type, supported }) => type === 'AllNamespaces' && supported);
      await does.namespace(owner.name);
      // At this speed the usual deadline is seconds, too few for all these bundles on a busy machine.
      const patient = { 'operatorframework.io/bundle-unpack-timeout': '5h' };
      await does.group(owner.name, everywhere ? [] : [owner.name], 'group', patient);
      await does.subscribe(owner.name, owner.name, { channel: owner.defaultChannel });
    }
  });
  afterAll(async () => {
    cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const own = (namespace: string) => cluster.olm.csvs.list(namespace).filter((csv) => !isCopied(csv));

  test.each(succeeded)(
    '%s succeeds',
    async (name) => {
      await until(
        `${name} has succeeded`,
        () => own(name).some(({ status }) => status?.phase === 'Succeeded'),
        60_000,
      );
      await does.settled(name, name);
    },
    70_000,
  );

  test.each(failed)(
    '%s fails on its v1beta1 CRDs',
    async (name) => {
      const plan = await until(
        `the plan of ${name} has failed`,
        () => cluster.olm.installPlans.list(name).find(({ status }) => status?.phase === 'Failed'),
        60_000,
      );
      expect(plan.status?.message).toContain(
        'apiextensions.k8s.io/v1beta1, Kind=CustomResourceDefinition not found',
      );
      expect(own(name).map(({ status }) => status?.phase)).toEqual(['Pending']);
      expect(cluster.olm.subscriptions.get(`${name}/${name}`)?.status?.state).toBe('AtLatestKnown');
    },
    70_000,
  );

  test('the newer catalog brings kiali 1.35.0 and 1.36.0, cockroachdb 5.0.4 and strimzi 0.24.0 by itself', async () => {
    await cp(sharedPath('catalogs/community-v2'), folder, { recursive: true, force: true });
    await cluster.catalogs[0]?.reload(() => undefined);
    for (const [name, csv] of [
      ['kiali', 'kiali-operator.v1.36.0'],
      ['cockroachdb', 'cockroachdb.v5.0.4'],
      ['strimzi-kafka-operator', 'strimzi-cluster-operator.v0.24.0'],
    ] as const) {
      await until(
        `${csv} has succeeded`,
        () => {
          const [only, ...others] = own(name);
          return others.length === 0 && only?.metadata.name === csv && only.status?.phase === 'Succeeded';
        },
        60_000,
      );
    }
    const generations = cluster.olm.installPlans
      .list('kiali')
      .map(({ spec }) => spec.clusterServiceVersionNames[0]);
    expect(generations.sort()).toEqual([
      'kiali-operator.v1.34.0',
      'kiali-operator.v1.35.0',
      'kiali-operator.v1.36.0',
    ]);
  }, 120_000);
});
