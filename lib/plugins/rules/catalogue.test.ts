import { describe, expect, test } from 'vitest';
import { indexPlugins, logoOf, type PluginObjects, pluginRow } from './catalogue';
import { moduleConfig, moduleInfo, modulePlugin } from './testing';

const nothing: PluginObjects = { plugins: [], configs: [], infos: [], artifacts: [] };
const row = (objects: Partial<PluginObjects>, name = 'x', cluster = 'business') => {
  const entry = indexPlugins({ ...nothing, ...objects }).get(name);
  if (!entry) throw new Error(`${name} is not known`);
  return pluginRow(entry, { name: cluster, platformVersion: 'v4.2.1' });
};

describe('a row', () => {
  test('of a plugin that was never uploaded comes from the platform list', () => {
    const artifacts = [
      { name: 'x', packageType: 'ModulePlugin', channels: [{ displayName: 'The X' }] },
      { name: 'some-operator', packageType: 'OperatorBundle', channels: [] },
    ];
    expect(row({ artifacts })).toMatchObject({
      status: 'Absent',
      displayName: { en: 'The X', zh: 'The X' },
      version: '',
      newVersion: '',
      actions: [],
    });
    expect(indexPlugins({ ...nothing, artifacts }).has('some-operator')).toBe(false);
  });

  test('of a plugin that is ready tells what would be installed', () => {
    const configs = [
      moduleConfig('x', 'v1.0.0'),
      moduleConfig('x', 'v1.10.0', { config: { a: true } }),
      moduleConfig('x', 'v1.9.0'),
      moduleConfig('x', 'v5.0.0', { targetClusterVersions: ['v5.0.0'] }),
    ];
    expect(row({ plugins: [modulePlugin('x')], configs })).toMatchObject({
      status: 'Ready',
      lifecycle: 'Agnostic',
      version: '',
      newVersion: 'v1.10.0',
      actions: ['Install'],
      installForm: true,
    });
  });

  test('finds the installation by its labels, on its own cluster', () => {
    const objects = {
      plugins: [modulePlugin('x', {}, { 'cpaas.io/lifecycle-type': 'Aligned' })],
      configs: [moduleConfig('x', 'v2.0.0'), moduleConfig('x', 'v1.0.0', { config: { a: true } })],
      infos: [moduleInfo('x', 'business', 'v1.0.0')],
    };
    expect(row(objects)).toMatchObject({
      status: 'Running',
      lifecycle: 'Aligned',
      version: 'v1.0.0',
      newVersion: 'v2.0.0',
      actions: ['Upgrade', 'Update', 'Uninstall'],
    });
    expect(row(objects, 'x', 'edge')).toMatchObject({ status: 'Ready', actions: ['Install'] });
  });

  test('shows the installation that stays while the platform renames it', () => {
    const temporary = moduleInfo('x', 'business', 'v1.0.0', undefined);
    temporary.metadata.deletionTimestamp = '2026-01-01T00:00:01Z';
    const infos = [temporary, moduleInfo('x', 'business', 'v1.0.0')];
    expect(row({ plugins: [modulePlugin('x')], infos }).status).toBe('Running');
  });

  test('of a Core plugin tells the new version and offers no upgrade', () => {
    const objects = {
      plugins: [modulePlugin('x', {}, { 'cpaas.io/lifecycle-type': 'core' })],
      configs: [moduleConfig('x', 'v2.0.0'), moduleConfig('x', 'v1.0.0', { deleteable: false })],
      infos: [moduleInfo('x', 'business', 'v1.0.0')],
    };
    expect(row(objects)).toMatchObject({ lifecycle: 'Core', newVersion: 'v2.0.0', actions: [] });
  });
});

test.each([
  ['data:image/svg+xml;base64,PHN2Zz4=', 'image/svg+xml'],
  ['data:image/svg+xml;charset=utf-8,%3Csvg%3E', 'image/svg+xml'],
  ['data:image/PNG;base64,AAAA', 'image/png'],
  ['data:text/html;base64,AAAA', undefined],
  ['https://example.com/logo.svg', undefined],
  ['data:image/svg+xml;base64,', undefined],
  ['', undefined],
])('the logo %s is of type %s', (logo, contentType) => {
  expect(logoOf({ plugin: modulePlugin('x', { logo }), configs: [] })?.contentType).toBe(contentType);
});
