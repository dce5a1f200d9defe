import { describe, expect, test } from 'vitest';
import type { InstalledOperator } from '@/lib/operators/installed-contract';
import { installPlan, subscription } from '@/lib/operators/rules/testing';
import { indexPlugins, installedPlugins } from '@/lib/plugins/rules/catalogue';
import type { ModuleInfoObject, ModuleSpec } from '@/lib/plugins/rules/objects';
import { moduleConfig, moduleInfo, modulePlugin } from '@/lib/plugins/rules/testing';
import { operatorComponents } from './operator-components';
import { pluginComponents } from './plugin-components';

const operator = { catalogNamespace: 'cpaas-system', catalog: 'platform', name: 'kiali' };

function row(changes: Partial<InstalledOperator> = {}): InstalledOperator {
  return {
    kind: 'Subscription',
    uid: 'uid-of-kiali',
    namespace: 'demo',
    name: 'kiali',
    displayName: 'Kiali',
    provider: '',
    operator,
    status: 'Upgrade available',
    installedVersion: '1.0.0',
    newVersion: '1.1.0',
    approval: 'Manual',
    manualBecauseOf: [],
    deprecations: [],
    createdAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

function offered(name: string, source: string) {
  return { ...operator, name, catalogDisplayName: 'Platform', source };
}

const kiali = subscription({ currentCSV: 'kiali.v1.1.0', installedCSV: 'kiali.v1.0.0', plan: 'install-1' });
const other = {
  ...subscription({ currentCSV: 'jaeger.v2.0.0', plan: 'install-1' }, 'jaeger'),
  spec: { name: 'jaeger', source: 'platform', sourceNamespace: 'cpaas-system' },
};

/** The reason why the operator can't join a batch; undefined when it can. */
function blockOf(
  changes: Partial<InstalledOperator>,
  names = ['kiali.v1.1.0'],
  sources = ['Alauda', 'Alauda'],
) {
  const [first] = operatorComponents([row(changes)], {
    subscriptions: [kiali, other],
    installPlans: [installPlan('install-1', { names })],
    offered: [offered('kiali', sources[0] ?? ''), offered('jaeger', sources[1] ?? '')],
    catalogSources: [],
  });
  return first?.block;
}

describe('an operator', () => {
  test('of Alauda with a waiting upgrade can join, pinned to its plan', () => {
    expect(blockOf({})).toBeUndefined();
  });

  test.each([
    ['notAlauda', {}, ['kiali.v1.1.0'], ['Community', 'Alauda']],
    ['foreignVersions', {}, ['kiali.v1.1.0', 'jaeger.v2.0.0'], ['Alauda', 'Community']],
    ['foreignVersions', {}, ['kiali.v1.1.0', 'unknown.v3.0.0'], ['Alauda', 'Alauda']],
    ['upToDate', { status: 'Installed' as const, newVersion: undefined }, [], undefined],
    ['automatic', { approval: 'Automatic' as const }, undefined, undefined],
    ['unsettled', { status: 'Failed' as const }, undefined, undefined],
    ['notInstalled', { status: 'Awaiting approval' as const }, undefined, undefined],
    ['noSubscription', { kind: 'ClusterServiceVersion' as const }, undefined, undefined],
    ['sourceUnknown', { operator: undefined }, undefined, undefined],
  ])('can not join: %s', (code, changes, names, sources) => {
    expect(blockOf(changes, names, sources)?.code).toBe(code);
  });

  test('whose catalog does not answer is told so, with the catalog', () => {
    const catalogSources = [
      {
        apiVersion: 'operators.coreos.com/v1alpha1',
        kind: 'CatalogSource',
        metadata: {
          name: 'platform',
          namespace: 'cpaas-system',
          uid: 'x',
          resourceVersion: '1',
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        spec: {},
        status: { connectionState: { lastObservedState: 'TRANSIENT_FAILURE' } },
      },
    ];
    const facts = { subscriptions: [kiali], installPlans: [installPlan('install-1', {})], catalogSources };
    const [gone] = operatorComponents([row()], { ...facts, offered: [] });
    expect(gone?.block).toEqual({
      code: 'catalogSilent',
      values: { catalog: 'platform: TRANSIENT_FAILURE' },
    });
    const [kept] = operatorComponents([row()], { ...facts, offered: [offered('kiali', 'Alauda')] });
    expect(kept).toMatchObject({ deadCatalog: 'platform: TRANSIENT_FAILURE' });
  });

  test('names what its plan carries beside it', () => {
    const block = blockOf({}, ['kiali.v1.1.0', 'jaeger.v2.0.0'], ['Alauda', 'Community']);
    expect(block?.values.names).toBe('jaeger.v2.0.0');
  });

  test('tells which others its plan upgrades', () => {
    const [first] = operatorComponents([row()], {
      subscriptions: [kiali, other],
      installPlans: [installPlan('install-1', { names: ['kiali.v1.1.0', 'jaeger.v2.0.0'] })],
      offered: [offered('kiali', 'Alauda'), offered('jaeger', 'Alauda')],
      catalogSources: [],
    });
    expect(first).toMatchObject({ selectable: true, sharedWith: ['jaeger'] });
  });
});

function pluginsOf(
  specs: Record<string, ModuleSpec>,
  { labels = {}, infos }: { labels?: Record<string, string>; infos?: ModuleInfoObject[] } = {},
) {
  const names = Object.keys(specs);
  const running = infos ?? names.map((name) => moduleInfo(name, 'business', 'v1.0.0'));
  const entries = indexPlugins({
    plugins: names.map((name) => modulePlugin(name, {}, labels)),
    configs: names.flatMap((name) => [
      moduleConfig(name, 'v1.0.0'),
      moduleConfig(name, 'v1.1.0', specs[name] ?? {}),
    ]),
    infos: running,
    artifacts: [],
  });
  const cluster = { name: 'business', labels: {}, plugins: [], installed: installedPlugins(running) };
  return new Map(pluginComponents(entries.values(), cluster).map((one) => [one.name, one]));
}

describe('a plugin', () => {
  test('with a newer version can join', () => {
    expect(pluginsOf({ nfs: {} }).get('nfs')).toMatchObject({
      selectable: true,
      from: 'v1.0.0',
      to: 'v1.1.0',
    });
  });

  test('of the Core life cycle is upgraded with the cluster', () => {
    const labels = { 'cpaas.io/lifecycle-type': 'core' };
    expect(pluginsOf({ dns: {} }, { labels }).get('dns')?.block?.code).toBe('core');
  });

  test('comes after those which name it in upgradeBefore', () => {
    const found = pluginsOf({ volcano: { upgradeBefore: [{ moduleName: 'kueue' }] }, kueue: {} });
    expect(found.get('kueue')?.after).toEqual(['volcano']);
  });

  test('needs the upgrade that its new version depends on', () => {
    const found = pluginsOf({
      agent: { dependencies: [{ moduleName: 'center', versionsMatch: ['>= v1.1.0'] }] },
      center: {},
    });
    expect(found.get('agent')).toMatchObject({ selectable: true, needs: ['center'], after: ['center'] });
  });

  test('is blocked by a dependency that no waiting upgrade fulfils', () => {
    const found = pluginsOf({ agent: { dependencies: [{ moduleName: 'center' }] } });
    expect(found.get('agent')?.block).toMatchObject({ code: 'dependency' });
  });

  test.each([
    ['without a value asks for it', {}, 'asks'],
    ['with a value from its installation can join', { url: 'https://example.com' }, undefined],
  ])('whose new version wants a value, %s', (_, config, code) => {
    const spec = {
      config: { url: '' },
      upgradeDescriptors: [
        {
          path: 'url',
          'x-descriptors': [
            'urn:alm:descriptor:com.tectonic.ui:text',
            'urn:alm:descriptor:com.tectonic.ui:validation:required',
          ],
        },
      ],
    };
    const info = moduleInfo('metrics', 'business', 'v1.0.0');
    const infos = [{ ...info, spec: { ...info.spec, config } }];
    expect(pluginsOf({ metrics: spec }, { infos }).get('metrics')?.block?.code).toBe(code);
  });

  test('is blocked where the affinity of its new version does not fit', () => {
    const affinity = { clusterAffinity: { matchLabels: { gpu: 'true' } } };
    const block = pluginsOf({ gpu: { affinity } }).get('gpu')?.block;
    expect(block?.code).toBe('obstacle');
    expect(block?.values.detail).toContain('label gpu is "true"');
  });

  test('whose anti-affinity names itself can join', () => {
    const found = pluginsOf({ nfs: { affinity: { pluginAntiAffinity: ['nfs'] } } });
    expect(found.get('nfs')?.selectable).toBe(true);
  });
});
