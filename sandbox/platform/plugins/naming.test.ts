import { describe, expect, test } from 'vitest';
import type { ModuleInfo } from './api.ts';
import { finalNameOf, moduleConfigName, moduleInfoName, specHash } from './naming.ts';

describe('the name of an installation', () => {
  test.each([
    ['global', 'logcenter', 'global-e671599464a5b1717732c5ba36079795'],
    ['business-1', 'logcenter', 'business-1-40e797a4de9697ada933390391d9d0b4'],
    ['global', 'log-api', 'global-b4a67e6adb67bad47544354e9bf2bdff'],
    ['global', 'web-cli', 'global-ee98c9991ea1464aaa8054bdacbab313'],
    ['acpsit1', 'nfs', 'acpsit1-f0d3980d011fb5577eec6897e4761828'],
    ['business', 'gpu-device-plugin', 'business-c5b03393776ecd3d02e6590f4c1c07b8'],
  ])('on %s, plugin %s: %s', (cluster, module, name) => {
    expect(moduleInfoName(cluster, module)).toBe(name);
  });

  const info = (annotations?: Record<string, string>): ModuleInfo => ({
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      name: 'global-temporary-name',
      labels: { 'cpaas.io/cluster-name': 'global', 'cpaas.io/module-name': 'web-cli' },
      ...(annotations ? { annotations } : {}),
    },
    spec: { version: 'v4.0.4' },
  });
  const json = '{"en": "Web Terminal", "zh": "终端"}';

  test.each([
    ['no annotation', undefined],
    ['the plain name in display-name', { 'cpaas.io/display-name': 'web-cli', 'cpaas.io/module-name': json }],
    ['the plain name in module-name', { 'cpaas.io/display-name': json, 'cpaas.io/module-name': 'web-cli' }],
  ])('is the same with %s', (_, annotations) => {
    expect(finalNameOf(info(annotations))).toBe('global-ee98c9991ea1464aaa8054bdacbab313');
  });
});

test('a ModuleConfig is named after plugin and version', () => {
  expect(moduleConfigName('web-cli', 'v4.0.4')).toBe('web-cli-v4.0.4');
});

test('the hash of a spec does not depend on the order of its keys', () => {
  expect(specHash({ a: 1, b: [{ c: true, d: null }] })).toBe(specHash({ b: [{ d: null, c: true }], a: 1 }));
  expect(specHash({ a: 1 })).not.toBe(specHash({ a: 2 }));
});
