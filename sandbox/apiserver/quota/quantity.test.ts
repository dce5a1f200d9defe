import { expect, test } from 'vitest';
import { add, formatQuantity, parseQuantity, zero } from './quantity.ts';

const again = (text: unknown) => {
  const quantity = parseQuantity(text);
  return quantity && formatQuantity(quantity);
};

test.each([
  ['0', '0'],
  ['1', '1'],
  [2, '2'],
  ['0.5', '500m'],
  ['1.5', '1500m'],
  ['1500m', '1500m'],
  ['2000m', '2'],
  ['100k', '100k'],
  ['1000k', '1M'],
  ['1E', '1E'],
  ['1E3', '1k'],
  ['1e-3', '1m'],
  ['1Gi', '1Gi'],
  ['0.5Gi', '512Mi'],
  ['1536Mi', '1536Mi'],
  ['1024Mi', '1Gi'],
  ['512Ki', '512Ki'],
  ['0.5Ki', '512'],
  ['-5', '-5'],
  ['.5', '500m'],
])('%s is written %s', (text, wanted) => expect(again(text)).toBe(wanted));

test.each(['', 'abc', '1 Gi', '1Zi', '1.2.3', '--1', '1'.repeat(100), null, {}, true])(
  '%s is no quantity',
  (text) => expect(parseQuantity(text)).toBeUndefined(),
);

test('a sum is written like its first term that is not zero', () => {
  const sum = (...texts: string[]) =>
    formatQuantity(texts.map((text) => parseQuantity(text) ?? zero).reduce(add, zero));
  expect(sum('500m', '500m')).toBe('1');
  expect(sum('1Gi', '512Mi')).toBe('1536Mi');
  expect(sum('0', '1Ki')).toBe('1Ki');
});
