import { describe, expect, test } from 'vitest';
import { buildForm, hasEditableFields } from './build-form';
import { formDataOf, withFormData } from './form-data';
import { formSchemaOf } from './form-schema';
import { differenceToDefault, initialValue, toConfig } from './values';

const words = (...list: string[]) => list.map((word) => `urn:alm:descriptor:${word}`);
const ui = (word: string) => `com.tectonic.ui:${word}`;
const field = (path: string, ...list: string[]) => ({ path, 'x-descriptors': words(...list) });
const deploy = (config: unknown, ...deployDescriptors: unknown[]) =>
  buildForm({ config, deployDescriptors }, 'deploy', 'en');

/** Types into a field as the form library would. */
function type(
  form: ReturnType<typeof buildForm>,
  value: Record<string, unknown>,
  key: string,
  entered: unknown,
) {
  const data = structuredClone(formDataOf(form, value));
  const put = (node: Record<string, unknown>): boolean => {
    const schema = formSchemaOf(form, value).schema;
    const walk = (at: Record<string, unknown>, properties: Record<string, unknown>): boolean => {
      if (Object.hasOwn(properties, key)) {
        at[key] = entered;
        return true;
      }
      return Object.entries(properties).some(([name, inner]) => {
        const below = (inner as { properties?: Record<string, unknown> }).properties;
        if (!below || (!name.startsWith('group:') && name !== 'advanced')) return false;
        at[name] ??= {};
        return walk(at[name] as Record<string, unknown>, below);
      });
    };
    return walk(node, schema.properties as Record<string, unknown>);
  };
  expect(put(data), `${key} is shown`).toBe(true);
  return withFormData(form, value, data);
}

describe('a plugin without descriptors', () => {
  const form = buildForm(
    { config: { custom: { mps_enable: false, pgpu_enable: false, vgpu_enable: false } } },
    'deploy',
    'en',
  );

  test('has one switch per boolean of its config, labelled by the key, in their order', () => {
    expect(form.source).toBe('config');
    expect(form.fields.map(({ label, control }) => [label, control])).toEqual([
      ['mps_enable', 'switch'],
      ['pgpu_enable', 'switch'],
      ['vgpu_enable', 'switch'],
    ]);
    expect(form.groups).toEqual([]);
  });

  test('sends the whole config with what was switched', () => {
    const value = type(
      form,
      type(form, initialValue(form), '/custom/pgpu_enable', true),
      '/custom/vgpu_enable',
      true,
    );
    expect(toConfig(form, value)).toEqual({
      custom: { mps_enable: false, pgpu_enable: true, vgpu_enable: true },
    });
    expect(differenceToDefault(form, value)).toEqual([
      { path: ['custom', 'pgpu_enable'], before: false, after: true },
      { path: ['custom', 'vgpu_enable'], before: false, after: true },
    ]);
  });

  test('has no form at all when its config is empty', () => {
    for (const config of [undefined, null, {}, [], 'text', 7]) {
      const none = buildForm({ config }, 'deploy', 'en');
      expect(none.source).toBe('none');
      expect(toConfig(none, initialValue(none))).toEqual({});
    }
  });

  test('gets groups, lists and YAML where its config is deeper', () => {
    const config = {
      size: 'Small',
      storage: { nodes: ['a'], capacity: 40, note: 'a\nb' },
      extra: { resources: null },
    };
    const deep = buildForm({ config }, 'deploy', 'en');
    expect(deep.fields.map(({ label, control, group }) => [label, control, group])).toEqual([
      ['size', 'text', undefined],
      ['nodes', 'tags', '/storage'],
      ['capacity', 'number', '/storage'],
      ['note', 'textarea', '/storage'],
      ['resources', 'yaml', '/extra'],
    ]);
    expect(toConfig(deep, initialValue(deep))).toEqual(config);
  });
});

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

describe('a config that is a JSON Schema', () => {
  const config = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: 'Name', default: 'x', maxLength: 5, pattern: '^[a-z]+$' },
      level: { type: 'integer', enum: [1, 2], default: 1 },
      storage: {
        type: 'object',
        title: 'Storage',
        properties: { size: { type: 'number', minimum: 1, default: 3 } },
      },
      hosts: { type: 'array', items: { type: 'string' } },
      any: { $ref: '#/definitions/any' },
    },
  };
  const form = buildForm({ config }, 'deploy', 'en');

  test('becomes a form with its defaults', () => {
    expect(form.source).toBe('schema');
    expect(initialValue(form)).toEqual({ name: 'x', level: 1, storage: { size: 3 } });
    expect(form.fields.map(({ label, control }) => [label, control])).toEqual([
      ['Name', 'text'],
      ['level', 'select'],
      ['size', 'number'],
      ['hosts', 'tags'],
      ['any', 'yaml'],
    ]);
  });

  test('gives values in the types of the schema', () => {
    const value = type(form, initialValue(form), '/level', '2');
    expect(toConfig(form, value)).toEqual({ name: 'x', level: 2, storage: { size: 3 } });
  });
});
