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
  ['- one\n- two', /mapping/],
  ['just words', /mapping/],
  ['a: 1\nb: [', /Line \d/],
  ['a: 1\na: 2', /unique/],
  ['a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]', /aliases/],
])('%j says why it can not be read', (text, message) => {
  expect(readConfigText(text).error).toMatch(message);
});

test('no key reaches a prototype', () => {
  const { value } = readConfigText('__proto__: { polluted: true }\nkept: 1');
  expect(value).toEqual({ kept: 1 });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
