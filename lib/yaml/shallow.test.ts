import { expect, test } from 'vitest';
import { Composer } from 'yaml';
import { refuseDeepValue, refuseDeepYaml, shallowTokens, shallowYaml } from './shallow';

const deep: Record<string, string> = {
  'lists in brackets': '['.repeat(50_000),
  'maps in braces': '{a: '.repeat(50_000),
  'lists of lists': `${'- '.repeat(50_000)}x`,
  'explicit keys': `${'? '.repeat(50_000)}x`,
  'a map in ever deeper lines': Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join(
    '\n',
  ),
};

// Only the names: a title of that length is too much for the test runner.
test.each(Object.keys(deep))('%s without end are refused, not followed', (name) => {
  expect(() => refuseDeepYaml(deep[name] ?? '')).toThrow('nested more than 200 levels deep');
  expect(() => [...new Composer().compose(shallowTokens(deep[name] ?? ''))]).toThrow('levels deep');
});

test('objects without end are refused, not followed', () => {
  expect(() => refuseDeepValue(JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`))).toThrow(
    'levels deep',
  );
});

test('objects without end are written as a comment', () => {
  let value: object = {};
  for (let depth = 0; depth < 5000; depth += 1) value = { a: value };
  expect(shallowYaml({ kind: 'X', value }, {})).toMatch(/^# .* levels deep\n$/);
  expect(shallowYaml({ kind: 'X', value: [1] }, { lineWidth: 0 })).toBe('kind: X\nvalue:\n  - 1\n');
});

test('what people write is let through', () => {
  const text = `a: [{b: ['[[[[', "{{{{"]}]\n# ${'['.repeat(1000)}\nc: |\n  ${'{'.repeat(1000)}\n`;
  expect(() => refuseDeepYaml(text)).not.toThrow();
  const [document] = [...new Composer().compose(shallowTokens(`${text}---\nd: 1\n`))];
  expect(document?.toJS()).toMatchObject({ a: [{ b: ['[[[[', '{{{{'] }] });
  expect(() => refuseDeepValue({ a: [null, 1, { b: [] }] })).not.toThrow();
});
