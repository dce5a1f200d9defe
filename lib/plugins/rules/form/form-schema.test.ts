import { describe, expect, test } from 'vitest';
import { buildForm } from './build-form';
import { definitionChanges } from './definition-changes';
import { formSchemaOf } from './form-schema';
import { conditionValidator, errorSchemaOf } from './rjsf';
import { field, ui } from './testing';
import { validate } from './validate';
import { changePatch, initialValue, toConfig } from './values';

describe('the form in the words of rjsf', () => {
  const form = buildForm(
    {
      config: { replicas: 1 },
      deployDescriptors: [
        field('replicas', ui('select:1'), ui('select:3'), 'label:en:Replicas'),
        field('mode', 'radio:ha:en:Highly available', 'radio:single'),
        field('class', 'io.kubernetes:StorageClass', 'tooltip:en:Where to'),
        field('secrets', 'io.kubernetes:Secret', ui('multiple'), ui('validation:minLength:2')),
        field('size', ui('number'), ui('advanced'), ui('validation:required'), ui('validation:minimum:1')),
        field('note', ui('textarea'), ui('disabled'), 'placeholder:en:Anything'),
        field('extra', ui('yaml')),
        field('gone', ui('text'), ui('fieldDependency:mode:ha')),
        field('secret', ui('password'), ui('hidden')),
      ],
    },
    'deploy',
    'en',
  );
  const { schema, uiSchema } = formSchemaOf(form, initialValue(form));

  test('has a property for everything that is shown now', () => {
    expect(schema).toEqual({
      type: 'object',
      properties: {
        '/replicas': { title: 'Replicas', type: 'string', enum: ['1', '3'] },
        '/mode': { title: 'mode', type: 'string', enum: ['ha', 'single'] },
        '/class': { title: 'class', type: 'string' },
        '/secrets': {
          title: 'secrets',
          type: 'array',
          items: { type: 'string' },
          uniqueItems: true,
          minItems: 2,
        },
        '/note': { title: 'note', type: 'string' },
        '/extra': { title: 'extra' },
        advanced: {
          type: 'object',
          properties: { '/size': { title: 'size', type: 'number', minimum: 1 } },
          required: ['/size'],
        },
      },
    });
  });

  test('says how each is shown', () => {
    expect(uiSchema).toMatchObject({
      'ui:order': ['/replicas', '/mode', '/class', '/secrets', '/note', '/extra', 'advanced'],
      '/replicas': { 'ui:widget': 'select' },
      '/mode': { 'ui:widget': 'radio', 'ui:enumNames': ['Highly available', 'single'] },
      '/class': {
        'ui:widget': 'resource',
        'ui:options': { resource: { kind: 'StorageClass' }, tooltip: 'Where to' },
      },
      '/secrets': { 'ui:widget': 'resource', 'ui:options': { multiple: true } },
      '/note': { 'ui:widget': 'textarea', 'ui:readonly': true, 'ui:placeholder': 'Anything' },
      '/extra': { 'ui:field': 'yaml' },
      advanced: { 'ui:options': { collapsible: true, open: false, advanced: true }, 'ui:order': ['/size'] },
    });
  });

  test('puts errors where their fields are', () => {
    const errors = validate(form, { replicas: 1, size: 0 });
    expect(errorSchemaOf(errors, ({ message }) => message)).toEqual({
      advanced: { '/size': { __errors: ['size is less than 1'] } },
    });
  });
});

test('members of a list show what they ask for by conditions of the schema', () => {
  const group = ui('arrayFieldGroup:disks');
  const form = buildForm(
    {
      deployDescriptors: [
        field('disks.kind', group, ui('select:ssd'), ui('select:nfs'), 'com.tectonic.default:ssd'),
        field(
          'disks.server',
          group,
          ui('text'),
          ui('validation:required'),
          ui('fieldDependency:disks.kind:nfs'),
        ),
      ],
    },
    'deploy',
    'en',
  );
  const { schema } = formSchemaOf(form, {});
  const { items } =
    (schema.properties as Record<string, { items: { allOf: { if: object }[] } }>)['/disks'] ?? {};
  const [condition] = items?.allOf ?? [];
  expect(items).toMatchObject({ properties: { '/kind': { default: 'ssd' } } });
  expect(condition).toMatchObject({
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { '/server': { type: 'string' } }, required: ['/server'] },
  });
  expect(conditionValidator.isValid(condition?.if ?? {}, { '/kind': 'nfs' }, {})).toBe(true);
  expect(conditionValidator.isValid(condition?.if ?? {}, { '/kind': 'ssd' }, {})).toBe(false);
  expect(conditionValidator.isValid(condition?.if ?? {}, {}, {})).toBe(false);
  const errors = validate(form, { disks: [{ kind: 'ssd' }, { kind: 'nfs' }] });
  expect(errorSchemaOf(errors, ({ code }) => code)).toEqual({
    '/disks': { '1': { '/server': { __errors: ['required'] } } },
  });
});

describe('changing an installation', () => {
  const descriptors = [
    field('type', ui('select:es'), ui('select:ck'), 'oneOf:es:es', 'oneOf:ck:ck'),
    field('es', ui('text')),
    field('ck', ui('text')),
    field('token', ui('text'), ui('hidden')),
  ];
  const config = { type: 'es', es: 'a', ck: 'b', token: 't', level: 1 };
  const installed = { type: 'es', es: 'mine', token: 'mine', own: { key: 1 } };

  test('sends what was changed, and removes the branch that is no longer chosen', () => {
    const form = buildForm({ config, editDescriptors: descriptors }, 'edit', 'en');
    const value = initialValue(form, installed);
    expect(value).toEqual({ ...config, ...installed });
    expect(changePatch(form, installed, value)).toEqual({});
    expect(changePatch(form, installed, { ...value, type: 'ck' })).toEqual({ type: 'ck', es: null, ck: 'b' });
    expect(toConfig(form, value)).toMatchObject({ token: 'mine', own: { key: 1 } });
  });

  test('shows only the branch that was chosen at installation, when that can not be changed', () => {
    const form = buildForm(
      {
        config,
        deployDescriptors: descriptors,
        editDescriptors: [field('ck', ui('text')), field('es', ui('text'))],
      },
      'edit',
      'en',
    );
    const { schema } = formSchemaOf(form, initialValue(form, installed));
    expect(Object.keys(schema.properties as object)).toEqual(['/es', '/type']);
  });

  test('tells what a newer version asks differently', () => {
    const before = buildForm({ config: { a: 1, b: 2 } }, 'upgrade', 'en');
    const after = buildForm({ config: { a: 5, c: 3 } }, 'upgrade', 'en');
    expect(definitionChanges(before, after)).toEqual({
      added: [{ label: 'c', path: ['c'] }],
      removed: [{ label: 'b', path: ['b'] }],
      defaults: [{ label: 'a', path: ['a'], before: 1, after: 5 }],
    });
  });
});
