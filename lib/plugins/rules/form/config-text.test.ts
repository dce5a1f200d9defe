import { expect, test } from 'vitest';
import { readConfigText } from './config-text';

test.each([
  ['', {}],
  ['# only a comment\n', {}],
  ['replicas: 2\nstorage: { type: Local }\n', { replicas: 2, storage: { type: 'Local' } }],
  ['{"replicas": 2}', { replicas: 2 }],
])('%j is a configuration', (text, value) => {
  expect(readConfigText(text)).toEqual({ value });
});

test.each([
  ['- one\n- two', { code: 'not-a-mapping' }],
  ['just words', { code: 'not-a-mapping' }],
  ['a: 1\nb: [', { code: 'syntax', line: 2 }],
  ['a: 1\na: 2', { code: 'syntax', text: 'Map keys must be unique' }],
  [
    'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]',
    { code: 'too-many-aliases' },
  ],
  [`a: ${'['.repeat(200)}${']'.repeat(200)}`, { code: 'too-deep' }],
  ['#'.repeat(1024 * 1024 + 1), { code: 'too-long' }],
])('%.40j can not be read: %j', (text, error) => {
  expect(readConfigText(text).error).toMatchObject(error);
});

test('no key reaches a prototype', () => {
  const { value } = readConfigText('__proto__: { polluted: true }\nkept: 1');
  expect(value).toEqual({ kept: 1 });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
