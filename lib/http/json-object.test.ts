import { expect, test } from 'vitest';
import { jsonObjectSchema } from './json-object';

const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

test.each([{}, { a: [1, { b: null }] }, nested(64)])('takes %.60j', (object) => {
  expect(jsonObjectSchema.safeParse(object).success).toBe(true);
});

test.each([[[]], ['text'], [null], [nested(65)]])('refuses %.60j', (value) => {
  expect(jsonObjectSchema.safeParse(value).success).toBe(false);
});

test('refuses what is nested so deep that reading it would end the stack', () => {
  expect(jsonObjectSchema.safeParse(nested(100_000)).success).toBe(false);
});
