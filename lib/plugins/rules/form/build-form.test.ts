import { describe, expect, test } from 'vitest';
import { buildForm, hasEditableFields } from './build-form';
import { formDataOf, withFormData } from './form-data';
import { formSchemaOf } from './form-schema';
import { deploy, field, type, ui } from './testing';
import { initialValue, toConfig } from './values';

describe('a form of descriptors', () => {
  test('keeps keys that no descriptor names', () => {
    const form = deploy({ a: { b: 'x', other: [1, { c: null }] }, z: 1 }, field('a.b', ui('text')));
    expect(form.fields.map(({ key }) => key)).toEqual(['/a/b']);
    expect(toConfig(form, type(form, initialValue(form), '/a/b', 'y'))).toEqual({
      a: { b: 'y', other: [1, { c: null }] },
      z: 1,
    });
  });

  test('shows fields in the order in which they are described', () => {
    const form = deploy({}, field('b.x', ui('text')), field('a', ui('text')), field('b.y', ui('text')));
    expect(formSchemaOf(form, {}).uiSchema['ui:order']).toEqual(['/b/x', '/a', '/b/y']);
  });

  test('takes labels of the language, then of the other one, then the display name, then the key', () => {
    const labels = (language: 'en' | 'zh') =>
      buildForm(
        {
          deployDescriptors: [
            field('a', 'label:en:One', 'label:zh:一'),
            field('b', 'label:zh:二'),
            { ...field('c'), displayName: 'Three' },
            field('d.e'),
          ],
        },
        'deploy',
        language,
      ).fields.map(({ label }) => label);
    expect(labels('en')).toEqual(['One', '二', 'Three', 'e']);
    expect(labels('zh')).toEqual(['一', '二', 'Three', 'e']);
  });

  test('stores values in the type that the config has', () => {
    const config = { replicas: 1, port: '8080', enabled: 'false', on: true };
    const form = deploy(
      config,
      field('replicas', ui('select:1'), ui('select:3')),
      field('port', ui('number')),
      field('enabled', ui('booleanSwitch')),
      field('on', ui('select:true'), ui('select:false')),
    );
    let value = initialValue(form);
    expect(formDataOf(form, value)).toEqual({
      '/replicas': '1',
      '/port': 8080,
      '/enabled': false,
      '/on': 'true',
    });
    value = type(form, value, '/replicas', '3');
    value = type(form, value, '/port', 9090);
    value = type(form, value, '/enabled', true);
    value = type(form, value, '/on', 'false');
    expect(toConfig(form, value)).toEqual({ replicas: 3, port: '9090', enabled: 'true', on: false });
  });

  test('fills what the config lacks from the descriptors, and believes the config where both speak', () => {
    const form = deploy(
      { mode: 'a' },
      field('size', ui('number'), 'com.tectonic.default:3'),
      field('mode', ui('text'), 'com.tectonic.default:b'),
      field('count', ui('number'), 'com.tectonic.default:many'),
    );
    expect(initialValue(form)).toEqual({ mode: 'a', size: 3 });
    expect(form.notes.map(({ code, path }) => [code, path])).toEqual([
      ['default-differs', 'mode'],
      ['default-not-valid', 'count'],
    ]);
  });

  test('puts fields into groups and under the advanced fold', () => {
    const form = deploy(
      {},
      field('storage', ui('fieldGroup:storage'), 'label:en:Storage', 'description:en:Where'),
      field('storage.size', ui('fieldGroup:storage'), ui('number')),
      field('debug', ui('advanced'), ui('booleanSwitch')),
      field('storage.path', ui('fieldGroup:storage'), ui('advanced'), ui('text')),
    );
    const { schema } = formSchemaOf(form, {});
    expect(schema).toMatchObject({
      properties: {
        'group:/storage': {
          title: 'Storage',
          description: 'Where',
          properties: { '/storage/size': { type: 'number' } },
        },
        advanced: {
          properties: {
            '/debug': { type: 'boolean' },
            'group:/storage': { properties: { '/storage/path': { type: 'string' } } },
          },
        },
      },
    });
    const value = type(form, initialValue(form), '/storage/path', '/data');
    expect(toConfig(form, value)).toEqual({ storage: { path: '/data' } });
  });

  test('repeats a group of fields as a list of objects', () => {
    const form = deploy(
      { nodes: [{ name: 'a', zone: 1, kept: true }] },
      field('nodes', ui('arrayFieldGroup:nodes'), 'label:en:Nodes'),
      field('nodes[0].name', ui('arrayFieldGroup:nodes'), ui('text'), ui('validation:required')),
      field('nodes[0].zone', ui('arrayFieldGroup:nodes'), ui('select:1'), ui('select:2')),
    );
    expect(form.fields).toMatchObject([{ key: '/nodes', label: 'Nodes', control: 'list' }]);
    const value = initialValue(form);
    const [first] = formDataOf(form, value)['/nodes'] as Record<string, unknown>[];
    const next = withFormData(form, value, {
      '/nodes': [
        { '/name': 'b', '/zone': '2' },
        { ...first, '/name': 'c' },
      ],
    });
    expect(toConfig(form, next)).toEqual({
      nodes: [
        { name: 'b', zone: 2 },
        { name: 'c', zone: 1, kept: true },
      ],
    });
  });

  test('takes a list of resource requirements, tags and YAML as structures', () => {
    const form = deploy(
      { resources: null, tags: [], tolerations: [{ key: 'a' }] },
      field('resources', ui('resourceRequirements')),
      field('tags', 'tagsInput'),
      field('tolerations', ui('yaml')),
    );
    let value = initialValue(form);
    expect(toConfig(form, value)).toEqual({ resources: null, tags: [], tolerations: [{ key: 'a' }] });
    value = type(form, value, '/resources', { limits: { cpu: '1', memory: '' } });
    value = type(form, value, '/tags', ['x', 'y']);
    value = type(form, value, '/tolerations', []);
    expect(toConfig(form, value)).toEqual({
      resources: { limits: { cpu: '1' } },
      tags: ['x', 'y'],
      tolerations: [],
    });
  });

  test('shows what is only chosen at installation, but does not let it be edited', () => {
    const definition = {
      config: { a: 1, b: 2 },
      deployDescriptors: [field('a', ui('number')), field('b', ui('number'))],
      editDescriptors: [field('b', ui('number'))],
    };
    const form = buildForm(definition, 'edit', 'en');
    expect(form.fields.map(({ key, readOnly }) => [key, readOnly])).toEqual([
      ['/b', false],
      ['/a', true],
    ]);
    expect(hasEditableFields(form)).toBe(true);
    expect(hasEditableFields(buildForm({ ...definition, editDescriptors: [] }, 'edit', 'en'))).toBe(false);
  });
});

test.each(['edit', 'upgrade'] as const)('a group has its title in the form for %s too', (purpose) => {
  const group = ui('fieldGroup:limits');
  const deployDescriptors = [field('limits', group, 'label:en:At most'), field('limits.pods', group)];
  const own = [field('limits.pods', group)];
  const definition = { deployDescriptors, editDescriptors: own, upgradeDescriptors: own };
  expect(buildForm(definition, purpose, 'en').groups).toMatchObject([{ title: 'At most' }]);
});
