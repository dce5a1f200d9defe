import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listActivity } from '@/lib/activity/server/list-activity';
import { recordWrites } from '@/lib/activity/server/record-writes';
import { KubeClient } from '@/lib/kube/client';
import { upgradePlugin } from '@/lib/plugins/server/upgrade-plugin';
import { eventually, type Sandbox, type SandboxUser, startSandbox } from '@/lib/testing/sandbox';
import type { Component } from '../../features-contract';
import { isUpgradable } from '../../rules/features/component';
import { listComponents } from './list-components';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
});
afterAll(() => sandbox?.stop());

const named = (items: readonly Component[], name: string) => items.find((item) => item.name === name);

describe('the components of a cluster at work', () => {
  test('are operators of Alauda and plugins that can be upgraded; the others say why they can not', async () => {
    const { items, partial } = await listComponents(sandbox.context('admin'));
    expect(partial).toEqual([]);
    const selectable = items.filter((item) => item.selectable);
    expect(selectable.filter(({ kind }) => kind === 'operator').length).toBeGreaterThanOrEqual(6);
    expect(selectable.filter(({ kind }) => kind === 'plugin').length).toBeGreaterThanOrEqual(4);
    expect(selectable.every(({ from, to }) => from !== '' && to !== '' && from !== to)).toBe(true);
    expect(named(items, 'strimzi-kafka-operator')?.block).toEqual({
      code: 'notAlauda',
      values: { source: 'Community' },
    });
    expect(named(items, 'rabbitmq-cluster-operator')?.reason).toContain(
      'rabbitmq-messaging-topology-operator',
    );
    expect(items.find(({ kind, name }) => kind === 'plugin' && name === 'cert-manager')?.block?.code).toBe(
      'core',
    );
    expect(named(items, 'keda')?.block?.code).toBe('automatic');
    expect(named(items, 'log-archiver-operator')?.block?.code).toBe('unsettled');
    expect(items.every(({ selectable: can, reason }) => can || reason !== '')).toBe(true);
  });

  test('of one kind are read without the other', async () => {
    const { items } = await listComponents(sandbox.context('admin'), { kind: 'plugin' });
    expect(items.length).toBeGreaterThan(10);
    expect(items.every(({ kind }) => kind === 'plugin')).toBe(true);
    // Whoever upgrades plugins need not read operators.
    await expect(listComponents(sandbox.context('nobody'), { kind: 'plugin' })).resolves.toMatchObject({
      items: [],
      partial: [{ resource: expect.stringContaining('cluster.alauda.io') }],
    });
  });

  test('are shown to a viewer with the permission that is missing', async () => {
    const { items } = await listComponents(sandbox.context('viewer'));
    expect(items.some(({ selectable }) => selectable)).toBe(false);
    expect(items.filter(isUpgradable).length).toBeGreaterThanOrEqual(10);
    expect(named(items, 'harbor-ce-operator')?.reason).toBe(
      'You need permission to patch installplans.operators.coreos.com in namespace harbor-ce-operator on cluster business.',
    );
  });

  test('of one namespace are what a user of that namespace gets', async () => {
    const operator = { ...sandbox.context('operator'), global: undefined };
    await expect(listComponents(operator)).rejects.toMatchObject({ status: 403 });
    const { items } = await listComponents(operator, { namespace: 'team-a' });
    expect(items.map(({ name, block }) => [name, block?.code])).toEqual([['prometheus', 'notAlauda']]);
  });
});

describe('the activity of a cluster', () => {
  /** A context as requests get it, whose writes are recorded. */
  function recorded(user: SandboxUser) {
    const context = sandbox.context(user);
    const { endpoint, credentials } = context.global;
    return {
      ...context,
      global: new KubeClient(endpoint, credentials, context.signal, recordWrites(user, context.cluster.name)),
    };
  }

  test('tells who upgraded a plugin, from which version, on the cluster that it was for', async () => {
    const upgrade = { version: 'v4.2.0' };
    await upgradePlugin(recorded('admin'), { name: 'multus', upgrade, dryRun: false });
    const { items } = await eventually(
      () => listActivity(sandbox.context('viewer')),
      (answer) => answer.items.length > 0,
    );
    expect(items).toMatchObject([
      {
        user: 'admin',
        cluster: 'business',
        action: 'Changed',
        object: { kind: 'ModuleInfo' },
        changes: [{ path: '/spec/version', before: 'v4.1.1', after: 'v4.2.0' }],
      },
    ]);
    expect((await listActivity(sandbox.context('admin', 'edge'))).items).toEqual([]);
  });

  test('leaves out what a user who may not write Events was refused, and fails nothing', async () => {
    const upgrade = { version: 'v1.10.0' };
    await expect(
      upgradePlugin(recorded('viewer'), { name: 'volcano', upgrade, dryRun: false }),
    ).rejects.toMatchObject({ status: 403 });
    const { items } = await listActivity(sandbox.context('admin'));
    expect(items.filter(({ user }) => user === 'viewer')).toEqual([]);
  });
});
