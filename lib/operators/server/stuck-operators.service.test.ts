import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MadeCatalog, makeCatalog, operatorImage } from '@/lib/testing/made-catalog';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { approveInstallPlan } from './approve-install-plan';
import { collectSupportBundle } from './collect-support-bundle';
import { diagnoseInstallation } from './diagnose-installation';
import { getOperator } from './get-operator';
import { clusterServiceVersions, installPlans, subscriptions } from './refs';
import { OLM, refOf, stuckOn } from './stuck-testing';

const quotas = { group: '', version: 'v1', resource: 'resourcequotas' };
const names = ['image', 'probe', 'node', 'quota'];
let made: MadeCatalog;
let sandbox: Sandbox;
let stuck: ReturnType<typeof stuckOn>;

beforeAll(async () => {
  made = await makeCatalog(names.map((name) => ({ package: name, version: '1.0.0' })));
  sandbox = await startSandbox({ ...made.environment, SANDBOX_FAULTS: '1' });
  stuck = stuckOn(sandbox);
});
afterAll(async () => {
  await sandbox?.stop();
  await made?.remove();
});

describe.concurrent('an operator that does not get up is told why, and runs once that is gone', () => {
  test('a requirement is missing: a CustomResourceDefinition', async () => {
    const { kube } = stuck.admin();
    await stuck.makeNamespace('needy');
    await stuck.addGroup('needy', 'group');
    await kube.create(
      clusterServiceVersions,
      {
        apiVersion: `${OLM}/v1alpha1`,
        kind: 'ClusterServiceVersion',
        metadata: { name: 'needy.v1.0.0', namespace: 'needy' },
        spec: {
          displayName: 'Needy',
          version: '1.0.0',
          installModes: [{ type: 'AllNamespaces', supported: true }],
          install: { strategy: 'deployment', spec: { deployments: [] } },
          customresourcedefinitions: {
            required: [{ name: 'companions.company.example.com', kind: 'Companion', version: 'v1' }],
          },
        },
      },
      { namespace: 'needy' },
    );
    const diagnosis = await eventually(
      () =>
        diagnoseInstallation(stuck.admin(), {
          kind: 'ClusterServiceVersion',
          namespace: 'needy',
          name: 'needy.v1.0.0',
        }),
      ({ key }) => key === 'requirementCrd',
      60_000,
    );
    expect(diagnosis).toMatchObject({
      values: { name: 'companions.company.example.com' },
      todo: 'requiredApi',
      says: { kind: 'ClusterServiceVersion' },
    });
  });

  test('the image of its Deployment can not be pulled, and can again', async () => {
    await stuck.images({ refuse: [operatorImage('image')] });
    await stuck.subscribe('image');
    const diagnosis = await stuck.told('deploymentImagePull', 'image');
    expect(diagnosis).toMatchObject({ says: { kind: 'Pod' }, values: { image: operatorImage('image') } });
    await stuck.images({ allow: [operatorImage('image')] });
    await stuck.runs('image');
  });

  test('the pod of its Deployment never gets ready; its log is shown', async () => {
    await stuck.images({ keepUnready: [operatorImage('probe')] });
    await stuck.subscribe('probe');
    const diagnosis = await stuck.told('deploymentProbe', 'probe');
    expect(diagnosis).toMatchObject({
      detail: expect.stringContaining('Readiness probe failed'),
      log: { container: 'manager', text: expect.stringContaining('runs no containers') },
    });
    await stuck.images({ allowReady: [operatorImage('probe')] });
    await stuck.runs('probe');
  });

  test('no node may run its pod', async () => {
    await stuck.makeNamespace('node');
    await stuck.subscribe('node', { approval: 'Manual' });
    const waiting = await stuck.told('waitsForApproval', 'node');
    const [plan] = await stuck.all(installPlans, 'node');
    await stuck
      .admin()
      .kube.mergePatch(
        subscriptions,
        'node',
        { spec: { config: { nodeSelector: { room: 'none' } } } },
        { namespace: 'node' },
      );
    const reviewed = { uid: plan?.metadata.uid ?? '', clusterServiceVersionNames: ['node.v1.0.0'] };
    await approveInstallPlan(stuck.admin(), { namespace: 'node', name: waiting.says.name, reviewed });
    await stuck.told('deploymentUnschedulable', 'node');
    await stuck
      .admin()
      .kube.mergePatch(subscriptions, 'node', { spec: { config: null } }, { namespace: 'node' });
    await stuck.runs('node');
  });

  test('a ResourceQuota is used up, until it is raised', async () => {
    const namespace = 'quota';
    const { kube } = stuck.admin();
    await stuck.makeNamespace(namespace);
    await kube.create(
      quotas,
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'tight', namespace },
        spec: { hard: { pods: '0' } },
      },
      { namespace },
    );
    await stuck.subscribe('quota');
    const diagnosis = await stuck.told('quotaExceeded', 'quota');
    expect(diagnosis.values).toMatchObject({ quota: 'tight' });
    const { json } = await collectSupportBundle(stuck.admin(), refOf('quota'));
    expect(JSON.parse(json).objects.ResourceQuota).toMatchObject([{ metadata: { name: 'tight' } }]);
    await kube.mergePatch(quotas, 'tight', { spec: { hard: { pods: '5' } } }, { namespace });
    await stuck.runs('quota');
  });
});

describe('a support bundle', () => {
  test('holds what the diagnosis used, without secrets, for who may read it', async () => {
    const { json, fileName } = await collectSupportBundle(stuck.admin(), refOf('image'));
    expect(fileName).toBe('support-image-image.json');
    const bundle = JSON.parse(json);
    expect(bundle.about).toMatchObject({
      cluster: 'business',
      name: 'image',
      diagnosis: { cause: { id: 'none' } },
    });
    expect(bundle.objects.ClusterServiceVersion).toHaveLength(1);
    expect(bundle.objects.Pod.length).toBeGreaterThan(0);
    expect(json).not.toContain('not-for-everybody');
    expect(json).toContain('API_TOKEN');
    await expect(collectSupportBundle(sandbox.context('nobody'), refOf('image'))).rejects.toMatchObject({
      status: 403,
    });
  });

  test('an installation that nobody has is told as missing', async () => {
    await expect(diagnoseInstallation(stuck.admin(), refOf('never-was'))).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      getOperator(stuck.admin() as never, {
        catalogNamespace: 'cpaas-system',
        catalog: 'made',
        name: 'never-was',
      }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
