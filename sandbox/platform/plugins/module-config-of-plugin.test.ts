import { describe, expect, test } from 'vitest';
import type { ModuleConfig, ModulePlugin } from './api.ts';
import { isCovered, moduleConfigOf, versionOf } from './module-config-of-plugin.ts';

const plugin = (version: string, generation = 1): ModulePlugin => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModulePlugin',
  metadata: { name: 'demo', generation, labels: { 'cpaas.io/product': 'ACP' } },
  spec: {
    name: 'demo',
    description: {},
    logo: '',
    deleteable: true,
    mainChart: 'ait/demo',
    appReleases: [
      {
        name: 'demo',
        chartVersions: [
          { name: 'ait/other', releaseName: 'other', version: 'v9.9.9' },
          { name: 'ait/demo', releaseName: 'demo', version },
        ],
      },
    ],
  },
});
const configOf = (version: string): ModuleConfig => {
  const config = moduleConfigOf(plugin(version));
  if (!config) throw new Error('no config');
  return config;
};

test('a plugin stands for the version of its main chart', () => {
  expect(versionOf(plugin('v1.0.0'))).toBe('v1.0.0');
  expect(versionOf(plugin('refer-to-productbase'))).toBeUndefined();
});

test('the ModuleConfig made of a plugin can be installed', () => {
  expect(configOf('v1.0.0')).toMatchObject({
    metadata: {
      name: 'demo-v1.0.0',
      finalizers: ['moduleconfig'],
      labels: { 'cpaas.io/module-name': 'demo', 'cpaas.io/module-type': 'plugin', 'cpaas.io/product': 'ACP' },
    },
    spec: { name: 'demo', version: 'v1.0.0' },
  });
});

describe('a plugin needs a ModuleConfig made', () => {
  test.each<[string, ModulePlugin, ModuleConfig[], boolean]>([
    ['when it has none', plugin('v1.0.0'), [], true],
    ['not when it has the one of its version', plugin('v1.0.0'), [configOf('v1.0.0')], false],
    ['not when somebody wrote others by hand', plugin('v1.0.0'), [configOf('v0.9.0')], false],
    ['when its chart version has changed since', plugin('v1.0.0', 2), [configOf('v0.9.0')], true],
    ['not while its package is not uploaded', plugin('refer-to-productbase'), [], false],
  ])('%s', (_, given, configs, needed) => {
    expect(isCovered(given, configs)).toBe(!needed);
  });
});
