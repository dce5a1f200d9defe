import { describe, expect, test } from 'vitest';
import { buildForm } from './build-form';
import { formDataOf, withFormData } from './form-data';
import { formSchemaOf } from './form-schema';
import { validate } from './validate';
import { initialValue, toConfig } from './values';

const ui = (word: string) => `urn:alm:descriptor:com.tectonic.ui:${word}`;

/** Everything that a page does with a form, within a second. */
function use(definition: Parameters<typeof buildForm>[0]) {
  const started = performance.now();
  const form = buildForm(definition, 'deploy', 'en');
  const value = initialValue(form);
  const { schema } = formSchemaOf(form, value);
  const edited = withFormData(form, value, formDataOf(form, value));
  const errors = validate(form, edited);
  const config = toConfig(form, edited);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  return { form, schema, errors, config };
}

describe('a form that means harm or was made carelessly', () => {
  test.each([
    '__proto__.polluted',
    'constructor.prototype.polluted',
    'a.__proto__.polluted',
    'constructor',
    '..',
    '["__proto__"].polluted',
    '__proto__[0].polluted',
    'list[0].__proto__.polluted',
  ])('can not reach a prototype through the path %j', (path) => {
    const { form, config } = use({
      config: { a: {} },
      deployDescriptors: [
        { path, 'x-descriptors': [ui('text'), 'urn:alm:descriptor:com.tectonic.default:yes'] },
      ],
    });
    expect(form.fields).toEqual([]);
    expect(config).toEqual({ a: {} });
  });

  test.each([
    'com.tectonic.ui:fieldGroup:__proto__.polluted',
    'com.tectonic.ui:arrayFieldGroup:__proto__.polluted',
    'com.tectonic.ui:arrayFieldGroup:constructor',
    'com.tectonic.ui:fieldDependency:__proto__.polluted:yes',
    'oneOf:x:__proto__.polluted:constructor.prototype',
    'label:__proto__:polluted',
    'com.tectonic.ui:validation:__proto__:1',
    'com.tectonic.ui:select:__proto__',
    'io.kubernetes:__proto__?=__proto__=1',
  ])('can not reach a prototype through %s', (word) => {
    const { form } = use({
      config: { x: 'y' },
      deployDescriptors: [{ path: 'x', 'x-descriptors': [`urn:alm:descriptor:${word}`] }],
    });
    withFormData(form, initialValue(form), JSON.parse('{"__proto__": {"polluted": 1}, "/x": "__proto__"}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('can not reach a prototype through its config', () => {
    const config = JSON.parse(
      '{"__proto__": {"polluted": 1}, "a": {"constructor": {"prototype": {"polluted": 1}}}}',
    );
    expect(use({ config }).form.fields).toEqual([]);
    const schema = JSON.parse(
      '{"type": "object", "properties": {"__proto__": {"type": "string", "default": "x"}}}',
    );
    expect(use({ config: schema }).config).toEqual({});
  });

  test('can not backtrack for ever', () => {
    const { form } = use({
      config: { x: `${'a'.repeat(10_000)}!` },
      deployDescriptors: [{ path: 'x', 'x-descriptors': [ui('text'), ui('validation:pattern:^(a+)+$')] }],
    });
    expect(validate(form, initialValue(form))).toMatchObject([{ code: 'pattern' }]);
  });

  test.each(['(?=a)b', '(', '((a{1000}){1000}){1000}', 'a'.repeat(5000)])(
    'works without the pattern %.20s',
    (pattern) => {
      const { form, errors } = use({
        config: { x: 'anything' },
        deployDescriptors: [
          { path: 'x', 'x-descriptors': [ui('text'), ui(`validation:pattern:${pattern}`)] },
        ],
      });
      expect(errors).toEqual([]);
      expect(form.notes.map(({ code }) => code)).toContain('pattern-not-understood');
    },
  );

  test.each([
    [{ size: 3 }, ui('validation:minimum:5'), 'minimum'],
    [{ size: 'abc' }, ui('validation:pattern:^[0-9]+$'), 'pattern'],
    [{ size: 'c' }, ui('select:a'), 'choice'],
    [{ size: '' }, ui('validation:required'), 'required'],
    [{ size: 'abc' }, ui('validation:maxLength:2'), 'maxLength'],
  ])('says so when its default %j contradicts %s', (config, word, code) => {
    const control = 'size' in config && typeof config.size === 'number' ? ui('number') : ui('text');
    const words = word.includes('select') ? [word] : [control, word];
    const { errors, config: sent } = use({
      config,
      deployDescriptors: [{ path: 'size', 'x-descriptors': words }],
    });
    expect(errors).toMatchObject([{ code, label: 'size' }]);
    expect(sent).toEqual(config);
  });

  test('with limits that exclude each other takes nothing, and says why', () => {
    const words = [ui('number'), ui('validation:minimum:9'), ui('validation:maximum:1')];
    const { errors } = use({ config: { x: 5 }, deployDescriptors: [{ path: 'x', 'x-descriptors': words }] });
    expect(errors).toMatchObject([{ code: 'minimum' }]);
  });

  test.each([
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [['a', 'a']],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ],
  ])('shows the fields of a circle: %j %j', (...edges: string[][]) => {
    const { form, schema } = use({
      config: {},
      deployDescriptors: edges.map(([path = '', on]) => ({
        path,
        'x-descriptors': [ui('text'), ui(`fieldDependency:${on}:x`)],
      })),
    });
    expect(Object.keys(schema.properties as object)).toHaveLength(edges.length);
    expect(form.notes.map(({ code }) => code)).toContain('dependency-circle');
  });

  test('takes a select without options as a line of text', () => {
    const { form, config } = use({
      config: { x: 'y' },
      deployDescriptors: [{ path: 'x', 'x-descriptors': [ui('select:')] }],
    });
    expect(form.fields).toMatchObject([{ control: 'text' }]);
    expect(form.notes).toMatchObject([{ code: 'no-options', path: 'x' }]);
    expect(config).toEqual({ x: 'y' });
  });

  test('may have 500 descriptors that all depend on each other', () => {
    const deployDescriptors = Array.from({ length: 500 }, (_, index) => ({
      path: `section${index % 10}.field${index}`,
      'x-descriptors': [
        ui('text'),
        ui(`fieldGroup:section${index % 10}`),
        ui(`fieldDependency:section${(index + 1) % 10}.field${(index + 1) % 500}:x`),
        ui('validation:pattern:^[a-z]*$'),
      ],
    }));
    expect(use({ config: {}, deployDescriptors }).form.fields).toHaveLength(500);
  });

  test('may have a chain of 1,000 dependencies', () => {
    const deployDescriptors = Array.from({ length: 1000 }, (_, index) => ({
      path: `f${index}`,
      'x-descriptors': [ui('text'), ui(`fieldDependency:f${index + 1}:x`)],
    }));
    use({ config: {}, deployDescriptors });
  });

  test('may have a config of 200 KB', () => {
    const config = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `key${index}`,
        Object.fromEntries(
          Array.from({ length: 200 }, (_unused, inner) => [`inner${inner}`, 'some text here']),
        ),
      ]),
    );
    const { form, config: sent } = use({ config });
    expect(JSON.stringify(config).length).toBeGreaterThan(200_000);
    expect(form.notes).toMatchObject([{ code: 'too-large' }]);
    expect(sent).toEqual(config);
  });

  test('may be nested without end', () => {
    let config: Record<string, unknown> = {};
    for (let depth = 0; depth < 5000; depth++) config = { a: config };
    expect(use({ config }).form.notes).toMatchObject([{ code: 'too-large' }]);
    const schema = { type: 'object', properties: { deep: { default: config } } };
    expect(use({ config: schema }).form.notes).toMatchObject([{ code: 'too-large' }]);
  });

  test.each([
    null,
    7,
    'text',
    {},
    [null, 7, 'text', [], { path: {} }, { path: 'a', 'x-descriptors': 'text' }],
  ])('may have %j in place of descriptors', (deployDescriptors) => {
    use({ config: { a: 1 }, deployDescriptors, editDescriptors: deployDescriptors });
  });

  test('never runs an expression', () => {
    const { form } = use({
      config: { x: 'y' },
      deployDescriptors: [
        {
          path: 'x',
          'x-descriptors': ['urn:alm:descriptor:expression:props.options:api:/kubernetes/c/api/v1/secrets'],
        },
      ],
    });
    expect(form.fields).toMatchObject([{ control: 'text', hidden: false }]);
    expect(form.notes).toMatchObject([{ code: 'expression-not-run' }]);
  });
});
