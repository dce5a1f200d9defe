import { describe, expect, test } from 'vitest';
import type { ModuleSpec } from './objects';
import { installObstacles, type TargetCluster, uninstallObstacles, upgradeObstacles } from './obstacles';
import { moduleConfig, moduleInfo, modulePlugin } from './testing';
import { upgradeCandidates } from './upgrade-targets';

const business: TargetCluster = {
  name: 'business',
  labels: { 'cpaas.io/arch-amd64': 'true' },
  platformVersion: 'v4.2.1',
  plugins: [],
  installed: [],
};
const plugin = modulePlugin('x');
const codes = (spec: ModuleSpec, cluster: Partial<TargetCluster> = {}, values?: unknown) =>
  installObstacles(
    plugin,
    moduleConfig('x', 'v1.0.0', spec),
    { ...business, ...cluster },
    undefined,
    values,
  ).map(({ code }) => code);
const running = (name: string, cluster: string, version = 'v1.0.0') => ({
  name,
  cluster,
  version,
  running: true,
});

describe('an installation', () => {
  test('is possible when nothing is in its way', () => {
    expect(
      codes({ affinity: { clusterAffinity: { matchLabels: { 'cpaas.io/arch-amd64': 'true' } } } }),
    ).toEqual([]);
  });

  test('is refused with the sentence that says why', () => {
    const config = moduleConfig('x', 'v1.0.0', {
      affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } },
    });
    expect(installObstacles(plugin, config, business, undefined)).toMatchObject([
      {
        code: 'affinity',
        message:
          'Cluster "business" does not fit the plugin\'s affinity, which requires: label is-global is "true".',
        items: ['label is-global is "true"'],
        facts: { cluster: 'business' },
        requirements: [{ key: 'is-global', operator: 'In', values: ['true'], satisfied: false }],
      },
    ]);
  });

  test('is refused beside a plugin that it does not get on with', () => {
    expect(codes({ affinity: { pluginAntiAffinity: ['y'] } }, { plugins: ['y'] })).toEqual(['anti-affinity']);
  });

  test('is refused where it is already, and where it is not gone yet', () => {
    const info = moduleInfo('x', 'business', 'v1.0.0');
    const config = moduleConfig('x', 'v1.0.0');
    expect(installObstacles(plugin, config, business, info)[0]?.code).toBe('already-installed');
    info.metadata.deletionTimestamp = '2026-01-02T00:00:00Z';
    expect(installObstacles(plugin, config, business, info)[0]?.code).toBe('being-deleted');
  });

  test('is refused for another version of the platform', () => {
    expect(codes({ targetClusterVersions: ['v4.3.0'] })).toEqual(['platform-version']);
  });

  test('is refused for a version that is not ready', () => {
    const config = moduleConfig('x', 'v1.0.0', {}, false);
    expect(installObstacles(plugin, config, business, undefined)[0]?.code).toBe('not-ready');
  });

  test.each([
    [[], ['missing-dependency']],
    [[running('y', 'edge', 'v2.0.0')], ['missing-dependency']],
    [[running('y', 'business', 'v1.0.0')], ['missing-dependency']],
    [[running('y', 'business', 'v2.0.0')], []],
    [[{ ...running('y', 'business', 'v2.0.0'), running: false }], []],
  ])('with %j installed has the obstacles %j', (installed, expected) => {
    const dependencies = [
      { moduleName: 'y', versionsMatch: ['>= v2.0.0'] },
      { moduleName: 'base', versionsMatch: ['*'] },
    ];
    expect(codes({ dependencies }, { installed })).toEqual(expected);
  });

  test('needs one of the plugins on other clusters, or the one that was chosen', () => {
    const pluginDependencies = {
      crossCluster: {
        oneOf: [
          { clusterName: 'global', pluginName: 'es' },
          { clusterName: 'global', pluginName: 'ck' },
        ],
      },
    };
    const installed = [running('ck', 'global')];
    expect(codes({ pluginDependencies })).toEqual(['missing-dependency']);
    expect(codes({ pluginDependencies }, { installed })).toEqual([]);
    const chosen = { crossClusterDependency: { es: 'global', ck: '' } };
    expect(codes({ pluginDependencies }, { installed }, chosen)).toEqual(['missing-dependency']);
  });
});

describe('an upgrade', () => {
  const info = moduleInfo('x', 'business', 'v1.0.0');
  const configs = [
    moduleConfig('x', 'v3.0.0', { supportedUpgradeVersions: '>= v2.0.0' }),
    moduleConfig('x', 'v2.0.0', { supportedUpgradeVersions: '>= v1.0.0' }),
    moduleConfig('x', 'v1.5.0', { targetClusterVersions: ['v4.9.0'] }),
    moduleConfig('x', 'v1.4.0', {}, false),
    moduleConfig('x', 'v1.0.0'),
  ];
  const candidates = upgradeCandidates(info, configs, plugin, 'v4.2.1');
  const code = (version: string, lifecycle: 'Core' | 'Aligned' = 'Aligned') =>
    upgradeObstacles(lifecycle, info, version, candidates, configs, business)[0]?.code;

  test('goes to versions that are newer, ready, fit the platform and support it', () => {
    expect(candidates.map(({ version }) => version)).toEqual(['v2.0.0']);
  });

  test('goes where the platform says, when it says so', () => {
    const offered = moduleInfo('x', 'business', 'v1.0.0', {
      phase: 'Running',
      version: 'v1.0.0',
      availableVersions: [{ version: 'v1.0.0' }, { version: 'v3.0.0' }, { version: 'v9.0.0' }],
    });
    const versions = upgradeCandidates(offered, configs, plugin, 'v4.2.1').map(({ version }) => version);
    expect(versions).toEqual(['v9.0.0', 'v3.0.0']);
  });

  test.each([
    ['v2.0.0', undefined],
    ['v1.0.0', 'not-newer'],
    ['v0.1.0', 'unknown-version'],
    ['v3.0.0', 'unsupported-upgrade'],
    ['v1.5.0', 'platform-version'],
    ['v1.4.0', 'not-ready'],
  ])('to %s has the obstacle %s', (version, expected) => {
    expect(code(version)).toBe(expected);
  });

  test('of a Core plugin comes with the cluster only', () => {
    expect(code('v2.0.0', 'Core')).toBe('core-life-cycle');
    const core = modulePlugin('x', {}, { 'cpaas.io/lifecycle-type': 'CORE' });
    const versions = upgradeCandidates(info, configs, core, 'v4.2.1').map(({ version }) => version);
    expect(versions).toEqual(['v2.0.0', 'v1.5.0']);
  });
});

describe('an uninstallation', () => {
  const info = moduleInfo('x', 'business', 'v1.0.0');
  const prevented = moduleInfo('x', 'business', 'v1.0.0', {
    phase: 'Running',
    version: 'v1.0.0',
    removeIsPrevented: true,
    blockReasons: ['in use'],
  });

  test.each([
    ['nothing', info, {}, undefined, []],
    ['its author', info, { deleteable: false }, undefined, ['not-deleteable']],
    ['objects that use it', info, {}, ['Pool default/a'], ['resources-in-the-way']],
    ['the platform', prevented, {}, undefined, ['removal-prevented']],
    ['nothing, although the platform has not noticed yet', prevented, {}, [], []],
  ])('is kept back by %s', (_, installation, spec, inTheWay, expected) => {
    expect(uninstallObstacles(installation, spec, inTheWay).map(({ code }) => code)).toEqual(expected);
  });
});
