import { expect, test } from 'vitest';
import { refusalsOf } from './refusals';

const spec = (properties: object, rest: object = {}) => ({
  type: 'object',
  properties: { spec: { type: 'object', properties, ...rest } },
});
const size = (schema: object) => spec({ size: schema });

test.each<[string, object, object, string[]]>([
  ['lacks a field', size({ type: 'string' }), {}, []],
  ['lacks a required field', spec({ size: {} }, { required: ['size'] }), {}, ['spec.size required']],
  [
    'lacks one with a default',
    spec({ size: { default: 1 } }, { required: ['size'] }),
    {},
    ['spec.size required'],
  ],
  [
    'lacks it in a list of lists',
    size({ items: { items: { required: ['a'] } } }),
    { size: [[{ a: 1 }], [{}]] },
    ['spec.size[][].a required'],
  ],
  ['lacks it where there is nothing around it', spec({ size: { required: ['a'] } }), {}, []],
  [
    'lacks a field with dots in its name',
    spec({ size: { required: ['a.b'] } }),
    { size: { a: { b: 1 } } },
    ['spec.size.a.b required'],
  ],
  ['has another type', size({ type: 'string' }), { size: 1 }, ['spec.size type']],
  ['has a whole number', size({ type: 'number' }), { size: 1 }, []],
  ['has a broken number', size({ type: 'integer' }), { size: 1.5 }, ['spec.size type']],
  ['has null', size({ type: 'string' }), { size: null }, ['spec.size type']],
  ['has null where it may', size({ type: 'string', nullable: true, enum: ['a'] }), { size: null }, []],
  ['has a number or a text', size({ 'x-kubernetes-int-or-string': true }), { size: '1' }, []],
  ['has neither', size({ 'x-kubernetes-int-or-string': true }), { size: true }, ['spec.size type']],
  ['has a value that is gone', size({ enum: ['a', 'b'] }), { size: 'c' }, ['spec.size enum']],
  ['has a value that stays', size({ enum: ['a', { b: 1 }] }), { size: { b: 1 } }, []],
  ['is too low', size({ minimum: 3 }), { size: 2 }, ['spec.size range']],
  ['is at the border', size({ minimum: 3, maximum: 3 }), { size: 3 }, []],
  [
    'is at a border that is out',
    size({ maximum: 3, exclusiveMaximum: true }),
    { size: 3 },
    ['spec.size range'],
  ],
  ['is too long', size({ maxLength: 2 }), { size: 'abc' }, ['spec.size size']],
  ['counts letters, not bytes', size({ maxLength: 1 }), { size: '😀' }, []],
  ['has too few members', size({ type: 'array', minItems: 1 }), { size: [] }, ['spec.size size']],
  ['has too many keys', size({ maxProperties: 0 }), { size: { a: 1 } }, ['spec.size size']],
  ['has a bad member', size({ items: { enum: [1] } }), { size: [1, 2, 3] }, ['spec.size[] enum']],
  [
    'has a bad value in a map',
    size({ additionalProperties: { type: 'string' } }),
    { size: { a: 1 } },
    ['spec.size.* type'],
  ],
  ['has fields that nobody knows', size({ additionalProperties: false }), { size: { a: 1 }, other: 1 }, []],
  ['fits one of several', size({ anyOf: [{ type: 'integer' }, { type: 'string' }] }), { size: '1' }, []],
  [
    'fits none',
    size({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
    { size: {} },
    ['spec.size alternatives'],
  ],
  ['must fit all', size({ allOf: [{ minimum: 1 }, { maximum: 2 }] }), { size: 3 }, ['spec.size range']],
  ['may fit a pattern', size({ pattern: '^(a+)+$', format: 'date' }), { size: 'x' }, []],
])('an object that %s', (_, schema, fields, expected) => {
  const object = { metadata: { name: 'a' }, spec: fields };
  expect(refusalsOf(object, schema).map(({ path, rule }) => `${path} ${rule}`)).toEqual(expected);
});

test('odd schemas and endless objects refuse nothing, and end', () => {
  for (const schema of [null, 7, [], { properties: [] }, { anyOf: {} }, { required: 7, enum: 7, items: 7 }]) {
    expect(refusalsOf({ a: 1 }, schema)).toEqual([]);
  }
  let deep: object = {};
  for (let depth = 0; depth < 5000; depth += 1) deep = { a: deep };
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
  const choices = { anyOf: Array.from({ length: 50 }, () => ({ additionalProperties: { type: 'string' } })) };
  expect(refusalsOf(deep, {})).toEqual([]);
  // What is beyond any measure is let through: nothing is called refused that may not be.
  expect(refusalsOf(wide, { ...choices, allOf: [choices, choices] })).toEqual([]);
});
