import { describe, expect, test } from 'vitest';
import { describeWrite, type Written } from './describe-write';

const who = { user: 'admin', cluster: 'business', time: '2026-01-01T00:00:00.000Z' };
const plan = {
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'InstallPlan',
  metadata: { name: 'install-1', namespace: 'demo', uid: 'uid' },
};

describe('the record of a write', () => {
  test('of an approval tells what it was before, from the test that guards it', () => {
    const { record, object, message } = describeWrite(
      {
        verb: 'patch',
        resource: 'installplans.operators.coreos.com',
        namespace: 'demo',
        name: 'install-1',
        body: [
          { op: 'test', path: '/metadata/uid', value: 'uid' },
          { op: 'test', path: '/spec/approved', value: false },
          { op: 'replace', path: '/spec/approved', value: true },
        ],
        after: plan,
      },
      who,
    );
    expect(record).toMatchObject({
      user: 'admin',
      action: 'Approved',
      changes: [{ path: '/spec/approved', before: 'false', after: 'true' }],
    });
    expect(object).toEqual({ ...plan.metadata, apiVersion: plan.apiVersion, kind: 'InstallPlan' });
    expect(message).toBe('admin approved InstallPlan demo/install-1 (spec.approved: false → true)');
  });

  const upgrade: Written = {
    verb: 'patch',
    resource: 'moduleinfoes.cluster.alauda.io',
    name: 'business-1',
    body: { metadata: { uid: 'uid' }, spec: { version: 'v2', config: { password: 'hunter2' } } },
    before: { kind: 'ModuleInfo', metadata: { name: 'business-1' }, spec: { version: 'v1', config: {} } },
  };

  test('of a plugin tells the versions, and of its configuration only that it changed', () => {
    const { record, message } = describeWrite(upgrade, who);
    expect(record.changes).toEqual([
      { path: '/spec/version', before: 'v1', after: 'v2' },
      { path: '/spec/config' },
    ]);
    expect(JSON.stringify({ record, message })).not.toContain('hunter2');
  });

  test('names the plugin of an installation and the versions of a plan, whose own names say nothing', () => {
    const labels = { 'cpaas.io/module-name': 'multus' };
    const before = { kind: 'ModuleInfo', metadata: { name: 'business-1', labels } };
    expect(describeWrite({ ...upgrade, before, error: 'forbidden' }, who).record.about).toBe('multus');
    const names = { clusterServiceVersionNames: ['kiali.v2.0.0', 'jaeger.v1.0.0'] };
    const approval = { verb: 'patch', resource: 'installplans.operators.coreos.com', body: [] };
    expect(describeWrite({ ...approval, after: { ...plan, spec: names } }, who).record.about).toBe(
      'kiali.v2.0.0, jaeger.v1.0.0',
    );
    expect(describeWrite(upgrade, who).record.about).toBeUndefined();
  });

  test('that was refused tells why', () => {
    const { record, object, message } = describeWrite({ ...upgrade, error: 'forbidden' }, who);
    expect(record.error).toBe('forbidden');
    expect(object.kind).toBe('ModuleInfo');
    expect(message).toMatch(/^admin was refused: changed ModuleInfo business-1 .*: forbidden$/);
  });

  test('of a deletion names the object though the answer is a Status', () => {
    const { object, record } = describeWrite(
      {
        verb: 'delete',
        resource: 'subscriptions.operators.coreos.com',
        namespace: 'demo',
        name: 'kiali',
        body: { kind: 'DeleteOptions' },
        after: { kind: 'Status', metadata: {} },
      },
      who,
    );
    expect(record).toMatchObject({ action: 'Deleted', changes: [] });
    expect(object).toMatchObject({ kind: 'Subscription', namespace: 'demo', name: 'kiali' });
  });

  test('of a creation tells what identifies it, never its data', () => {
    const body = {
      kind: 'ConfigMap',
      metadata: { name: 'x' },
      data: { token: 'secret' },
      spec: { channel: 'stable', config: { env: 'secret' } },
    };
    const { record } = describeWrite({ verb: 'create', resource: 'configmaps', name: 'x', body }, who);
    expect(record.changes).toEqual([{ path: '/spec/channel', after: 'stable' }]);
  });
});
