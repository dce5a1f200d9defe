import { describe, expect, test } from 'vitest';
import { buildForm } from './build-form';
import { type } from './testing';
import { differenceToDefault, initialValue, toConfig } from './values';

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
