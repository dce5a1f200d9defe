import { expect, test } from 'vitest';
import { AnswerTooLargeError } from './errors';
import { readPages } from './read-pages';
import type { KubeObject } from './types';

const object = (index: number) => ({ metadata: { name: `pod-${index}` } }) as KubeObject;
const place = { cluster: 'edge', verb: 'list', resource: 'pods' };

test('pages that are too large are asked for in smaller ones', async () => {
  const all = Array.from({ length: 300 }, (_, index) => object(index));
  const limits: (number | undefined)[] = [];
  const list = await readPages(
    async (limit = all.length, continueToken = '0') => {
      limits.push(limit);
      if (limit > 100) throw new AnswerTooLargeError('the answer is larger', place);
      const next = Number(continueToken) + limit;
      return {
        items: all.slice(Number(continueToken), next),
        metadata: { continue: next < all.length ? String(next) : '' },
      };
    },
    1_000,
    () => new Error('too long'),
  );
  expect(list.items).toEqual(all);
  expect(limits).toEqual([500, 100, 100, 100]);
});

test('an answer that no page size makes small enough is a failure', async () => {
  const read = readPages(
    async () => Promise.reject(new AnswerTooLargeError('the answer is larger', place)),
    1_000,
    () => new Error('too long'),
  );
  await expect(read).rejects.toBeInstanceOf(AnswerTooLargeError);
});

test('a list without an end is cut off', async () => {
  const read = readPages(
    async () => ({ items: [object(1), object(2)], metadata: { continue: 'more' } }),
    5,
    () => new Error('too long'),
  );
  await expect(read).rejects.toThrow('too long');
});
