import { expect, test } from 'vitest';
import { readBody } from './input';

const body = (text: string) =>
  readBody(
    new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: text,
    }),
  );

test('a body of JSON is taken', async () => {
  expect(await body('{"a":["b",{}]}')).toEqual({ a: ['b', {}] });
});

test('a body that is no JSON, or nested without end, is refused in a sentence', async () => {
  const refused = (sentence: string) => ({
    code: 'invalid-input',
    detail: expect.stringContaining(sentence),
  });
  await expect(body('{"a":')).rejects.toMatchObject(refused('not JSON'));
  const endless = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  await expect(body(endless)).rejects.toMatchObject(refused('levels deep'));
});
