import { describe, expect, test } from 'vitest';
import { dependencyState, type InstalledModule } from './dependencies.ts';

const running = (module: string, cluster: string, version: string): InstalledModule => ({
  module,
  cluster,
  version,
  phase: 'Running',
});
const installing = (module: string, cluster: string): InstalledModule => ({
  module,
  cluster,
  version: '',
  phase: 'Processing',
});

describe('a dependency on the same cluster', () => {
  const spec = { dependencies: [{ moduleName: 'prometheus', versionsMatch: ['>= v4.1.0', 'v3.18.0'] }] };

  test.each([
    ['runs in a version that will do', [running('prometheus', 'business', 'v4.1.3')], 0, 0],
    ['runs in another version that will do', [running('prometheus', 'business', 'v3.18.0')], 0, 0],
    ['runs in a version that will not do', [running('prometheus', 'business', 'v4.0.0')], 1, 0],
    ['is being installed', [installing('prometheus', 'business')], 0, 1],
    ['runs elsewhere only', [running('prometheus', 'global', 'v4.1.3')], 1, 0],
    ['is nowhere', [], 1, 0],
  ])('%s', (_, installed, missing, waiting) => {
    const state = dependencyState(spec, 'business', {}, installed);
    expect([state.missing.length, state.waiting.length]).toEqual([missing, waiting]);
  });

  test('on the platform itself is always met', () => {
    const onBase = { dependencies: [{ moduleName: 'base', versionsMatch: ['*'] }] };
    expect(dependencyState(onBase, 'business', {}, [])).toEqual({ missing: [], waiting: [] });
  });
});

describe('a dependency on another cluster', () => {
  const spec = {
    pluginDependencies: {
      crossCluster: {
        oneOf: [
          { clusterName: 'global', pluginName: 'logcenter' },
          { clusterName: 'global', pluginName: 'logclickhouse' },
        ],
      },
    },
  };

  test('is met by any one of the choices', () => {
    const installed = [running('logclickhouse', 'global', 'v4.2.0')];
    expect(dependencyState(spec, 'business', {}, installed)).toEqual({ missing: [], waiting: [] });
  });

  test('follows the cluster that the installation names', () => {
    const config = { crossClusterDependency: { logcenter: 'edge', logclickhouse: null } };
    const onGlobal = [running('logcenter', 'global', 'v4.2.0')];
    const onEdge = [running('logcenter', 'edge', 'v4.2.0')];
    expect(dependencyState(spec, 'business', config, onGlobal).missing).toEqual([
      'plugin logcenter on cluster edge is not installed',
    ]);
    expect(dependencyState(spec, 'business', config, onEdge).missing).toEqual([]);
  });

  test('waits for one that is being installed', () => {
    expect(dependencyState(spec, 'business', {}, [installing('logcenter', 'global')]).waiting).toHaveLength(
      1,
    );
  });

  test('is missing when none of the choices is there', () => {
    expect(dependencyState(spec, 'business', {}, []).missing).toEqual([
      'plugin logcenter on cluster global or logclickhouse on cluster global is not installed',
    ]);
  });
});
