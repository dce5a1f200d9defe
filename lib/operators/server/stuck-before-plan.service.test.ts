import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleImage, type MadeCatalog, makeCatalog } from '@/lib/testing/made-catalog';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { cureInstallation } from './cure-installation';
import { diagnoseInstallation } from './diagnose-installation';
import { catalogSources, operatorGroups, subscriptions } from './refs';
import { OLM, refOf, stuckOn } from './stuck-testing';

const noBundle = { package: 'no-bundle', version: '1.0.0', absent: true };
const names = [
  'young',
  'no-group',
  'two-groups',
  'no-channel',
  'no-version',
  'no-package',
  'elsewhere',
  'dead',
  'held',
  'holder',
  'waiting',
];
let made: MadeCatalog;
let sandbox: Sandbox;
let stuck: ReturnType<typeof stuckOn>;

beforeAll(async () => {
  made = await makeCatalog([
    ...names.map((name) => ({ package: name, version: '1.0.0' })),
    { package: 'wrong-mode', version: '1.0.0', modes: ['AllNamespaces'] },
    noBundle,
  ]);
  sandbox = await startSandbox(made.environment);
  stuck = stuckOn(sandbox);
});
afterAll(async () => {
  await sandbox?.stop();
  await made?.remove();
});

describe.concurrent('an installation for which OLM makes no plan is told why, and cured', () => {
  test('nothing is wrong: it is only slow, and says how long that usually takes', async () => {
    const { kube } = stuck.admin();
    await stuck.subscribe('young', { approval: 'Manual' });
    // Somebody's finalizer keeps what is being removed, so that it can be looked at.
    const metadata = { finalizers: ['example.com/keep'] };
    await kube.mergePatch(subscriptions, 'young', { metadata }, { namespace: 'young' });
    await kube.delete(subscriptions, 'young', { namespace: 'young' });
    expect(await stuck.told('slowUninstalling', 'young')).toMatchObject({
      well: true,
      usual: expect.any(Number),
    });
  });

  test('its namespace has no OperatorGroup', async () => {
    await stuck.subscribe('no-group', { watches: null });
    const diagnosis = await stuck.told('noOperatorGroup', 'no-group');
    await stuck.cure('no-group', diagnosis, 'createOperatorGroup');
    await stuck.runs('no-group');
    const groups = await stuck.all(operatorGroups, 'no-group');
    expect(groups.map(({ spec }) => spec)).toMatchObject([{ targetNamespaces: ['no-group'] }]);
  });

  test('its namespace has two OperatorGroups', async () => {
    await stuck.makeNamespace('two-groups');
    await stuck.addGroup('two-groups', 'second');
    await stuck.subscribe('two-groups');
    const diagnosis = await stuck.told('severalOperatorGroups', 'two-groups');
    expect(diagnosis.actions.map(({ id, safe }) => [id, safe])).toEqual([
      ['deleteOperatorGroup', false],
      ['deleteOperatorGroup', false],
    ]);
    await stuck.cure('two-groups', diagnosis, 'deleteOperatorGroup', { target: 'second' });
    await stuck.runs('two-groups');
  });

  test('its OperatorGroup asks for a mode that it does not support', async () => {
    await stuck.subscribe('wrong-mode', { watches: ['wrong-mode'] });
    const diagnosis = await stuck.told('modeNotSupported', 'wrong-mode');
    await stuck.cure('wrong-mode', diagnosis, 'changeOperatorGroup');
    await stuck.runs('wrong-mode');
  });

  test('its channel is not in the catalog', async () => {
    await stuck.subscribe('no-channel', { channel: 'nightly' });
    const diagnosis = await stuck.told('channelNotFound', 'no-channel');
    expect(diagnosis.values).toMatchObject({ channel: 'nightly', channels: 'stable' });
    await stuck.cure('no-channel', diagnosis, 'changeChannel');
    await stuck.runs('no-channel');
  });

  test('its version is not in the channel', async () => {
    await stuck.subscribe('no-version', { startingCSV: 'no-version.v0.9.0' });
    const diagnosis = await stuck.told('versionNotFound', 'no-version');
    await stuck.cure('no-version', diagnosis, 'dropStartingVersion');
    await stuck.runs('no-version');
  });

  test('its package is in another catalog', async () => {
    await stuck.subscribe('no-package', { source: 'custom' });
    const diagnosis = await stuck.told('packageNotFound', 'no-package');
    await stuck.cure('no-package', diagnosis, 'changeCatalog', { target: 'cpaas-system/made' });
    await stuck.runs('no-package');
  });

  test('its catalog does not exist', async () => {
    await stuck.subscribe('elsewhere', { source: 'nowhere' });
    const diagnosis = await stuck.told('catalogMissing', 'elsewhere');
    await stuck.cure('elsewhere', diagnosis, 'changeCatalog', { target: 'cpaas-system/made' });
    await stuck.runs('elsewhere');
  });

  test('a catalog of others is dead, although OLM calls all of them healthy', async () => {
    const cluster = 'edge';
    await stuck.admin(cluster).kube.create(
      catalogSources,
      {
        apiVersion: `${OLM}/v1alpha1`,
        kind: 'CatalogSource',
        metadata: { name: 'forgotten', namespace: 'cpaas-system' },
        spec: { sourceType: 'grpc', address: '192.0.2.1:50051' },
      },
      { namespace: 'cpaas-system' },
    );
    await stuck.subscribe('dead', { cluster });
    const diagnosis = await stuck.told('otherCatalogDead', 'dead', { cluster });
    expect(diagnosis.values).toMatchObject({ catalog: 'forgotten', state: 'TRANSIENT_FAILURE' });
    await stuck.subscribe('held', { cluster, source: 'forgotten' });
    await stuck.told('catalogDead', 'held', { cluster });
    await stuck.cure('dead', diagnosis, 'deleteCatalog', { cluster });
    await stuck.runs('dead', { cluster });
  });

  test('what it depends on is nowhere', async () => {
    await stuck.subscribe('gpu-operator-certified', { channel: 'v25.3', source: 'platform' });
    const diagnosis = await stuck.told('dependencyNotFound', 'gpu-operator-certified');
    expect(diagnosis.actions).toMatchObject([{ id: 'findDependency', changes: [] }]);
  });

  test('its bundle image can not be unpacked', async () => {
    const groupAnnotations = { 'operatorframework.io/bundle-unpack-timeout': '60s' };
    await stuck.subscribe('no-bundle', { groupAnnotations });
    const diagnosis = await stuck.told('unpackFailedImage', 'no-bundle');
    expect(diagnosis.values.image).toBe(bundleImage(noBundle));
    // Before the Job has failed its pod pulls again by itself, once the image is there.
    const failed = await eventually(
      () => diagnoseInstallation(stuck.admin(), refOf('no-bundle')),
      ({ says, actions }) => says.kind === 'Job' && actions.some(({ id }) => id === 'retryUnpack'),
      60_000,
    );
    await made.publish(noBundle);
    await stuck.cure('no-bundle', failed, 'retryUnpack');
    await stuck.runs('no-bundle');
  });

  test('another operator of the namespace can not be resolved', async () => {
    await stuck.subscribe('holder', { channel: 'nightly' });
    await stuck.told('channelNotFound', 'holder');
    await stuck.subscribe('waiting', { namespace: 'holder', watches: null });
    const diagnosis = await stuck.told('heldUpBySubscription', 'waiting', { namespace: 'holder' });
    expect(diagnosis.actions).toMatchObject([{ id: 'showSubscription', values: { subscription: 'holder' } }]);
  });
});

describe('a cure', () => {
  test('is not done against a cause that is gone', async () => {
    await stuck.runs('no-group');
    const again = { id: 'createOperatorGroup' as const, target: 'no-group' };
    await expect(cureInstallation(stuck.admin(), refOf('no-group'), again)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
