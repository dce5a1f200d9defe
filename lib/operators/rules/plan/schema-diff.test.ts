import { describe, expect, test } from 'vitest';
import { newlyRequired } from './schema-diff';

const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };

describe('a field', () => {
  test.each([
    ['is newly required', object({ a: text }), object({ a: text }, ['a']), ['a']],
    ['was required before', object({ a: text }, ['a']), object({ a: text }, ['a']), []],
    [
      'has a default, so that nobody has to set it',
      object({}),
      object({ a: { ...text, default: 'x' } }, ['a']),
      [],
    ],
    ['stands below an object that nobody has yet', object({}), object({ a: object({ b: text }, ['b']) }), []],
    [
      'stands in a list',
      object({ a: { items: object({ b: text }) } }),
      object({ a: { items: object({ b: text }, ['b']) } }),
      ['a[].b'],
    ],
    [
      'stands in a map',
      object({ a: { additionalProperties: object({}) } }),
      object({ a: { additionalProperties: object({ b: text }, ['b']) } }),
      ['a.*.b'],
    ],
    ['is one that every object has', object({}), object({}, ['kind', 'metadata', 'apiVersion']), []],
  ])('that %s', (_, before, after, paths) => {
    expect(newlyRequired(before, after)).toEqual({ paths, truncated: false });
  });

  test('below any depth is not looked for, and that is said', () => {
    let schema: Record<string, unknown> = object({ a: text }, ['a']);
    for (let depth = 0; depth < 100; depth += 1) schema = object({ x: schema });
    expect(newlyRequired(schema, schema)).toEqual({ paths: [], truncated: true });
  });
});
