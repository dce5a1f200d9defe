import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import { type MadeCatalog, makeCatalog } from '@/lib/testing/made-catalog';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { approveInstallPlan } from './approve-install-plan';
import { cleanUpInstallPlan } from './clean-up-install-plan';
import { cureInstallation } from './cure-installation';
import { diagnoseInstallation } from './diagnose-installation';
import {
  clusterServiceVersions,
  customResourceDefinitions,
  installPlans,
  subscriptions,
  validatingWebhooks,
} from './refs';
import { refOf, stuckOn, things } from './stuck-testing';

const olmConfigs = { group: 'operators.coreos.com', version: 'v1', resource: 'olmconfigs' };
const thing = { name: things.metadata.name, kind: 'Thing', version: 'v1' };
const podSecurityPolicy = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: { name: 'old' },
  spec: {},
};
const names = ['waiting', 'plan-gone', 'refused', 'lost', 'webhook', 'held', 'left', 'second'];
let made: MadeCatalog;
let sandbox: Sandbox;
let stuck: ReturnType<typeof stuckOn>;

beforeAll(async () => {
  made = await makeCatalog([
    ...names.map((name) => ({ package: name, version: '1.0.0' })),
    { package: 'wrong-mode', version: '1.0.0', modes: ['AllNamespaces'] },
    { package: 'old-api', version: '1.0.0', objects: [podSecurityPolicy] },
    {
      package: 'orphaned',
      version: '1.0.0',
      objects: [things],
      spec: { customresourcedefinitions: { owned: [thing] } },
    },
  ]);
  sandbox = await startSandbox({ ...made.environment, SANDBOX_SPEED: '3' });
  stuck = stuckOn(sandbox);
});
afterAll(async () => {
  await sandbox?.stop();
  await made?.remove();
});

// The sandbox is slow here: a plan that fails is tried for a minute of its time, and that has to be seen.
describe.concurrent('an installation whose plan is not carried out is told why, and cured', () => {
  test('waits for approval', async () => {
    await stuck.subscribe('waiting', { approval: 'Manual' });
    const diagnosis = await stuck.told('waitsForApproval', 'waiting');
    expect(diagnosis).toMatchObject({ well: false, todo: 'approve', says: { kind: 'InstallPlan' } });
    const [review] = diagnosis.actions;
    expect(review).toMatchObject({ id: 'reviewPlan', values: { plan: diagnosis.says.name }, changes: [] });
  });

  test('its plan was deleted before anybody approved it: OLM makes another one', async () => {
    await stuck.subscribe('plan-gone', { approval: 'Manual' });
    const waiting = await stuck.told('waitsForApproval', 'plan-gone');
    await stuck.admin().kube.delete(installPlans, waiting.says.name, { namespace: 'plan-gone' });
    await eventually(
      () => diagnoseInstallation(stuck.admin(), refOf('plan-gone')),
      ({ key, says }) => key === 'waitsForApproval' && says.name !== waiting.says.name,
      60_000,
    );
  });

  test('its ClusterServiceVersion was deleted', async () => {
    await stuck.subscribe('lost');
    await stuck.runs('lost');
    await stuck.admin().kube.delete(clusterServiceVersions, 'lost.v1.0.0', { namespace: 'lost' });
    const diagnosis = await stuck.told('clusterServiceVersionMissing', 'lost');
    await stuck.cure('lost', diagnosis, 'reinstall');
    await stuck.runs('lost');
  });

  test('a webhook that does not answer refuses an object of its plan', async () => {
    const namespace = 'webhook';
    const { kube } = stuck.admin();
    const rule = {
      operations: ['CREATE'],
      apiGroups: [''],
      apiVersions: ['v1'],
      resources: ['serviceaccounts'],
    };
    await stuck.makeNamespace(namespace, { guarded: 'yes' });
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
    await stuck.subscribe('webhook');
    const diagnosis = await stuck.told('webhookUnreachable', 'webhook');
    expect(diagnosis).toMatchObject({ values: { webhook: 'guard.example.com' }, todo: 'webhookDown' });
    await kube.delete(validatingWebhooks, 'left-over');
    // OLM has given the plan up by then, or not: only the first is cured by a button.
    const after = await eventually(
      () => diagnoseInstallation(stuck.admin(), refOf('webhook')),
      ({ key, actions }) => key === 'none' || actions.some(({ id }) => id === 'reinstall'),
      60_000,
    );
    if (after.key !== 'none') await stuck.cure('webhook', after, 'reinstall');
    await stuck.runs('webhook');
  });

  test('a ClusterServiceVersion without a Subscription stands in its way', async () => {
    await stuck.subscribe('orphaned');
    await stuck.runs('orphaned');
    await stuck.admin().kube.delete(subscriptions, 'orphaned', { namespace: 'orphaned' });
    await stuck.subscribe('orphaned', { watches: null, approval: 'Manual' });
    const diagnosis = await stuck.told('orphanClusterServiceVersion', 'orphaned');
    await stuck.cure('orphaned', diagnosis, 'deleteClusterServiceVersion', { target: 'orphaned.v1.0.0' });
    const waiting = await stuck.told('waitsForApproval', 'orphaned');
    const plans = await stuck.all(installPlans, 'orphaned');
    const plan = plans.find(({ metadata }) => metadata.name === waiting.says.name);
    const reviewed = { uid: plan?.metadata.uid ?? '', clusterServiceVersionNames: ['orphaned.v1.0.0'] };
    await approveInstallPlan(stuck.admin(), { namespace: 'orphaned', name: waiting.says.name, reviewed });
    await stuck.runs('orphaned');
    // Afterwards its API is taken away.
    await stuck.admin().kube.delete(customResourceDefinitions, 'things.made.example.com');
    const missing = await eventually(
      () => diagnoseInstallation(stuck.admin(), refOf('orphaned')),
      ({ key }) => key === 'requirementCrd',
      60_000,
    );
    expect(missing.values.name).toBe('things.made.example.com');
  });

  test('its plan needs an API that is gone, and holds another operator up while OLM tries again and again', async () => {
    await stuck.subscribe('old-api');
    const gone = await stuck.told('apiNotServed', 'old-api');
    expect(gone.values).toMatchObject({ api: 'policy/v1beta1', kind: 'PodSecurityPolicy' });
    await stuck.subscribe('held', { namespace: 'old-api', watches: null });
    const diagnosis = await stuck.told('heldUpByPlan', 'held', { namespace: 'old-api' });
    expect(diagnosis).toMatchObject({
      values: { operators: 'old-api.v1.0.0' },
      says: { kind: 'InstallPlan' },
      actions: [{ id: 'reviewPlan' }],
    });
  });

  test('plans that lie about are named beside what it waits for, and cleaned up', async () => {
    const namespace = 'left';
    await stuck.subscribe('left', { approval: 'Manual' });
    const old = (await stuck.told('waitsForApproval', 'left')).says.name;
    await stuck.subscribe('second', { namespace, watches: null, approval: 'Manual' });
    const superseded = await stuck.told('waitsForApprovalWith', 'left');
    expect(superseded.says.name).not.toBe(old);
    expect(superseded.actions).toMatchObject([{ id: 'reviewPlan' }, { id: 'cleanUpPlan', target: old }]);
    const { kube } = stuck.admin();
    // At once: OLM makes another plan for one that stays behind the other.
    await Promise.all(
      ['left', 'second'].map((name) =>
        kube.delete(subscriptions, name, { namespace, propagationPolicy: 'Orphan' }),
      ),
    );
    await stuck.subscribe('left', { watches: null, approval: 'Manual' });
    const orphaned = await eventually(
      () => diagnoseInstallation(stuck.admin(), refOf('left')),
      ({ key, actions }) => key === 'waitsForApproval' && actions.length === 3,
      60_000,
    );
    const left = orphaned.actions.filter(({ id }) => id === 'cleanUpPlan').map(({ target }) => target);
    expect(left.toSorted()).toEqual([old, superseded.says.name].toSorted());
    for (const { metadata } of await stuck.all(installPlans, namespace)) {
      const { name, uid } = metadata;
      if (left.includes(name)) await cleanUpInstallPlan(stuck.admin(), { namespace, name, uid });
    }
    expect((await stuck.told('waitsForApproval', 'left')).actions).toMatchObject([{ id: 'reviewPlan' }]);
  });

  test('is not cured by whoever may not, and nothing is lost then', async () => {
    await stuck.subscribe('refused');
    await stuck.runs('refused');
    await stuck.admin().kube.delete(clusterServiceVersions, 'refused.v1.0.0', { namespace: 'refused' });
    await stuck.told('clusterServiceVersionMissing', 'refused');
    const viewer: Context = sandbox.context('viewer');
    const cure = { id: 'reinstall' as const, target: 'refused' };
    await expect(cureInstallation(viewer, refOf('refused'), cure)).rejects.toMatchObject({ status: 403 });
    expect((await stuck.told('clusterServiceVersionMissing', 'refused')).actions[0]?.id).toBe('reinstall');
  });
});

describe('an installation whose plan is complete', () => {
  test('it is served from another namespace already, where OLM copies ClusterServiceVersions', async () => {
    const { kube } = stuck.admin();
    const features = { disableCopiedCSVs: false };
    await kube.mergePatch(olmConfigs, 'cluster', { spec: { features } });
    await stuck.subscribe('wrong-mode', { namespace: 'first-place' });
    await stuck.makeNamespace('second-place');
    await eventually(
      () => stuck.all(clusterServiceVersions, 'second-place'),
      (versions) => versions.some(({ metadata }) => metadata.name === 'wrong-mode.v1.0.0'),
    );
    await stuck.subscribe('wrong-mode', { namespace: 'second-place' });
    const diagnosis = await stuck.told('servedFromElsewhere', 'wrong-mode', {
      namespace: 'second-place',
    });
    expect(diagnosis).toMatchObject({ values: { namespace: 'first-place' }, todo: 'servedElsewhere' });
  });
});
