import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import { bundleImage, type MadeCatalog, makeCatalog, operatorImage } from '@/lib/testing/made-catalog';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { CureAction, InstallationDiagnosis } from '../diagnosis-contract';
import { approveInstallPlan } from './approve-install-plan';
import { collectSupportBundle } from './collect-support-bundle';
import { cureInstallation } from './cure-installation';
import { diagnoseInstallation } from './diagnose-installation';
import { getOperator } from './get-operator';
import {
  catalogSources,
  clusterServiceVersions,
  customResourceDefinitions,
  installPlans,
  namespaces,
  operatorGroups,
  subscriptions,
  validatingWebhooks,
} from './refs';

const olmConfigs = { group: 'operators.coreos.com', version: 'v1', resource: 'olmconfigs' };
const quotas = { group: '', version: 'v1', resource: 'resourcequotas' };
const OLM = 'operators.coreos.com';
const noBundle = { package: 'no-bundle', version: '1.0.0', absent: true };
const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.made.example.com' },
  spec: {
    group: 'made.example.com',
    scope: 'Namespaced',
    names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
const thing = { name: 'things.made.example.com', kind: 'Thing', version: 'v1' };
const names = [
  'waiting',
  'no-group',
  'two-groups',
  'no-channel',
  'no-version',
  'no-package',
  'image',
  'probe',
];
const more = [
  'quota',
  'plan-gone',
  'young',
  'dead',
  'held',
  'holder',
  'lost',
  'elsewhere',
  'node',
  'webhook',
];

let sandbox: Sandbox;
let made: MadeCatalog;
const admin = (cluster?: string, on = sandbox) => on.context('admin', cluster);

beforeAll(async () => {
  made = await makeCatalog([
    ...[...names, ...more].map((name) => ({ package: name, version: '1.0.0' })),
    { package: 'wrong-mode', version: '1.0.0', modes: ['AllNamespaces'] },
    {
      package: 'old-api',
      version: '1.0.0',
      objects: [
        { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name: 'old' }, spec: {} },
      ],
    },
    {
      package: 'orphaned',
      version: '1.0.0',
      objects: [widgets],
      spec: { customresourcedefinitions: { owned: [thing] } },
    },
    noBundle,
  ]);
  sandbox = await startSandbox({ ...made.environment, SANDBOX_FAULTS: '1' });
});
afterAll(async () => {
  await sandbox?.stop();
  await made?.remove();
});

interface Wanted {
  namespace?: string;
  approval?: 'Manual' | 'Automatic';
  channel?: string;
  startingCSV?: string;
  source?: string;
  cluster?: string;
  /** Another sandbox than the one of most stories. */
  on?: Sandbox;
  /** Namespaces that the OperatorGroup watches; `null` makes none. */
  watches?: string[] | null;
  groupAnnotations?: Record<string, string>;
}

/** Subscribes to a package in a namespace of its name, as somebody with kubectl does. */
async function subscribe(name: string, wanted: Wanted = {}): Promise<void> {
  const { namespace = name, approval = 'Automatic', channel = 'stable', source = 'made' } = wanted;
  const { kube } = admin(wanted.cluster, wanted.on);
  await kube
    .create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    .catch(() => undefined);
  if (wanted.watches !== null) await addGroup(namespace, 'group', wanted);
  await kube.create(
    subscriptions,
    {
      apiVersion: `${OLM}/v1alpha1`,
      kind: 'Subscription',
      metadata: { name, namespace },
      spec: {
        name,
        channel,
        source,
        sourceNamespace: 'cpaas-system',
        installPlanApproval: approval,
        ...(wanted.startingCSV ? { startingCSV: wanted.startingCSV } : {}),
      },
    },
    { namespace },
  );
}

async function addGroup(namespace: string, name: string, wanted: Wanted = {}): Promise<void> {
  const spec = wanted.watches?.length ? { targetNamespaces: wanted.watches } : {};
  await admin(wanted.cluster, wanted.on).kube.create(
    operatorGroups,
    {
      apiVersion: `${OLM}/v1`,
      kind: 'OperatorGroup',
      metadata: { name, namespace, annotations: wanted.groupAnnotations ?? {} },
      spec,
    },
    { namespace },
  );
}

async function faults(body: object): Promise<void> {
  const { ca, url } = sandbox;
  const { Agent, fetch: ask } = await import('undici');
  const dispatcher = new Agent({ connect: { ca } });
  const answer = await ask(`${url}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    dispatcher,
  });
  expect(answer.ok).toBe(true);
  await dispatcher.close();
}

const refOf = (name: string, namespace = name) => ({ kind: 'Subscription' as const, namespace, name });

/** What the diagnosis says once it names this cause. */
function told(
  key: InstallationDiagnosis['key'],
  name: string,
  { namespace = name, cluster, on }: Wanted = {},
): Promise<InstallationDiagnosis> {
  return eventually(
    () => diagnoseInstallation(admin(cluster, on), refOf(name, namespace)),
    (diagnosis) => diagnosis.key === key,
    90_000,
  );
}

async function cure(
  name: string,
  diagnosis: InstallationDiagnosis,
  id: CureAction['id'],
  { namespace = name, cluster, target }: Wanted & { target?: string } = {},
): Promise<void> {
  const action = diagnosis.actions.find((one) => one.id === id && (!target || one.target === target));
  if (!action) throw new Error(`no ${id} is offered: ${JSON.stringify(diagnosis.actions)}`);
  expect(action.changes.length).toBeGreaterThan(0);
  await cureInstallation(admin(cluster), refOf(name, namespace), action);
}

/** It runs: its ClusterServiceVersion has succeeded. */
function runs(name: string, { namespace = name, cluster }: Wanted = {}): Promise<InstallationDiagnosis> {
  return eventually(
    () => diagnoseInstallation(admin(cluster), refOf(name, namespace)),
    ({ key }) => key === 'none',
    90_000,
  );
}

describe.concurrent('an installation that is stuck is told why, and cured', () => {
  test('waits for approval', async () => {
    await subscribe('waiting', { approval: 'Manual' });
    const diagnosis = await told('waitsForApproval', 'waiting');
    expect(diagnosis).toMatchObject({ well: false, todo: 'approve', says: { kind: 'InstallPlan' } });
    const [review] = diagnosis.actions;
    expect(review).toMatchObject({ id: 'reviewPlan', values: { plan: diagnosis.says.name }, changes: [] });
  });

  test('nothing is wrong: it is only slow, and says how long that usually takes', async () => {
    await subscribe('young', { approval: 'Manual' });
    const diagnosis = await diagnoseInstallation(admin(), refOf('young'));
    expect(diagnosis).toMatchObject({
      well: true,
      key: expect.stringMatching(/^slow/),
      usual: expect.any(Number),
    });
  });

  test('its namespace has no OperatorGroup', async () => {
    await subscribe('no-group', { watches: null });
    const diagnosis = await told('noOperatorGroup', 'no-group');
    await cure('no-group', diagnosis, 'createOperatorGroup');
    await runs('no-group');
    const { items } = await admin().kube.list<KubeObject>(operatorGroups, { namespace: 'no-group' });
    expect(items.map(({ spec }) => spec)).toMatchObject([{ targetNamespaces: ['no-group'] }]);
  });

  test('its namespace has two OperatorGroups', async () => {
    await admin().kube.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'two-groups' },
    });
    await addGroup('two-groups', 'second');
    await subscribe('two-groups');
    const diagnosis = await told('severalOperatorGroups', 'two-groups');
    expect(diagnosis.actions.map(({ id, safe }) => [id, safe])).toEqual([
      ['deleteOperatorGroup', false],
      ['deleteOperatorGroup', false],
    ]);
    await cure('two-groups', diagnosis, 'deleteOperatorGroup', { target: 'second' });
    await runs('two-groups');
  });

  test('its OperatorGroup asks for a mode that it does not support', async () => {
    await subscribe('wrong-mode', { watches: ['wrong-mode'] });
    const diagnosis = await told('modeNotSupported', 'wrong-mode');
    await cure('wrong-mode', diagnosis, 'changeOperatorGroup');
    await runs('wrong-mode');
  });

  test('its channel is not in the catalog', async () => {
    await subscribe('no-channel', { channel: 'nightly' });
    const diagnosis = await told('channelNotFound', 'no-channel');
    expect(diagnosis.values).toMatchObject({ channel: 'nightly', channels: 'stable' });
    await cure('no-channel', diagnosis, 'changeChannel');
    await runs('no-channel');
  });

  test('its version is not in the channel', async () => {
    await subscribe('no-version', { startingCSV: 'no-version.v0.9.0' });
    const diagnosis = await told('versionNotFound', 'no-version');
    await cure('no-version', diagnosis, 'dropStartingVersion');
    await runs('no-version');
  });

  test('its package is in another catalog', async () => {
    await subscribe('no-package', { source: 'custom' });
    const diagnosis = await told('packageNotFound', 'no-package');
    await cure('no-package', diagnosis, 'changeCatalog', { target: 'cpaas-system/made' });
    await runs('no-package');
  });

  test('its catalog does not exist', async () => {
    await subscribe('elsewhere', { source: 'nowhere' });
    const diagnosis = await told('catalogMissing', 'elsewhere');
    await cure('elsewhere', diagnosis, 'changeCatalog', { target: 'cpaas-system/made' });
    await runs('elsewhere');
  });

  test('a catalog of others is dead, although OLM calls all of them healthy', async () => {
    const cluster = 'edge';
    await admin(cluster).kube.create(
      catalogSources,
      {
        apiVersion: `${OLM}/v1alpha1`,
        kind: 'CatalogSource',
        metadata: { name: 'forgotten', namespace: 'cpaas-system' },
        spec: { sourceType: 'grpc', address: '192.0.2.1:50051' },
      },
      { namespace: 'cpaas-system' },
    );
    await subscribe('dead', { cluster });
    const diagnosis = await told('otherCatalogDead', 'dead', { cluster });
    expect(diagnosis.values).toMatchObject({ catalog: 'forgotten', state: 'TRANSIENT_FAILURE' });
    await subscribe('held', { cluster, source: 'forgotten' });
    await told('catalogDead', 'held', { cluster });
    await cure('dead', diagnosis, 'deleteCatalog', { cluster });
    await runs('dead', { cluster });
  });

  test('what it depends on is nowhere', async () => {
    await subscribe('gpu-operator-certified', { channel: 'v25.3', source: 'platform' });
    const diagnosis = await told('dependencyNotFound', 'gpu-operator-certified');
    expect(diagnosis.actions).toMatchObject([{ id: 'findDependency', changes: [] }]);
  });

  test('its bundle image can not be unpacked', async () => {
    const groupAnnotations = { 'operatorframework.io/bundle-unpack-timeout': '60s' };
    await subscribe('no-bundle', { groupAnnotations });
    const diagnosis = await told('unpackFailedImage', 'no-bundle');
    expect(diagnosis.values.image).toBe(bundleImage(noBundle));
    await eventually(
      () => diagnoseInstallation(admin(), refOf('no-bundle')),
      ({ actions }) => actions.some(({ id }) => id === 'retryUnpack'),
      60_000,
    ).then(async (latest) => {
      await made.publish(noBundle);
      await cure('no-bundle', latest, 'retryUnpack');
    });
    await runs('no-bundle');
  });

  test('a requirement is missing: a CustomResourceDefinition', async () => {
    const { kube } = admin();
    await kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'needy' } });
    await addGroup('needy', 'group');
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
        diagnoseInstallation(admin(), {
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
    await faults({ images: { refuse: [operatorImage('image')] } });
    await subscribe('image');
    const diagnosis = await told('deploymentImagePull', 'image');
    expect(diagnosis).toMatchObject({ says: { kind: 'Pod' }, values: { image: operatorImage('image') } });
    await faults({ images: { allow: [operatorImage('image')] } });
    await runs('image');
  });

  test('the pod of its Deployment never gets ready; its log is shown', async () => {
    await faults({ images: { keepUnready: [operatorImage('probe')] } });
    await subscribe('probe');
    const diagnosis = await told('deploymentProbe', 'probe');
    expect(diagnosis).toMatchObject({
      detail: expect.stringContaining('Readiness probe failed'),
      log: { container: 'manager', text: expect.stringContaining('runs no containers') },
    });
    await faults({ images: { allowReady: [operatorImage('probe')] } });
    await runs('probe');
  });

  test('a webhook that does not answer refuses an object of its plan', async () => {
    const namespace = 'webhook';
    const { kube } = admin();
    const rule = {
      operations: ['CREATE'],
      apiGroups: [''],
      apiVersions: ['v1'],
      resources: ['serviceaccounts'],
    };
    await kube.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { guarded: 'yes' } },
    });
    await kube.create(validatingWebhooks, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'left-over' },
      webhooks: [
        {
          name: 'guard.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { service: { namespace: 'gone', name: 'guard' } },
          namespaceSelector: { matchLabels: { guarded: 'yes' } },
          rules: [rule],
        },
      ],
    });
    await subscribe('webhook');
    const diagnosis = await told('webhookUnreachable', 'webhook');
    expect(diagnosis).toMatchObject({ values: { webhook: 'guard.example.com' }, todo: 'webhookDown' });
    await kube.delete(validatingWebhooks, 'left-over');
    // OLM has given the plan up by then, or not: only the first is cured by a button.
    const after = await eventually(
      () => diagnoseInstallation(admin(), refOf('webhook')),
      ({ key, actions }) => key === 'none' || actions.some(({ id }) => id === 'reinstall'),
      60_000,
    );
    if (after.key !== 'none') await cure('webhook', after, 'reinstall');
    await runs('webhook');
  });

  test('no node may run its pod', async () => {
    await admin().kube.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'node' },
    });
    await subscribe('node', { approval: 'Manual' });
    const waiting = await told('waitsForApproval', 'node');
    const [plan] = (await admin().kube.list<KubeObject>(installPlans, { namespace: 'node' })).items;
    await admin().kube.mergePatch(
      subscriptions,
      'node',
      { spec: { config: { nodeSelector: { room: 'none' } } } },
      { namespace: 'node' },
    );
    const reviewed = { uid: plan?.metadata.uid ?? '', clusterServiceVersionNames: ['node.v1.0.0'] };
    await approveInstallPlan(admin(), { namespace: 'node', name: waiting.says.name, reviewed });
    await told('deploymentUnschedulable', 'node');
    await admin().kube.mergePatch(subscriptions, 'node', { spec: { config: null } }, { namespace: 'node' });
    await runs('node');
  });

  test('a ResourceQuota is used up, until it is raised', async () => {
    const namespace = 'quota';
    const { kube } = admin();
    await kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
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
    await subscribe('quota');
    const diagnosis = await told('quotaExceeded', 'quota');
    expect(diagnosis.values).toMatchObject({ quota: 'tight' });
    const { json } = await collectSupportBundle(admin(), refOf('quota'));
    expect(JSON.parse(json).objects.ResourceQuota).toMatchObject([{ metadata: { name: 'tight' } }]);
    await kube.mergePatch(quotas, 'tight', { spec: { hard: { pods: '5' } } }, { namespace });
    await runs('quota');
  });

  test('its plan needs an API that is no longer served', async () => {
    await subscribe('old-api');
    const diagnosis = await told('apiNotServed', 'old-api');
    expect(diagnosis.values).toMatchObject({ api: 'policy/v1beta1', kind: 'PodSecurityPolicy' });
  });

  test('its plan was deleted before anybody approved it', async () => {
    await subscribe('plan-gone', { approval: 'Manual' });
    const waiting = await told('waitsForApproval', 'plan-gone');
    await admin().kube.delete(installPlans, waiting.says.name, { namespace: 'plan-gone' });
    const diagnosis = await told('planMissing', 'plan-gone');
    await cure('plan-gone', diagnosis, 'reinstall');
    const again = await told('waitsForApproval', 'plan-gone');
    expect(again.says.name).not.toBe(waiting.says.name);
  });

  test('a ClusterServiceVersion without a Subscription stands in its way', async () => {
    await subscribe('orphaned');
    await runs('orphaned');
    await admin().kube.delete(subscriptions, 'orphaned', { namespace: 'orphaned' });
    await subscribe('orphaned', { watches: null, approval: 'Manual' });
    const diagnosis = await told('orphanClusterServiceVersion', 'orphaned');
    await cure('orphaned', diagnosis, 'deleteClusterServiceVersion', { target: 'orphaned.v1.0.0' });
    const waiting = await told('waitsForApproval', 'orphaned');
    const [plan] = (
      await admin().kube.list<KubeObject>(installPlans, { namespace: 'orphaned' })
    ).items.filter(({ metadata }) => metadata.name === waiting.says.name);
    const reviewed = { uid: plan?.metadata.uid ?? '', clusterServiceVersionNames: ['orphaned.v1.0.0'] };
    await approveInstallPlan(admin(), { namespace: 'orphaned', name: waiting.says.name, reviewed });
    await runs('orphaned');
    // Afterwards its API is taken away.
    await admin().kube.delete(customResourceDefinitions, 'things.made.example.com');
    const missing = await eventually(
      () => diagnoseInstallation(admin(), refOf('orphaned')),
      ({ key }) => key === 'requirementCrd',
      60_000,
    );
    expect(missing.values.name).toBe('things.made.example.com');
  });

  test('its ClusterServiceVersion was deleted', async () => {
    await subscribe('lost');
    await runs('lost');
    await admin().kube.delete(clusterServiceVersions, 'lost.v1.0.0', { namespace: 'lost' });
    const diagnosis = await told('clusterServiceVersionMissing', 'lost');
    await cure('lost', diagnosis, 'reinstall');
    await runs('lost');
  });

  test('another operator of the namespace can not be resolved', async () => {
    await subscribe('holder', { channel: 'nightly' });
    await told('channelNotFound', 'holder');
    await subscribe('waiting', { namespace: 'holder', watches: null });
    const diagnosis = await told('heldUpBySubscription', 'waiting', { namespace: 'holder' });
    expect(diagnosis.actions).toMatchObject([{ id: 'showSubscription', values: { subscription: 'holder' } }]);
  });
});

describe('at the pace of a real cluster', () => {
  let slow: Sandbox;
  beforeAll(async () => {
    slow = await startSandbox({ ...made.environment, SANDBOX_SPEED: '3' });
  });
  afterAll(() => slow?.stop());

  test('the plan of another operator holds the namespace up while OLM tries it again and again', async () => {
    await subscribe('old-api', { on: slow });
    await told('apiNotServed', 'old-api', { on: slow });
    await subscribe('held', { on: slow, namespace: 'old-api', watches: null });
    const diagnosis = await told('heldUpByPlan', 'held', { on: slow, namespace: 'old-api' });
    expect(diagnosis).toMatchObject({
      values: { operators: 'old-api.v1.0.0' },
      says: { kind: 'InstallPlan' },
      actions: [{ id: 'reviewPlan' }],
    });
  });

  test('it is served from another namespace already, where OLM copies ClusterServiceVersions', async () => {
    const { kube } = admin(undefined, slow);
    const features = { disableCopiedCSVs: false };
    await kube.mergePatch(olmConfigs, 'cluster', { spec: { features } });
    await subscribe('wrong-mode', { on: slow, namespace: 'first-place' });
    await kube.create(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'second-place' },
    });
    await eventually(
      () => kube.list<KubeObject>(clusterServiceVersions, { namespace: 'second-place' }),
      ({ items }) => items.some(({ metadata }) => metadata.name === 'wrong-mode.v1.0.0'),
    );
    await subscribe('wrong-mode', { on: slow, namespace: 'second-place' });
    const diagnosis = await told('servedFromElsewhere', 'wrong-mode', {
      on: slow,
      namespace: 'second-place',
    });
    expect(diagnosis).toMatchObject({ values: { namespace: 'first-place' }, todo: 'servedElsewhere' });
  });
});

describe('a cure', () => {
  test('is not done against a cause that is gone, and not without the right', async () => {
    await runs('no-group');
    const again = { id: 'createOperatorGroup' as const, target: 'no-group' };
    await expect(cureInstallation(admin(), refOf('no-group'), again)).rejects.toMatchObject({
      code: 'conflict',
    });
    const viewer: Context = sandbox.context('viewer');
    const deletion = { id: 'reinstall' as const, target: 'plan-gone' };
    await admin().kube.delete(installPlans, (await told('waitsForApproval', 'plan-gone')).says.name, {
      namespace: 'plan-gone',
    });
    await told('planMissing', 'plan-gone');
    await expect(cureInstallation(viewer, refOf('plan-gone'), deletion)).rejects.toMatchObject({
      status: 403,
    });
    expect((await told('planMissing', 'plan-gone')).key).toBe('planMissing');
  });
});

describe('a support bundle', () => {
  test('holds what the diagnosis used, without secrets, for who may read it', async () => {
    const { json, fileName } = await collectSupportBundle(admin(), refOf('image'));
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
    await expect(diagnoseInstallation(admin(), refOf('never-was'))).rejects.toMatchObject({ status: 404 });
    await expect(
      getOperator(admin() as never, { catalogNamespace: 'cpaas-system', catalog: 'made', name: 'never-was' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
