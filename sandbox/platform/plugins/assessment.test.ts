import { describe, expect, test } from 'vitest';
import type { ModuleConfig, ModuleInfo, ModuleSpec } from './api.ts';
import { assess, type Surroundings } from './assessment.ts';

const info = (
  fields: { labels?: Record<string, string>; version?: string; running?: string } = {},
): ModuleInfo => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleInfo',
  metadata: {
    name: 'business-x',
    labels: {
      'cpaas.io/cluster-name': 'business',
      'cpaas.io/module-name': 'metallb',
      'cpaas.io/module-type': 'plugin',
      ...fields.labels,
    },
  },
  spec: { version: fields.version ?? 'v4.2.0' },
  ...(fields.running ? { status: { phase: 'Running', version: fields.running } } : {}),
});

const config = (spec: Partial<ModuleSpec> = {}, ready = true): ModuleConfig => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleConfig',
  metadata: { name: 'metallb-v4.2.0' },
  spec: { name: 'metallb', version: 'v4.2.0', description: {}, logo: '', deleteable: true, ...spec },
  status: { readyForDeploy: ready },
});

const surroundings = (fields: Partial<Surroundings> = {}): Surroundings => ({
  config: config(),
  cluster: { name: 'business', labels: { 'cpaas.io/arch-amd64': 'true' }, platformVersion: 'v4.2.1' },
  installed: [],
  ...fields,
});

const onGlobal = { affinity: { clusterAffinity: { matchLabels: { 'is-global': 'true' } } } };

describe('an installation', () => {
  test.each<[string, ModuleInfo, Surroundings, string]>([
    ['goes where it fits', info(), surroundings(), 'go'],
    [
      'is refused without the type label',
      info({ labels: { 'cpaas.io/module-type': '' } }),
      surroundings(),
      'refused',
    ],
    ['is refused where its affinity fails', info(), surroundings({ config: config(onGlobal) }), 'refused'],
    [
      'is refused on another platform version',
      info(),
      surroundings({ config: config({ targetClusterVersions: ['v4.3.0'] }) }),
      'refused',
    ],
    [
      'is refused when it can not be upgraded to',
      info({ running: 'v4.0.0' }),
      surroundings({ config: config({ supportedUpgradeVersions: '>= v4.1.0' }) }),
      'refused',
    ],
    [
      'is not held to the upgrade range when it is new',
      info(),
      surroundings({ config: config({ supportedUpgradeVersions: '>= v9.0.0' }) }),
      'go',
    ],
    [
      'keeps running when the platform version has moved on',
      info({ running: 'v4.2.0' }),
      surroundings({ config: config({ targetClusterVersions: ['v4.1.0'] }) }),
      'go',
    ],
    ['misses its cluster', info(), surroundings({ cluster: undefined }), 'missing'],
    ['misses its version', info(), surroundings({ config: undefined }), 'missing'],
    ['misses a version that is not ready', info(), surroundings({ config: config({}, false) }), 'missing'],
    [
      'misses what it depends on',
      info(),
      surroundings({ config: config({ dependencies: [{ moduleName: 'prometheus' }] }) }),
      'missing',
    ],
    [
      'waits for what it depends on',
      info(),
      surroundings({
        config: config({ dependencies: [{ moduleName: 'prometheus' }] }),
        installed: [{ cluster: 'business', module: 'prometheus', version: '', phase: 'Processing' }],
      }),
      'waiting',
    ],
    [
      'is not excluded by its own name in its anti-affinity',
      info(),
      surroundings({ config: config({ affinity: { pluginAntiAffinity: ['metallb'] } }) }),
      'go',
    ],
    [
      'is excluded by a neighbour on the same cluster only',
      info(),
      surroundings({
        config: config({ affinity: { pluginAntiAffinity: ['other'] } }),
        installed: [{ cluster: 'edge', module: 'other', version: 'v1.0.0', phase: 'Running' }],
      }),
      'go',
    ],
  ])('%s', (_, asked, around, verdict) => {
    expect(assess(asked, around).verdict).toBe(verdict);
  });
});
