import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubeError } from '@/lib/kube/errors';
import { artifacts, artifactVersions } from '@/lib/packages/refs';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { installedOperatorListSchema } from '../installed-contract';
import { getOperator } from './get-operator';
import { getOperatorRights } from './get-operator-rights';
import { listInstalledOperators } from './list-installed-operators';
import { listOperators } from './list-operators';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
});
afterAll(() => sandbox?.stop());

const harbor = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'harbor-ce-operator' };

describe('the operators that a cluster runs', () => {
  test('are one row per Subscription, without the copies of cluster-wide ones', async () => {
    const { items, partial } = await listInstalledOperators(sandbox.context('viewer'));
    expect(partial).toEqual([]);
    const row = items.filter(({ operator }) => operator?.name === 'harbor-ce-operator');
    expect(row).toMatchObject([
      {
        kind: 'Subscription',
        namespace: 'harbor-ce-operator',
        displayName: 'Alauda Build of Harbor',
        status: 'Upgrade available',
        installedVersion: '2.12.10',
        newVersion: '2.12.11',
        channel: 'stable',
        approval: 'Manual',
        offered: true,
        watches: [],
        stuck: { key: 'waitsForApproval' },
      },
    ]);
    expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length);
  });

  test('say in a sentence why one is stuck', async () => {
    const { items } = await eventually(
      () => listInstalledOperators(sandbox.context('admin')),
      (answer) => answer.items.some(({ stuck }) => stuck?.key === 'deploymentImagePull'),
    );
    const stuck = items.find(({ operator }) => operator?.name === 'log-archiver-operator')?.stuck;
    expect(stuck).toMatchObject({
      key: 'deploymentImagePull',
      values: { image: 'registry.example.com/platform/log-archiver:1.4.0' },
      says: { kind: 'Pod' },
    });
    expect(installedOperatorListSchema.safeParse({ items, partial: [] }).error).toBeUndefined();
  });

  test('are those of one namespace for who may read only that', async () => {
    const refusal = listInstalledOperators(sandbox.context('operator'));
    await expect(refusal).rejects.toBeInstanceOf(KubeError);
    await expect(refusal).rejects.toMatchObject({ status: 403 });
    const { items, partial } = await listInstalledOperators(sandbox.context('operator'), {
      namespace: 'team-a',
    });
    expect(partial).toEqual([]);
    expect(items.map(({ operator, namespace }) => `${namespace}/${operator?.name}`)).toEqual([
      'team-a/prometheus',
    ]);
  });

  test('are closed to nobody', async () => {
    await expect(listInstalledOperators(sandbox.context('nobody'))).rejects.toMatchObject({ status: 403 });
  });
});

describe('the rights of an operator', () => {
  test('are told by what runs', async () => {
    const { items } = await getOperatorRights(sandbox.context('viewer'), harbor);
    expect(items.length).toBeGreaterThan(0);
    expect(items.some(({ sentences }) => sentences.length > 0)).toBe(true);
  });

  test('are told by the plan before it is approved', async () => {
    const sonarqube = { ...harbor, name: 'sonarqube-ce-operator' };
    const { items } = await getOperatorRights(sandbox.context('admin'), sonarqube);
    expect(items).toMatchObject([
      { toldBy: 'InstallPlan', clusterServiceVersion: 'sonarqube-ce-operator.v2025.1.1' },
    ]);
    expect(items[0]?.sentences.length).toBeGreaterThan(0);
  });

  test('are not known of what nobody has subscribed to', async () => {
    const jaeger = { ...harbor, name: 'jaeger' };
    expect((await getOperatorRights(sandbox.context('admin'), jaeger)).items).toEqual([]);
  });
});

describe('an operator that is known and not uploaded', () => {
  const connectors = { ...harbor, name: 'connectors-operator' };

  test('is in the catalogue as Absent, with what its upload needs', async () => {
    const { items, partial } = await listOperators(sandbox.context('viewer'));
    expect(partial).toEqual([]);
    expect(items.find(({ name }) => name === 'connectors-operator')).toMatchObject({
      displayName: 'Alauda DevOps Connectors',
      source: 'Alauda',
      status: 'Absent',
      absent: { tag: 'v1.1.0', platformAddress: sandbox.url },
    });
    expect(await getOperator(sandbox.context('viewer'), connectors)).toMatchObject({
      status: 'Absent',
      channels: [],
      subscriptions: [],
      absent: { tag: 'v1.1.0' },
    });
  });

  test('is kept from nobody, and from who reads one namespace only', async () => {
    await expect(getOperator(sandbox.context('nobody'), connectors)).rejects.toMatchObject({ status: 403 });
    const { items } = await listOperators(sandbox.context('operator'), { namespace: 'team-a' });
    expect(items.filter(({ status }) => status === 'Absent')).toEqual([]);
  });

  test('says since when an upload of it is being synchronised', async () => {
    const { kube } = sandbox.context('admin');
    const namespace = 'cpaas-system';
    const spec = {
      artifactVersionSelector: {},
      displayName: 'Connectors',
      imagePullSecrets: [],
      present: true,
      registry: 'registry.alauda.cn:60080',
      repository: 'devops/connectors-operator-bundle',
      type: 'bundle',
    };
    const metadata = { name: 'connectors-operator', namespace, labels: { 'cpaas.io/library': 'platform' } };
    await kube.create(
      artifacts,
      { apiVersion: 'app.alauda.io/v1alpha1', kind: 'Artifact', metadata, spec },
      { namespace },
    );
    await kube.create(
      artifactVersions,
      {
        apiVersion: 'app.alauda.io/v1alpha1',
        kind: 'ArtifactVersion',
        metadata: {
          name: 'connectors-operator.v1.1.0',
          namespace,
          labels: { 'cpaas.io/artifact-version': 'connectors-operator' },
        },
        spec: { present: true, tag: 'v1.1.0' },
      },
      { namespace },
    );
    // Without an owner the platform refuses it; until then it is on its way.
    const operator = await eventually(
      () => getOperator(sandbox.context('viewer'), connectors),
      ({ absent }) => absent?.failure !== undefined || absent?.synchronisingSince !== undefined,
    );
    expect(operator.absent?.failure ?? operator.absent?.synchronisingSince).toBeTruthy();
  });
});
